import * as z from 'zod';
import { researchOf, researchReport } from '../present/application.ts';
import { researchText } from '../present/text.ts';
import { locate, requestInput } from './common.ts';
import { defineTool } from './tool.ts';

export const getResearch = defineTool({
  name: 'get_research',
  title: "Get the vendor's research",
  description:
    "Shows what the vendor knows of the requested file: ThreatLocker's research on the matching applications (or on `application`), scan results, links. Use it to judge risk. No research means that nothing is known, not that the file is harmless.",
  input: z.strictObject({
    request: requestInput,
    application: z
      .guid()
      .optional()
      .describe(
        'Id of a ThreatLocker application, from check_matching_apps or get_permit_options; left out: those that match.',
      ),
  }),
  output: researchReport,
  writes: 'nothing',
  handle: async ({ request, application }, call) => {
    const { entry, id } = locate(call, request);
    const report = researchOf(await entry.provider.research(id, application, call.signal));
    return { structured: report, text: researchText(report) };
  },
});
