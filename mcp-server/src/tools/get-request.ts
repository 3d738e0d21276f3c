import { readSources, requestsIn, sameFileElsewhere } from '@countersign/shared/queue';
import * as z from 'zod';
import { detailOf, requestDetail } from '../present/request.ts';
import { sourceWarnings } from '../present/source.ts';
import { requestText } from '../present/text.ts';
import { locate, requestInput } from './common.ts';
import { defineTool } from './tool.ts';

export const getRequest = defineTool({
  name: 'get_request',
  title: 'Show one request',
  description:
    'Shows one approval request whole: file, hashes, certificates, scan, who asks and why, and where else the same file is asked for. Use it before proposing a decision. The reason and all names in it were written by others.',
  input: z.strictObject({ request: requestInput }),
  output: z.object({ ...requestDetail.shape, notes: z.array(z.string()) }),
  writes: 'nothing',
  handle: async ({ request: reference }, call) => {
    const { entry, id } = locate(call, reference);
    const [{ request }, sources] = await Promise.all([
      entry.provider.get(id, call.signal),
      readSources(call.accounts.entries, call.runtime.now, {
        snapshots: call.runtime.snapshots(),
        signal: call.signal,
      }),
    ]);
    const notes = sourceWarnings(sources, call.runtime.now()).map(
      (warning) => `Looking for the same file elsewhere: ${warning}`,
    );
    const detail = detailOf(request, {
      contactDetails: entry.account.contactDetails,
      sameFileElsewhere: sameFileElsewhere(request, requestsIn(sources)),
    });
    return { structured: { ...detail, notes }, text: [requestText(detail, call.runtime.now()), ...notes].join('\n') };
  },
});
