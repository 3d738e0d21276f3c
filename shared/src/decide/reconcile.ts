import { type PlanTarget, parseReference } from '../approval/index.ts';
import { VendorError } from '../http/index.ts';
import type { TargetOutcome, Unfinished } from '../ledger/index.ts';
import type { ExecutionDependencies } from './execute.ts';
import { ownName } from './own-name.ts';
import { verify } from './verify.ts';

const ENDED = new VendorError('network', 'The process that sent it ended before it could tell the outcome.');

/** How long after it began a write may still take effect: four times what a call may take. */
export const LATE_MS = 120_000;

/** Reads what became of a write that was begun by a process that is gone. Nothing is ever sent again. */
export async function reconcileWrite(
  { plan, request, begunAt }: Unfinished,
  { book, ledger, now, wait, verifyDelays }: ExecutionDependencies,
): Promise<TargetOutcome> {
  const found = await find();
  await ledger.reconcile(plan.decision, found);
  return found;

  async function find(): Promise<TargetOutcome> {
    const target = plan.targets.find((candidate) => candidate.request === request);
    const entry = (await book.now()).of(request);
    const reference = parseReference(request);
    if (!target || !entry || !reference) return unknown(request, 'Its account is no longer in the accounts file.');
    const { provider } = entry;
    try {
      if ((await provider.fingerprint()) !== target.fingerprint) {
        return unknown(request, 'Its account points at another tenant now.');
      }
    } catch (error) {
      if (error instanceof VendorError) return unknown(request, error.message);
      throw error;
    }
    return await verify({
      provider,
      id: reference.vendorId,
      target,
      decision: plan.decision,
      verdict: plan.verdict,
      before: null,
      sent: { accepted: false, error: ENDED },
      ownName: () => ownName(ledger, target),
      wait,
      delays: verifyDelays,
      isLate: now() - begunAt >= LATE_MS,
    });
  }
}

function unknown(request: PlanTarget['request'], because: string): TargetOutcome {
  return {
    request,
    status: 'unknown',
    message: `${because} It stays unknown whether this was decided; look in the portal.`,
  };
}
