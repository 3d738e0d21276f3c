import type { Channel } from '../account/index.ts';
import type { DecisionId } from '../approval/index.ts';
import { type Ledger, type Proposer, whyExpired } from '../ledger/index.ts';
import type { AccountBook, AccountEntry } from '../provider/index.ts';
import { preflight } from './execute.ts';
import { refusedEverywhere, type TargetFindings, targetFindings } from './findings.ts';
import { type PlannedDecision, plannedDecision } from './plan-decision.ts';
import { awaiting, type DecisionResult, endedAs, NO_SUCH_DECISION, refusedHere, standingOf } from './result.ts';

/** An open plan as a person is to see it before they answer, or how it stands if there is nothing to answer. */
export type Review =
  | { readonly open: true; readonly decision: PlannedDecision; readonly proposer: Proposer }
  | { readonly open: false; readonly result: DecisionResult };

export interface ReviewDependencies {
  readonly book: AccountBook;
  readonly ledger: Ledger;
  readonly now: () => number;
}

/**
 * Holds an open plan against what its requests are now. What it would do is told from its writes, by this process; no words
 * that another one wrote are shown as ours. A plan that can't be carried out any more is closed.
 */
export async function reviewPlan(
  decision: DecisionId,
  channel: Channel,
  { book, ledger, now }: ReviewDependencies,
): Promise<Review> {
  const closed = (result: DecisionResult): Review => ({ open: false, result });
  const record = await ledger.read(decision);
  if (!record) return closed(refusedHere(null, NO_SUCH_DECISION, 'client'));
  const { plan } = record;
  const ended = standingOf(record);
  if (ended) return closed(ended);
  if (record.phase !== 'planned') {
    return closed({ ...awaiting(plan, record.channel), message: 'It was answered already, and is being carried out.' });
  }
  const refuse = async (reason: string, phase: 'refused' | 'expired' = 'refused') => {
    await ledger.closePlan(decision, phase, reason);
    const after = await ledger.read(decision);
    return closed((after && standingOf(after)) ?? refusedHere(decision, reason, 'guardrail'));
  };
  if (now() >= Date.parse(plan.expiresAt)) return await refuse(whyExpired(record.left !== null), 'expired');
  if (record.left) {
    const message =
      'It was answered already. The server that proposed it has yet to take the answer; nothing was sent so far.';
    return closed({ ...awaiting(plan, record.channel), message });
  }
  const accounts = await book.now();
  if (accounts.digest !== plan.settings) {
    // Said of this process alone: another one may read the accounts file that it was planned with.
    const reason = 'The accounts file that is read here is not as it was when this was planned.';
    return closed(refusedHere(decision, reason, 'guardrail'));
  }
  const entries: AccountEntry[] = [];
  const findings: TargetFindings[] = [];
  for (const target of plan.targets) {
    const entry = accounts.of(target.request);
    if (entry && !entry.account.channels.includes(channel)) {
      const reason = `The account "${entry.account.id}" takes no answer through this channel.`;
      return closed(refusedHere(decision, reason, 'guardrail'));
    }
    const checked = await preflight(plan, target, book);
    // What can't be read now can be asked for again.
    if ('outcome' in checked && checked.error) return closed(endedAs(decision, [checked.outcome]));
    if ('outcome' in checked) return await refuse(checked.outcome.message.replace(/ Nothing was sent\.$/, ''));
    findings.push(targetFindings(checked.before, target.facts, accounts.settings, now()));
    if (entry) entries.push(entry);
  }
  const forbidden = refusedEverywhere(plan.verdict, findings);
  if (forbidden !== null) return await refuse(forbidden);
  return { open: true, decision: plannedDecision(plan, entries, findings), proposer: record.proposer };
}
