import type { DecisionId, Plan } from '@countersign/shared/approval';
import { parseReference } from '@countersign/shared/approval';
import type { DecisionRecord, OpenLedger } from '@countersign/shared/ledger';
import type { AccountsNow } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import type { Runtime } from '../runtime.ts';
import { confirmWith } from './confirm.ts';
import { type ExitCode, SHOWN } from './exit-code.ts';
import { closeAbandoned, withLedger } from './journal-source.ts';
import { wrapped } from './layout.ts';
import { write } from './output.ts';
import type { Surroundings } from './surroundings.ts';
import { tell } from './tell.ts';
import { openPlanLines } from './view/open-plans.ts';

/** An open plan in short. */
export interface OpenPlan {
  readonly decision: DecisionId;
  readonly verdict: Plan['verdict'];
  readonly requests: readonly string[];
  /** Name of the first file; `null` where the request is about none. */
  readonly file: string | null;
  /** The client that asks for it. */
  readonly proposer: string;
  readonly accounts: readonly { readonly id: string; readonly sandbox: boolean }[];
  /** Where a person is asked besides. */
  readonly channel: DecisionRecord['channel'];
  /** ISO 8601 UTC. */
  readonly plannedAt: string;
  readonly expiresAt: string;
}

/** Lists what a person can answer; at a terminal, lets them take one. */
export async function openPlans(
  { json }: { readonly json?: boolean },
  { output, isInteractive, openPrompt }: Surroundings,
  runtime: Runtime,
): Promise<ExitCode> {
  const accounts = await runtime.book.now();
  const records = (await withLedger(waiting)) ?? [];
  const plans = records.map((record) => openPlanOf(record, accounts));
  if (json) {
    output.out(JSON.stringify({ open: plans }, null, 2));
    return SHOWN;
  }
  write(output, openPlanLines(output, plans, runtime.now()));
  if (plans.length === 0) return SHOWN;
  const prompt = isInteractive ? openPrompt() : null;
  if (prompt === null) {
    write(output, ['', 'At a terminal, "countersign confirm <decision>" shows one of them whole and asks.']);
    return SHOWN;
  }
  try {
    write(output, ['', ...wrapped(output, 'Which one? Type its number, or press Enter to leave them.')]);
    for (;;) {
      const answer = (await prompt.ask('> '))?.trim();
      if (!answer) return SHOWN;
      const chosen = /^\d+$/.test(answer) ? plans[Number(answer) - 1] : undefined;
      if (chosen) return await tell(await confirmWith(prompt, chosen.decision, output, runtime), false, output);
      output.out(plans.length === 1 ? 'There is only number 1.' : `There are the numbers 1 to ${plans.length}.`);
    }
  } finally {
    prompt.close();
  }
}

/** Whichever way a person is asked first, they may answer here. Oldest first. */
async function waiting(ledger: OpenLedger): Promise<readonly DecisionRecord[]> {
  await closeAbandoned(ledger);
  const found = await Promise.all([
    ledger.waiting('extension'),
    ledger.waiting('elicitation'),
    ledger.waiting('terminal'),
  ]);
  return found.flat().toSorted((a, b) => a.plan.plannedAt.localeCompare(b.plan.plannedAt));
}

function openPlanOf({ plan, proposer, channel }: DecisionRecord, accounts: AccountsNow): OpenPlan {
  const requests = plan.targets.map(({ request }) => request);
  const ids = [...new Set(requests.flatMap((request) => parseReference(request)?.account ?? []))];
  const path = plan.targets[0]?.facts.path ?? null;
  return {
    decision: plan.decision,
    verdict: plan.verdict,
    requests,
    file: path === null ? null : cleanLine(path.split(/[\\/]/).at(-1) ?? path, 100),
    proposer: cleanLine(proposer.name, 60),
    accounts: ids.map((id) => ({ id, sandbox: accounts.get(id)?.account.sandbox ?? false })),
    channel,
    plannedAt: plan.plannedAt,
    expiresAt: plan.expiresAt,
  };
}
