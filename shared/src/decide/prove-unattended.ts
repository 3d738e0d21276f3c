import * as z from 'zod';
import { type Account, type Secret, SecretError } from '../account/index.ts';
import {
  type DecisionId,
  flawInUnattended,
  type Plan,
  planDigest,
  type UnattendedCountersignature,
} from '../approval/index.ts';
import { type JournalFlaw, type JournalRow, journalLines, type Ledger } from '../ledger/index.ts';
import type { AccountsNow } from '../provider/index.ts';

export interface UnattendedProof {
  /** How many decisions a job carried back. */
  readonly count: number;
  /** Those that the account's secret does not prove, each with why. */
  readonly flaws: readonly JournalFlaw[];
}

/**
 * Holds what the journal says was carried back against the accounts' secrets: whether whoever countersigned it had the secret,
 * and countersigned that very plan.
 */
export async function proveUnattended(
  ledger: Pick<Ledger, 'rows' | 'lines'>,
  accounts: AccountsNow,
  secretOf: (account: Account) => Promise<Secret>,
): Promise<UnattendedProof> {
  const flaws: JournalFlaw[] = [];
  let count = 0;
  // A password manager is asked once for each account.
  const secrets = new Map<string, Promise<Secret>>();
  const secretOnce = (account: Account) => {
    const secret = secrets.get(account.id) ?? secretOf(account);
    secrets.set(account.id, secret);
    return secret;
  };
  for await (const row of journalLines(ledger)) {
    if (row.phase !== 'confirmed' || !isUnattended(row)) continue;
    count += 1;
    const why = await flawIn(row, ledger, accounts, secretOnce);
    if (why !== null) flaws.push({ seq: row.seq, message: `Line ${row.seq}: ${why}` });
  }
  return { count, flaws };
}

// What a line may hold; whoever changed the file may have put anything there.
const answered = z.object({ channel: z.literal('unattended'), countersignature: z.unknown() });
const countersigned = z.object({
  verdict: z.enum(['approve', 'deny', 'take-ownership', 'decline']),
  decision: z.string(),
  digest: z.string(),
  expiresAt: z.string(),
  key: z.string(),
  mac: z.string(),
});
const planned = z.object({
  plan: z.looseObject({ targets: z.array(z.looseObject({ request: z.string() })).min(1) }),
});

function isUnattended({ data }: JournalRow): boolean {
  return answered.safeParse(parsed(data)).success;
}

async function flawIn(
  { decision, data }: JournalRow,
  ledger: Pick<Ledger, 'lines'>,
  accounts: AccountsNow,
  secretOf: (account: Account) => Promise<Secret>,
): Promise<string | null> {
  const [first] = await ledger.lines(decision as DecisionId);
  const { data: told } = planned.safeParse(parsed(first?.data ?? ''));
  const { data: given } = countersigned.safeParse(answered.safeParse(parsed(data)).data?.countersignature);
  if (!told || !given) return 'The plan or its countersignature is missing.';
  // Its digest says whether it is the plan that was countersigned.
  const plan = told.plan as unknown as Plan;
  const entry = accounts.of(plan.targets[0]?.request ?? '');
  if (!entry) return 'Its account is no longer in the accounts file, so nothing says which secret it was.';
  try {
    const secret = await secretOf(entry.account);
    return flawInUnattended(given as UnattendedCountersignature, plan, planDigest(plan), secret.reveal());
  } catch (error) {
    if (error instanceof SecretError) return error.message;
    throw error;
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
