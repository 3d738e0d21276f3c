import type { JournalRow } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';

// What a line may hold; whoever changed the file may have put anything there.
const text = z.string().optional().catch(undefined);
const content = z
  .object({
    plan: z
      .object({ verdict: text, targets: z.array(z.object({ request: z.string() })).catch([]) })
      .optional()
      .catch(undefined),
    proposer: z.object({ name: text }).optional().catch(undefined),
    channel: text,
    who: text,
    ticket: text,
    status: text,
    message: text,
    because: text,
    decidedBy: text,
    attribution: text,
  })
  .catch({});

type Content = z.output<typeof content>;

/** A line as it is shown: short, and clean whatever stands in it. */
export interface JournalLine {
  readonly seq: number;
  readonly at: string;
  readonly decision: string;
  readonly phase: string;
  readonly verdict: string | null;
  readonly requests: readonly string[];
  /** The client that asked for the plan. */
  readonly client: string | null;
  /** By which way a person is asked, or has answered. */
  readonly channel: string | null;
  /** Who answered, as far as that way can tell. */
  readonly who: string | null;
  /** The ticket in which they decided, where a job carried that back. */
  readonly ticket: string | null;
  /** What became of it, once that is known. */
  readonly status: string | null;
  readonly decidedBy: string | null;
  readonly message: string | null;
}

/** What the first line of a decision says, for the ones after it. */
export interface Planned {
  readonly verdict: string | null;
  readonly requests: readonly string[];
}

const WORD_MAX = 100;
const MESSAGE_MAX = 1000;

export function contentOf({ data }: JournalRow): Content {
  try {
    return content.parse(JSON.parse(data));
  } catch {
    // No JSON: `verify` names such a line, and a list goes on without its content.
    return {};
  }
}

export function plannedIn({ plan }: Content): Planned {
  return { verdict: plan?.verdict ?? null, requests: plan?.targets.map(({ request }) => request) ?? [] };
}

export function lineOf(row: JournalRow, found: Content, planned: Planned | undefined): JournalLine {
  const word = (value: string | undefined | null) => (value ? cleanLine(value, WORD_MAX) : null);
  const message = found.message ?? found.because;
  return {
    seq: row.seq,
    at: cleanLine(row.at, WORD_MAX),
    decision: cleanLine(row.decision, WORD_MAX),
    phase: cleanLine(row.phase, WORD_MAX),
    verdict: word(planned?.verdict),
    requests: (row.request === '' ? (planned?.requests ?? []) : [row.request]).map((request) =>
      cleanLine(request, WORD_MAX),
    ),
    client: word(found.proposer?.name),
    channel: word(found.channel),
    who: word(found.who),
    ticket: word(found.ticket),
    status: word(found.status),
    decidedBy: word(found.decidedBy),
    message: message ? cleanLine(message, MESSAGE_MAX) : null,
  };
}
