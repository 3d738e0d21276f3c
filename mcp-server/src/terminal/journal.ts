import type { UnattendedProof } from '@countersign/shared/decide';
import {
  headText,
  type JournalFlaw,
  type JournalHead,
  journalLines,
  type OpenLedger,
} from '@countersign/shared/ledger';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { contentOf, type JournalLine, lineOf, type Planned, plannedIn } from './journal-line.ts';
import { NO_LEDGER, withLedger } from './journal-source.ts';
import { journalTable } from './journal-view.ts';
import { wrapped } from './layout.ts';
import { type Output, write } from './output.ts';
import { whileWorking } from './progress.ts';
import { count } from './view/words.ts';

export interface JournalListOptions {
  readonly request?: string;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly limit: number;
  readonly json?: boolean;
}

/** The lines of the journal in words, newest first. */
export async function listJournal(options: JournalListOptions, output: Output): Promise<ExitCode> {
  const found = await withLedger((ledger) => readLines(ledger, options));
  if (options.json) {
    const { total, lines } = found ?? { total: 0, lines: [] };
    output.out(JSON.stringify({ total, lines }, null, 2));
  } else {
    write(output, found === null ? [NO_LEDGER] : asText(found, options, output));
  }
  return SHOWN;
}

interface Found {
  /** How many fit what was asked for. */
  readonly total: number;
  /** The newest of them, newest first. */
  readonly lines: readonly JournalLine[];
}

async function readLines(ledger: OpenLedger, { request, since, limit }: JournalListOptions): Promise<Found> {
  const planned = new Map<string, Planned>();
  const lines: JournalLine[] = [];
  let total = 0;
  for await (const row of journalLines(ledger)) {
    const content = contentOf(row);
    if (content.plan) planned.set(row.decision, plannedIn(content));
    const line = lineOf(row, content, planned.get(row.decision));
    if (request !== undefined && !line.requests.includes(request)) continue;
    if (since !== undefined && !(Date.parse(row.at) >= since)) continue;
    total += 1;
    lines.push(line);
    if (lines.length > limit) lines.shift();
  }
  return { total, lines: lines.reverse() };
}

function asText({ total, lines }: Found, { request, since }: JournalListOptions, output: Output): readonly string[] {
  if (total === 0) {
    const isFiltered = request !== undefined || since !== undefined;
    return [isFiltered ? 'No line of the journal fits what you asked for.' : 'The journal is empty.'];
  }
  const more = lines.length < total ? ` The newest ${lines.length} are shown; --limit ${total} shows all.` : '';
  return [`${count(total, 'line', 'lines')}, newest first.${more}`, '', journalTable(output, lines)];
}

/**
 * Whether the journal is whole, and if not, where it is not.
 * @param proving what holds decisions that a job carried back against their secrets; `null`: nobody asked for that
 */
export async function verifyJournal(
  { head: known, json }: { readonly head?: JournalHead; readonly json?: boolean },
  output: Output,
  proving: ((ledger: OpenLedger) => Promise<UnattendedProof>) | null,
): Promise<ExitCode> {
  const verifying = withLedger(async (ledger) => {
    const proof = await proving?.(ledger);
    return {
      head: await ledger.head(),
      unattended: proof?.count,
      flaws: [...damageOf(ledger), ...(await ledger.verify(known)), ...(proof?.flaws ?? [])],
    };
  });
  const verified = await whileWorking(output, 'Checking the journal', verifying);
  const head = verified?.head ?? null;
  const flaws = verified?.flaws ?? missing(known);
  const unattended = proving === null ? undefined : (verified?.unattended ?? 0);
  if (json) {
    output.out(JSON.stringify({ lines: head?.seq ?? 0, head: head && headText(head), unattended, flaws }, null, 2));
  } else if (flaws.length > 0) write(output, flawLines(flaws, output));
  else {
    output.out(
      head === null ? NO_LEDGER : `${count(head.seq, 'line', 'lines')}, none of them changed. Head ${headText(head)}`,
    );
    if (unattended !== undefined) {
      output.out(`${count(unattended, 'decision', 'decisions')} carried back by a job, each proved by its secret.`);
    }
  }
  return flaws.length > 0 ? FAILED : SHOWN;
}

function flawLines(flaws: readonly JournalFlaw[], output: Output): readonly string[] {
  return [
    `The journal is not what it was: ${count(flaws.length, 'flaw', 'flaws')}.`,
    ...flaws.flatMap(({ message }) => wrapped(output, message, '  ')),
  ];
}

function damageOf({ damage }: OpenLedger): readonly JournalFlaw[] {
  return damage === null ? [] : [{ seq: 0, message: damage }];
}

/** A ledger that was there once, by a head that was kept, and is not there now. */
function missing(known: JournalHead | undefined): readonly JournalFlaw[] {
  if (known === undefined || known.seq === 0) return [];
  return [{ seq: 0, message: `There is no ledger, but the head names line ${known.seq} of one.` }];
}
