import { VendorError } from '@countersign/shared/http';
import {
  readEarlierDecisions,
  readResearch,
  requestFindings,
  requestsIn,
  sameFileElsewhere,
  withScan,
} from '@countersign/shared/queue';
import * as z from 'zod';
import { earlierDecisions, earlierDecisionsOf } from '../present/earlier-decisions.ts';
import { earlierText } from '../present/earlier-text.ts';
import { detailOf, requestDetail } from '../present/request.ts';
import { sourceWarnings } from '../present/source.ts';
import { requestText } from '../present/text.ts';
import { locate } from './locate.ts';
import { requestInput } from './request-input.ts';
import { defineTool } from './tool.ts';

/** More tell a model nothing new. */
const EARLIER_SHOWN = 10;

export const getRequest = defineTool({
  name: 'get_request',
  title: 'Show one request',
  description:
    'Shows one request whole: file, certificates, scan, who asks and why, findings, the same file elsewhere, earlier decisions. Use it before proposing a decision.',
  input: z.strictObject({ request: requestInput }),
  output: z.object({ ...requestDetail.shape, earlierDecisions, notes: z.array(z.string()) }),
  writes: 'nothing',
  handle: async ({ request: reference }, call) => {
    const { entry, id } = locate(call, reference);
    const { runtime, signal } = call;
    const accounts = call.accounts.entries.map(({ account }) => account.id);
    const reading = entry.provider.get(id, signal);
    const [{ request }, research, found, sources] = await Promise.all([
      reading,
      reading.then(({ request }) => readResearch(entry.provider, request, signal)),
      reading.then(({ request }) =>
        readEarlierDecisions(runtime.ledger, entry.provider, request, { accounts, signal }),
      ),
      runtime.queues.read(call.accounts.entries, signal),
    ]);
    const earlier = earlierDecisionsOf(found, EARLIER_SHOWN);
    const known = research instanceof VendorError ? null : research;
    const notes = [
      ...(known?.notes ?? []),
      ...(research instanceof VendorError ? [`Scan, matching applications and research: ${research.message}`] : []),
      ...sourceWarnings(sources, runtime.now()).map((warning) => `Looking for the same file elsewhere: ${warning}`),
    ];
    const detail = detailOf(withScan(request, known), {
      contactDetails: entry.account.contactDetails,
      sameFileElsewhere: sameFileElsewhere(request, requestsIn(sources)),
      findings: requestFindings(request, {
        settings: call.accounts.settings,
        now: runtime.now(),
        queue: requestsIn(sources),
        earlier: found,
        research: known,
      }),
    });
    return {
      structured: { ...detail, earlierDecisions: earlier, notes },
      text: [requestText(detail, runtime.now()), ...earlierText(earlier), ...notes].join('\n'),
    };
  },
});
