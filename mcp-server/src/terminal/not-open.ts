import type { DecisionId } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import { cleanLine, quoted } from '@countersign/shared/text';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { withLedger } from './journal-source.ts';
import { wrapped } from './layout.ts';
import { type Output, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import { UsageError } from './usage-error.ts';
import { endLines } from './view/end.ts';
import { untilText } from './view/until.ts';

/** Says of a decision that nobody can answer here (any more) how it stands, and who answered it. @throws UsageError, LedgerError */
export async function notOpen(
  decision: DecisionId,
  result: DecisionResult,
  { decisions, now }: Runtime,
  output: Output,
  prompt: Prompt,
): Promise<ExitCode> {
  const record = await withLedger((ledger) => ledger.read(decision));
  if (record === null) return await missing(decision, output);
  const { phase, answered, left, plan } = record;
  let end: DecisionResult | null = result;
  if (phase === 'confirmed' || phase === 'executing' || left !== null) {
    prompt.output.out('It was answered already. Waiting for what comes of it; Ctrl-C leaves …');
    end = await Promise.race([decisions.outcome(decision, new AbortController().signal), prompt.closed]);
    if (end === null) {
      write(output, ['', `How it ended is told later by: countersign confirm ${decision}`]);
      return exitCodeOf('unknown');
    }
  }
  write(output, endLines(output, end));
  if (answered !== null && end.status !== 'declined') {
    write(output, wrapped(output, `Answered by ${cleanLine(answered.who, 200)}.`));
  }
  if (phase === 'planned' && left === null) {
    write(output, wrapped(output, `It stays open until ${untilText(plan.expiresAt, now())}.`));
  }
  return exitCodeOf(end.status);
}

export function noSuchDecision(named: string): UsageError {
  return new UsageError(
    `There is no decision ${quoted(named, 60)} here. "countersign confirm" alone lists what can be answered.`,
  );
}

/** A decision that was never made here is a slip of the finger; one that the journal has and the ledger won't give is not. */
async function missing(decision: DecisionId, output: Output): Promise<ExitCode> {
  const isInJournal = await withLedger(async (ledger) => (await ledger.lines(decision)).length > 0);
  if (!isInJournal) throw noSuchDecision(decision);
  const changed =
    'What the ledger holds of this decision is not what its journal says was planned: somebody changed it. Nobody is asked, and nothing was sent. "countersign journal verify" checks the journal itself.';
  write(output, wrapped(output, changed));
  return exitCodeOf('refused');
}
