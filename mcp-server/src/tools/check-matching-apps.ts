import * as z from 'zod';
import { application, applicationOf } from '../present/application.ts';
import { matchesText } from '../present/text.ts';
import { locate } from './locate.ts';
import { requestInput } from './request-input.ts';
import { defineTool, ToolRefusal } from './tool.ts';

export const checkMatchingApps = defineTool({
  name: 'check_matching_apps',
  title: 'Check matching applications',
  description:
    'Lists the ThreatLocker applications that the file already belongs to, with owner and reach. Use it before approving: a shared library may match some that have nothing to do with it.',
  input: z.strictObject({ request: requestInput }),
  output: z.object({ request: z.string(), matching: z.array(application) }),
  writes: 'nothing',
  handle: async ({ request }, call) => {
    const { entry, id } = locate(call, request);
    if (!entry.provider.capabilities.permitOptions) {
      throw new ToolRefusal(
        'Admin By Request has no applications that a file could belong to. Use get_research for its scan results.',
      );
    }
    const matching = (await entry.provider.matchingApplications(id, call.signal)).map(applicationOf);
    return { structured: { request, matching }, text: matchesText(matching) };
  },
});
