import type { PlanTarget } from '../approval/index.ts';
import type { Ledger, TargetOutcome } from '../ledger/index.ts';
import { LedgerError } from '../ledger/index.ts';
import { cleanLine } from '../text/index.ts';

/** Decisions of ours that are looked through for one that the vendor's record proves. */
const LOOKED_THROUGH = 100;

/**
 * Whom the vendor's record names on the newest approval or denial that carries our mark: the account's own user, since no
 * vendor tells who calls. `null` where no such decision is known, or the ledger can't be read.
 */
export async function ownName(ledger: Ledger, target: PlanTarget): Promise<string | null> {
  const found = await outcomesOf(ledger, target);
  return found.find(isProven)?.decidedBy ?? null;
}

/** Whose a request is may change after it was taken, and who decided it does not. */
function isProven({ verdict, attribution, decidedBy }: Found): boolean {
  return verdict !== 'take-ownership' && attribution === 'ours' && decidedBy !== undefined;
}

/** Whether whoever has a request now is ourselves: by that name, or by the one that the newest proven taking from here left on it. */
export async function isOwn(ledger: Ledger, target: PlanTarget, assignee: string): Promise<boolean> {
  const found = await outcomesOf(ledger, target);
  const taken = found.find(
    ({ request, verdict, status, attribution }) =>
      request === target.request && verdict === 'take-ownership' && status === 'applied' && attribution === 'ours',
  );
  return isSameName(assignee, taken?.decidedBy ?? null) || isSameName(assignee, await ownName(ledger, target));
}

export function isSameName(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && plain(one) === plain(other);
}

/** As an outcome keeps it. */
function plain(name: string): string {
  return cleanLine(name, 100).toLowerCase();
}

type Found = TargetOutcome & { readonly verdict: string };

/** What decisions on the same tenant came to, newest first. */
async function outcomesOf(ledger: Ledger, { request, fingerprint }: PlanTarget): Promise<readonly Found[]> {
  const account = request.slice(0, request.indexOf('/'));
  const records = await ledger
    .list({ accounts: [account], limit: LOOKED_THROUGH })
    .catch((error: unknown): readonly [] => {
      if (error instanceof LedgerError) return [];
      throw error;
    });
  return records.flatMap(({ plan, outcomes }) => {
    const here = new Set(
      plan.targets.filter((target) => target.fingerprint === fingerprint).map(({ request }) => request),
    );
    return outcomes.filter(({ request }) => here.has(request)).map((found) => ({ ...found, verdict: plan.verdict }));
  });
}
