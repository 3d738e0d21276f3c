import { closeSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeIo, parseSettings } from '@countersign/shared/account';
import type { Countersignature, Decision } from '@countersign/shared/approval';
import { createDecisions } from '@countersign/shared/decide';
import type { Ledger } from '@countersign/shared/ledger';
import { createAccountBook, createProvider } from '@countersign/shared/provider';
import { openLedgerIn } from '../../support/ledger.ts';
import { planFor, reference, TERMINAL } from './plan.ts';

/** What a process of its own is to do with the ledger of a folder; it says each step to its parent. */
export type Errand = { readonly folder: string; readonly now: number } & (
  | {
      readonly kind: 'decide';
      readonly accounts: string;
      readonly secrets: Readonly<Record<string, string>>;
      readonly requests: readonly string[];
      readonly decision: Decision;
      /** Where it stands still until it is killed; the step is the one that has just been done. */
      readonly stopAfter: 'answer' | 'begin' | 'write';
    }
  | { readonly kind: 'open-and-answer'; readonly client: string; readonly plans: number }
  | { readonly kind: 'come-and-go'; readonly client: string; readonly times: number }
  | {
      readonly kind: 'stay';
      readonly listenAs?: string;
      readonly open?: readonly string[];
      readonly turn?: string;
      readonly from?: number;
    }
  | { readonly kind: 'leave'; readonly countersignature: Countersignature }
  | { readonly kind: 'hold'; readonly request: string }
  | { readonly kind: 'enter-often'; readonly request: string; readonly times: number }
);

function say(step: string): void {
  process.send?.(step);
}

/** Says where it is, and stays there. */
function standStill(step: string): Promise<never> {
  say(step);
  return new Promise(() => setInterval(() => undefined, 1_000_000));
}

async function run(errand: Errand): Promise<void> {
  const { folder, now } = errand;
  // Several begin at the same moment.
  if ('from' in errand && errand.from !== undefined) await delay(errand.from - Date.now());
  const openOwn = () => openLedgerIn(folder, { now: () => now, warn: (message) => say(`warning: ${message}`) });
  const ledger = openOwn();
  switch (errand.kind) {
    case 'decide':
      await decide(errand, ledger);
      break;
    case 'open-and-answer':
      for (let number = 0; number < errand.plans; number += 1) {
        // One tenant, so the vendor's ids have to differ: two clients' plans for one request would exclude each other.
        const { plan, digest } = planFor([`acme/${errand.client}-${number}`]);
        const { opened } = await ledger.open(plan, digest, { client: errand.client, name: 'a test' }, 'terminal');
        const answered = await ledger.answer(plan.decision, 'declined', TERMINAL);
        if (!opened || !answered) throw new Error(`plan ${number} of ${errand.client} was not taken`);
      }
      break;
    case 'come-and-go':
      for (let number = 0; number < errand.times; number += 1) {
        const own = openOwn();
        if (number % 20 === 0) await proposeAndLook(own, `${errand.client}-${number}`);
        else await own.takeOver();
        own.close();
      }
      break;
    case 'stay':
      if (errand.open) {
        const { plan, digest } = planFor(errand.open);
        await ledger.open(plan, digest, { client: 'a child', name: 'a test' }, 'extension');
      }
      if (errand.turn !== undefined) await ledger.takeTurn(errand.turn, 3_600_000);
      if (errand.listenAs !== undefined) await ledger.listen(errand.listenAs);
      await standStill('staying');
      break;
    case 'leave':
      if (!(await ledger.leave(errand.countersignature))) throw new Error('it was not taken');
      break;
    case 'hold':
      await ledger.exclusively('fingerprint-1', reference(errand.request), () => standStill('inside'));
      break;
    case 'enter-often':
      for (let number = 0; number < errand.times; number += 1) {
        await ledger.exclusively('fingerprint-1', reference(errand.request), () => alone(path.join(folder, 'alone')));
      }
      break;
    default:
      errand satisfies never;
  }
  ledger.close();
  say('done');
}

/** Fails if what it proposed is closed while it lives. */
async function proposeAndLook(ledger: Ledger, client: string): Promise<void> {
  const { plan, digest } = planFor([`acme/${client}`]);
  await ledger.open(plan, digest, { client, name: 'a test' }, 'terminal');
  await ledger.takeOver();
  const phases = (await ledger.lines(plan.decision)).map(({ phase }) => phase);
  if (phases.join() !== 'planned') throw new Error(`what ${client} proposed went through ${phases.join()}`);
}

/** Fails if anybody else is here. */
async function alone(file: string): Promise<void> {
  closeSync(openSync(file, 'wx'));
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  rmSync(file);
}

async function decide(errand: Errand & { readonly kind: 'decide' }, ledger: Ledger): Promise<void> {
  const { accounts, secrets, requests, decision, stopAfter, now } = errand;
  const io = { ...nodeIo(), env: secrets };
  const settings = parseSettings(accounts, 'accounts.json');
  const book = createAccountBook(
    async () => settings,
    (account) => createProvider(account, { fetch, io, userAgent: 'countersign-test/0', now: () => now }),
  );
  const stopping: Ledger = {
    ...ledger,
    answer: async (...args) => {
      const taken = await ledger.answer(...args);
      return stopAfter === 'answer' ? await standStill('answer') : taken;
    },
    begin: async (...args) => {
      const begun = await ledger.begin(...args);
      return stopAfter === 'begin' ? await standStill('begin') : begun;
    },
    finish: async (...args) => {
      if (stopAfter === 'write') await standStill('write');
      await ledger.finish(...args);
    },
  };
  const decisions = createDecisions({ book, openLedger: () => stopping, now: () => now, verifyDelays: [0, 1, 1] });
  const proposer = { client: 'client-1', name: 'a test' };
  const planning = await decisions.plan({
    requests,
    decision,
    proposer,
    mayDecide: () => true,
    route: () => ({ channel: 'terminal', because: null }),
  });
  if (!planning.planned) throw new Error(planning.result.message);
  const { plan, digest } = planning.decision;
  await decisions.answer(plan.decision, digest, { kind: 'typed', text: plan.confirmText }, TERMINAL);
}

process.once('message', (errand: Errand) => {
  run(errand).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
    process.disconnect();
  });
});
