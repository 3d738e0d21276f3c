import type { DecisionId } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import { cleanLine, quoted } from '@countersign/shared/text';
import type { Runtime } from '../runtime.ts';
import { withLedger } from './journal-source.ts';
import { wrapped } from './layout.ts';
import type { Output } from './output.ts';
import type { Prompt } from './prompt.ts';
import type { Told } from './tell.ts';
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
): Promise<Told> {
  const record = await withLedger((ledger) => ledger.read(decision));
  if (record === null) return await missing(decision, output);
  const { phase, answered, left, plan } = record;
  let end: DecisionResult | null = result;
  if (phase === 'confirmed' || phase === 'executing' || left !== null) {
    prompt.output.out('It was answered already. Waiting for what comes of it; Ctrl-C leaves …');
    end = await Promise.race([decisions.outcome(decision, new AbortController().signal), prompt.closed]);
    if (end === null) {
      prompt.output.out('');
      const message = `How it ended is told later by: countersign confirm ${decision}`;
      return { result: { decision, status: 'unknown', message, targets: [] }, lines: [message] };
    }
  }
  const who =
    answered !== null && end.status !== 'declined'
      ? wrapped(output, `Answered by ${cleanLine(answered.who, 200)}.`)
      : [];
  const isOpen = phase === 'planned' && left === null;
  const until = isOpen ? wrapped(output, `It stays open until ${untilText(plan.expiresAt, now())}.`) : [];
  return { result: end, lines: [...endLines(output, end), ...who, ...until] };
}

export function noSuchDecision(named: string): UsageError {
  return new UsageError(
    `There is no decision ${quoted(named, 60)} here. "countersign confirm" alone lists what can be answered.`,
  );
}

/** A decision that was never made here is a slip of the finger; one that the journal has and the ledger won't give is not. */
async function missing(decision: DecisionId, output: Output): Promise<Told> {
  const isInJournal = await withLedger(async (ledger) => (await ledger.lines(decision)).length > 0);
  if (!isInJournal) throw noSuchDecision(decision);
  const changed =
    'What the ledger\'s tables hold of this decision is not what its journal says: they were changed by hand. Nobody is asked, and this command sent nothing; whether it was carried out before, the journal tells ("countersign journal export"). "countersign journal verify" checks the journal itself.';
  const result = { decision, status: 'refused', by: 'guardrail', message: changed, targets: [] } as const;
  return { result, lines: wrapped(output, changed) };
}
