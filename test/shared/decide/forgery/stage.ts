import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseSettings } from '@countersign/shared/account';
import {
  type Countersignature,
  countersign,
  createSigningKey,
  type Decision,
  type DecisionId,
  type SigningKey,
} from '@countersign/shared/approval';
import type { DecisionResult, PlannedDecision } from '@countersign/shared/decide';
import { onTestFinished } from 'vitest';
import { accountsFile, openWorld, type World } from '../../../support/world.ts';
import { APPROVE, DENY } from '../order.ts';

/** What each vendor can be asked, each for a request of its own. */
export const ORDERS = [
  { name: 'obsidian-contoso', decision: APPROVE },
  { name: 'anydesk', decision: DENY },
  { name: 'abr-cmd', decision: APPROVE },
  { name: 'abr-obsidian', decision: DENY },
] as const satisfies readonly { readonly name: string; readonly decision: Decision }[];

/** Named by the accounts file, and given at launch. */
export const TRUSTED = [createSigningKey(), createSigningKey()] as const;

export interface SetUp {
  readonly order: (typeof ORDERS)[number];
  readonly key: SigningKey;
}

/** A plan that waits for an editor, the signature that would carry it out, and an attacker's way to the file. */
export interface Scene extends PlannedDecision {
  readonly world: World;
  readonly db: DatabaseSync;
  readonly order: SetUp['order'];
  /** A trusted one. */
  readonly key: SigningKey;
  /** Confirms the plan. */
  readonly good: Countersignature;
}

export interface Stage {
  readonly world: World;
  open(setUp: SetUp): Promise<Scene>;
}

export type AccountsChange = NonNullable<Parameters<typeof accountsFile>[1]>;

/** The accounts file of a stage, or one that was changed since. */
export function accountsWith(change: AccountsChange = {}): AccountsChange {
  return { more: { confirmation: { approverKeys: [TRUSTED[0].publicKey.text] } }, ...change };
}

export function useAccounts({ world }: Scene | Stage, change?: AccountsChange): void {
  world.useSettings(parseSettings(accountsFile(world.sandbox, accountsWith(change)), 'accounts.json'));
}

/** A world with editors that may countersign, closed with the test. */
export async function openStage(): Promise<Stage> {
  const world = await openWorld({ accounts: accountsWith(), approverKeys: [TRUSTED[1].publicKey.text] });
  const db = new DatabaseSync(path.join(world.folder, 'ledger.sqlite'));
  db.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
  onTestFinished(async () => {
    db.close();
    await world.close();
  });
  let clients = 0;
  return {
    world,
    open: async ({ order, key }) => {
      clients += 1;
      const planned = await planFor(world, order, `client-${clients}`);
      const good = countersign(key, planned.plan, planned.digest, planned.plan.verdict);
      return { ...planned, world, db, order, key, good };
    },
  };
}

export async function planFor(
  { decisions, named }: World,
  { name, decision }: SetUp['order'],
  client: string,
): Promise<PlannedDecision> {
  const planning = await decisions.plan({
    requests: [named(name).reference],
    decision,
    proposer: { client, name: 'a test' },
    mayDecide: () => true,
    route: () => ({ channel: 'extension', because: null }),
  });
  if (!planning.planned) throw new Error(`not planned: ${planning.result.status}: ${planning.result.message}`);
  return planning.decision;
}

/** Leaves it as an editor would. */
export async function leave({ world }: Scene, countersignature: Countersignature): Promise<boolean> {
  return await world.ledger.leave(countersignature);
}

/** Puts anything in the place of a countersignature, past the ledger. */
export function put({ db, plan }: Scene, json: string, decision: DecisionId = plan.decision): void {
  db.prepare('INSERT OR REPLACE INTO countersignatures (decision, countersignature) VALUES (?, ?)').run(decision, json);
}

/** Has those who wait look at once at what was changed by hand. */
export async function look({ world }: Scene): Promise<void> {
  await world.ledger.stopListening();
}

/** How the decision ends, with nothing but what lies there. */
export async function ending({ world, plan }: Pick<Scene, 'world' | 'plan'>): Promise<DecisionResult> {
  return await world.decisions.outcome(plan.decision, new AbortController().signal);
}

/** How it ends if nothing has come of it once everybody had their turn: then its client takes it back. */
export async function endingOrClosed(scene: Pick<Scene, 'world' | 'plan'>): Promise<DecisionResult> {
  const followed = ending(scene);
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  await scene.world.decisions.close(scene.plan.decision, 'The test takes it back.');
  return await followed;
}
