import { type CountersignedVerdict, countersign, planDigest, type SigningKey } from '@countersign/shared/approval';
import type { DecisionResult, PlannedDecision } from '@countersign/shared/decide';
import { LedgerError } from '@countersign/shared/ledger';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';

/** For what is waited for to its end. */
export const NEVER = new AbortController().signal;

/**
 * Leaves a person's signed answer for the process that proposed the plan, and waits until that has carried it out. An answer
 * that comes too late changes nothing, and how it ended before is told.
 */
export async function answerPlan(
  host: Host,
  { decisions, ledger, whyNoLedger }: Runtime,
  key: SigningKey,
  { plan, digest }: Pick<PlannedDecision, 'plan' | 'digest'>,
  verdict: CountersignedVerdict,
): Promise<DecisionResult> {
  const problem = whyNoLedger();
  const book = ledger();
  if (problem !== null || book === null) return nothingSent(problem?.message ?? '');
  // What was shown is what is signed.
  if (planDigest(plan) !== digest) return nothingSent(l10n.t('The plan is not the one that its digest names.'));
  const title = verdict === 'decline' ? l10n.t('Rejecting the proposal') : l10n.t('Carrying it out');
  return await host.dialogs.progress(title, false, async () => {
    try {
      const isTaken = await book.leave(countersign(key, plan, digest, verdict));
      const ended = await decisions.outcome(plan.decision, NEVER);
      if (isTaken) return ended;
      const message = l10n.t('It ended meanwhile, and this answer changed nothing. {0}', ended.message);
      return { ...ended, message };
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      return nothingSent(error.message);
    }
  });
}

/** Ended before anything could be asked or sent. */
export function nothingSent(because: string): DecisionResult {
  const message = l10n.t('{0} Nothing was sent.', because);
  return { decision: null, status: 'refused', by: 'client', message, targets: [] };
}
