import * as z from 'zod';
import { researchOf, researchReport } from '../present/application.ts';
import { researchText } from '../present/text.ts';
import { locate } from './locate.ts';
import { requestInput } from './request-input.ts';
import { defineTool } from './tool.ts';

export const getResearch = defineTool({
  name: 'get_research',
  title: "Get the vendor's research",
  description:
    "Shows what the vendor knows of the file: ThreatLocker's research on applications, scan results, links. Use it to judge risk. No research means nothing is known, not harmless.",
  input: z.strictObject({
    request: requestInput,
    application: z.guid().optional().describe('Id of a ThreatLocker application; default those that match.'),
  }),
  output: researchReport,
  writes: 'nothing',
  handle: async ({ request, application }, call) => {
    const { entry, id } = locate(call, request);
    const report = researchOf(await entry.provider.research(id, application, call.signal));
    return { structured: report, text: researchText(report) };
  },
});
