import type { Decision } from '@countersign/shared/approval';
import type { DecisionResult, PersonsAnswer, PlannedDecision, Planning } from '@countersign/shared/decide';
import type { World } from '../../support/world.ts';
import { TERMINAL } from '../ledger/plan.ts';

export const APPROVE: Decision = { verdict: 'approve', options: {} };
export const DENY: Decision = { verdict: 'deny', options: { reason: 'Not needed for this work.' } };

export async function order(
  world: World,
  names: readonly string[],
  decision: Decision,
  client = 'client-1',
  signal?: AbortSignal,
): Promise<Planning> {
  return await world.decisions.plan({
    requests: names.map((name) => world.named(name).reference),
    decision,
    proposer: { client, name: 'a test' },
    mayDecide: () => true,
    route: () => ({ channel: 'terminal', because: null }),
    ...(signal ? { signal } : {}),
  });
}

/** Plans and expects that a person can be asked. */
export async function planned(
  world: World,
  names: readonly string[],
  decision: Decision,
  client?: string,
): Promise<PlannedDecision> {
  const planning = await order(world, names, decision, client);
  if (!planning.planned) throw new Error(`not planned: ${planning.result.status}: ${planning.result.message}`);
  return planning.decision;
}

export async function answer(
  world: World,
  { plan, digest }: PlannedDecision,
  given: PersonsAnswer,
): Promise<DecisionResult> {
  return await world.decisions.answer(plan.decision, digest, given, TERMINAL);
}

export async function confirm(world: World, decision: PlannedDecision): Promise<DecisionResult> {
  return await answer(world, decision, { kind: 'typed', text: decision.plan.confirmText });
}
