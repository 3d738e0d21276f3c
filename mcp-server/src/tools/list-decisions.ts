import type { DecisionId, RequestReference } from '@countersign/shared/approval';
import { headText, type Ledger } from '@countersign/shared/ledger';
import * as z from 'zod';
import { journalEntry, journalEntryOf } from '../present/journal-entry.ts';
import { journalText } from '../present/journal-text.ts';
import { findDecision, inLedger } from './ledger.ts';
import { locate } from './locate.ts';
import { requestInput } from './request-input.ts';
import { defineTool, type ToolCall, ToolRefusal } from './tool.ts';

/** The rest of a batch is counted; get_decision tells all. */
const TARGETS_SHOWN = 10;

export const listDecisions = defineTool({
  name: 'list_decisions',
  title: 'List decisions',
  description:
    'Lists the decisions proposed through Countersign on this computer, newest first: who proposed, how a person answered, what became of it. What colleagues decided in the portal is not in it.',
  input: z.strictObject({
    request: requestInput.optional(),
    since: z.iso.datetime({ offset: true }).optional().describe('Planned then or later.'),
    limit: z.int().min(1).max(100).default(25).describe('At most this many.'),
    cursor: z.string().max(1000).optional().describe('nextCursor of an earlier answer.'),
  }),
  output: z.object({
    decisions: z.array(journalEntry),
    nextCursor: z.string().optional(),
    /** The journal's head: kept elsewhere, it proves later that nothing was cut off. */
    journal: z.string().nullable(),
  }),
  writes: 'nothing',
  handle: async ({ request, since, limit, cursor }, call) => {
    if (request !== undefined) locate(call, request);
    const found = await inLedger(call, async (ledger) => {
      const records = await ledger.list({
        request: request as RequestReference | undefined,
        since: since === undefined ? undefined : Date.parse(since),
        accounts: call.accounts.entries.map(({ account }) => account.id),
        // One more tells whether there is a next page.
        limit: limit + 1,
        before: cursor === undefined ? undefined : await readCursor(ledger, cursor, call),
      });
      return { records, head: await ledger.head() };
    });
    if (!found && cursor !== undefined) throw new ToolRefusal(NOT_OURS);
    const { records, head } = found ?? { records: [], head: null };
    const shown = records.slice(0, limit);
    const last = records.length > limit ? shown.at(-1) : undefined;
    const structured = {
      decisions: shown.map((record) => journalEntryOf(record, call.runtime.now(), TARGETS_SHOWN)),
      ...(last ? { nextCursor: writeCursor(last.plan.decision) } : {}),
      journal: head && headText(head),
    };
    const isFiltered = request !== undefined || since !== undefined || cursor !== undefined;
    return { structured, text: journalText(structured, isFiltered) };
  },
});

const NOT_OURS = 'That cursor is not from this list. Call again without cursor.';
const MARK = 'decisions';

/** Holds a place in the journal, not a count, so that decisions which come meanwhile neither repeat nor hide others. */
function writeCursor(decision: DecisionId): string {
  return Buffer.from(JSON.stringify([MARK, decision])).toString('base64url');
}

/** @throws ToolRefusal for what is none of ours, and for a place that assistants may not see */
async function readCursor(ledger: Ledger, cursor: string, call: ToolCall): Promise<DecisionId> {
  const place = placeIn(cursor);
  const record = place === null ? null : await findDecision(ledger, place, call);
  if (!record) throw new ToolRefusal(NOT_OURS);
  return record.plan.decision;
}

const place = z.tuple([z.literal(MARK), z.string().max(64)]);

function placeIn(cursor: string): string | null {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))[1];
  } catch {
    return null;
  }
}
