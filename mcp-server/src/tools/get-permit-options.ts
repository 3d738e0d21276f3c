import * as z from 'zod';
import { permitOptions, permitOptionsOf, withNarrowing } from '../present/application.ts';
import { optionsText } from '../present/text.ts';
import { locate } from './locate.ts';
import { requestInput } from './request-input.ts';
import { defineTool, ToolRefusal } from './tool.ts';

export const getPermitOptions = defineTool({
  name: 'get_permit_options',
  title: 'Get permit options',
  description:
    'Lists how a ThreatLocker request could be approved, the narrowest way first, each with whom it reaches. Use it before proposing anything but the default: a new application for this file alone, on this computer.',
  input: z.strictObject({
    request: requestInput,
    search: z.string().max(100).optional().describe("Part of an existing application's name."),
  }),
  output: permitOptions,
  writes: 'nothing',
  handle: async ({ request: reference, search }, call) => {
    const { entry, id } = locate(call, reference);
    if (!entry.provider.capabilities.permitOptions) {
      throw new ToolRefusal('Admin By Request has no permit options: a request is approved or denied as it is.');
    }
    const [options, { request }] = await Promise.all([
      entry.provider.permitOptions(id, search, call.signal),
      entry.provider.get(id, call.signal),
    ]);
    const shown = withNarrowing(permitOptionsOf(options, request.organization.id), 'search');
    return { structured: shown, text: optionsText(shown) };
  },
});
