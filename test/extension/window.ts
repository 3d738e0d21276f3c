import path from 'node:path';
import * as sqlite from 'node:sqlite';
import type { RequestReference } from '@countersign/shared/approval';
import type { OpenLedger } from '@countersign/shared/ledger';
import { onTestFinished, vi } from 'vitest';
import { createAccountsStore } from '../../extension/src/accounts/index.ts';
import {
  announceAwaiting,
  createAnswering,
  createAwaiting,
  createDecider,
  createSigningKeys,
} from '../../extension/src/confirm/index.ts';
import { createRuntime } from '../../extension/src/runtime.ts';
import { type AccountsChange, openPlace, type Place } from '../mcp-server/mcp/place.ts';
import { openLedgerIn } from '../support/ledger.ts';
import { type Asked, createMemoryHost, type MemoryHost } from '../support/memory-host.ts';

export interface WindowOptions {
  /** Keeps no secrets from the beginning. */
  readonly isKeyringBroken?: boolean;
  readonly hasSqlite?: boolean;
  /** The accounts file that it reads; by default the place's own. */
  readonly accountsFile?: string;
  /** Windows of one profile keep the same secrets. */
  readonly sameProfileAs?: EditorWindow;
  readonly isFocused?: boolean;
}

/** A window of an editor over a place: everything real but the editor itself, the time, and the passing of it. */
export type EditorWindow = Awaited<ReturnType<typeof openWindow>>;

export async function openEditorPlace(accounts?: AccountsChange): Promise<Place> {
  const place = await openPlace(accounts === undefined ? {} : { accounts });
  onTestFinished(() => place.close());
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const [name, value] of Object.entries(place.env)) vi.stubEnv(name, value);
  return place;
}

export async function openWindow(place: Place, options: WindowOptions = {}) {
  const host = createMemoryHost();
  for (const [name, value] of options.sameProfileAs?.host.secretsKept ?? []) host.secretsKept.set(name, value);
  if (options.isKeyringBroken) host.breakSecrets();
  if (options.isFocused === false) host.focus(false);
  host.set('accountsFile', options.accountsFile ?? path.join(place.folder, 'accounts.json'));
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const accounts = createAccountsStore(host);
  const keys = createSigningKeys(host);
  const { hasSqlite = true } = options;
  const runtime = createRuntime({ host, accounts, keys, sqlite: () => (hasSqlite ? sqlite : undefined), fetch, now });
  const beats: (() => void)[] = [];
  const every = (_ms: number, work: () => void) => {
    beats.push(work);
    return { dispose: () => beats.splice(beats.indexOf(work), 1) };
  };
  host.subscriptions.add({ dispose: runtime.close });
  onTestFinished(() => host.close());
  return {
    host,
    runtime,
    keys,
    clock,
    decider: createDecider(host, runtime, keys),
    /** Begins to listen, and to follow what is proposed. */
    listen: async () => {
      const awaiting = createAwaiting({ host, runtime, keys, every });
      const answering = createAnswering(host, runtime, keys, awaiting);
      announceAwaiting(host, runtime, awaiting, () => answering.answer());
      await awaiting.settled();
      return {
        awaiting,
        answering,
        /** Five seconds pass. */
        beat: async () => {
          for (const work of beats) work();
          await awaiting.settled();
        },
      };
    },
  };
}

/** The ledger of a place as another process sees it. */
export function ledgerIn(place: Place): OpenLedger {
  const folder = path.join(place.folder, 'state');
  const ledger = openLedgerIn(folder);
  onTestFinished(() => ledger.close());
  return ledger;
}

/** Every attempt to write, by what it was. */
export function writesIn(place: Place): readonly string[] {
  return place.sandbox.record.map(({ verdict, effect }) => `${verdict} ${effect}`);
}

export function requestAt(place: Place, name: string): RequestReference {
  const vendor = name.startsWith('abr-') ? 'acme-abr' : 'acme';
  return `${vendor}/${place.sandbox.id(name)}` as RequestReference;
}

/** Modal questions alone. */
export function questions({ asked }: MemoryHost): readonly Extract<Asked, { kind: 'ask' }>[] {
  return asked.filter((one) => one.kind === 'ask');
}

/** Notifications alone. */
export function notices({ asked }: MemoryHost): readonly Extract<Asked, { kind: 'notify' }>[] {
  return asked.filter((one) => one.kind === 'notify');
}

/** The button of the act, or where there is none, the first. */
export function actIn(actions: readonly string[]): string | null {
  return actions.find((action) => action !== 'Show Everything' && action !== 'Reject Proposal') ?? actions[0] ?? null;
}

/** A person who confirms each question, reads what has to be read before, and types what they are asked to. */
export function willing(asked: Asked): string | null {
  switch (asked.kind) {
    case 'ask':
      return actIn(asked.actions);
    case 'input':
      return /type "([^"]+)"/.exec(asked.prompt)?.[1] ?? null;
    default:
      return null;
  }
}
