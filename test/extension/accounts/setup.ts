import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as sqlite from 'node:sqlite';
import { type AccountIo, nodeIo } from '@countersign/shared/account';
import { readSources, type Source } from '@countersign/shared/queue';
import { type Sandbox, startSandbox } from '@countersign/shared/sandbox';
import { onTestFinished } from 'vitest';
import { createAccountCommands, createAccountsStore, createTryAccount } from '../../../extension/src/accounts/index.ts';
import { createSigningKeys } from '../../../extension/src/confirm/index.ts';
import { createEmitter } from '../../../extension/src/host/index.ts';
import type { QueueState } from '../../../extension/src/queue/index.ts';
import { createRuntime, type Runtime } from '../../../extension/src/runtime.ts';
import { type Asked, createMemoryHost, type MemoryHost } from '../../support/memory-host.ts';

export interface Window {
  readonly host: MemoryHost;
  readonly accounts: ReturnType<typeof createAccountsStore>;
  readonly runtime: Runtime;
  readonly commands: ReturnType<typeof createAccountCommands>;
  /** Called before each call to a vendor. */
  readonly onCall: { before?: () => void };
  readonly file: string;
  /** What the accounts file says; `null`: there is none, or it is no JSON. */
  saved(): unknown;
  /** Reads the queues, as the window does every now and then. */
  poll(): Promise<readonly Source[]>;
}

/** A window of an editor, until the test ends. One `of` another's editor finds its files, secrets and memory. */
export function openWindow(
  options: { readonly sandbox?: Sandbox; readonly io?: Partial<AccountIo>; readonly of?: Window } = {},
): Window {
  const host = createMemoryHost(options.of?.host);
  const io = { ...nodeIo(), env: {}, homedir: host.places.storage, ...options.io };
  const accounts = createAccountsStore(host, io);
  const onCall: { before?: () => void } = {};
  /** The vendors' hosts, of which the sandbox stands in for some. */
  const fetch = (url: string, init: RequestInit) => {
    onCall.before?.();
    const { sandbox } = options;
    const there = sandbox
      ? url
          .replace('https://portalapi.g.threatlocker.com', sandbox.threatLocker.url)
          .replace('https://dc1api.adminbyrequest.com', sandbox.adminByRequest.url)
      : url;
    if (there.startsWith('https:'))
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
    return globalThis.fetch(there, init);
  };
  const runtime = createRuntime({
    host,
    accounts,
    keys: createSigningKeys(host),
    sqlite: () => sqlite,
    fetch,
    now: Date.now,
  });
  const queue = createEmitter<QueueState>();
  const commands = createAccountCommands({
    host,
    accounts,
    runtime,
    queue: { onDidChange: queue.event },
    tryAccount: createTryAccount({ fetch, userAgent: 'countersign-test/0', now: Date.now }),
    loadSandbox: () => import('../../../extension/src/sandbox.ts'),
    io,
  });
  onTestFinished(() => {
    host.close();
    rmSync(host.places.storage, { recursive: true, force: true });
  });
  const file = path.join(host.places.storage, 'accounts.json');
  return {
    host,
    accounts,
    runtime,
    commands,
    onCall,
    file,
    saved: () => {
      try {
        return JSON.parse(readFileSync(file, 'utf8'));
      } catch {
        return null;
      }
    },
    poll: async () => {
      const { settings, entries } = await runtime.book.now();
      const sources = await readSources(entries, Date.now);
      queue.fire({ settings, problem: null, entries, sources });
      return sources;
    },
  };
}

/** A vendor's portal, until the test ends. */
export async function vendors(): Promise<Sandbox> {
  // It would otherwise be told that it is served by this computer, which no real account is.
  const sandbox = await startSandbox({ adminByRequest: { whoami: 'not-found' } });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

type Answer = string | readonly string[] | null;

/** A person who is asked exactly these questions, each known by words in it, and answers them. @returns says whether all were asked */
export function person(
  host: MemoryHost,
  ...script: readonly (readonly [words: string | RegExp, answer: Answer | (() => Answer)])[]
) {
  let next = 0;
  host.reply((asked) => {
    const [words, answer] = script[next] ?? [];
    const text = textOf(asked);
    if (words === undefined || answer === undefined) throw new Error(`Nobody expected: ${text}`);
    if (!new RegExp(words).test(text)) throw new Error(`Expected ${words}, not: ${text}`);
    next += 1;
    return typeof answer === 'function' ? answer() : answer;
  });
  return { unasked: () => script.slice(next).map(([words]) => String(words)) };
}

function textOf(asked: Asked): string {
  switch (asked.kind) {
    case 'ask':
      return `${asked.message}\n${asked.detail}\n${asked.actions.join(', ')}`;
    case 'notify':
      return `${asked.message}\n${asked.actions.join(', ')}`;
    case 'pick':
    case 'pickSeveral':
      return `${asked.title}\n${asked.placeholder}`;
    case 'input':
      return `${asked.title}\n${asked.problem ?? asked.prompt}`;
    case 'openFile':
    case 'saveFile':
      return asked.title;
    default:
      return asked satisfies never;
  }
}

/** The last thing that was said or asked. */
export function lastSaid(host: MemoryHost): string {
  const last = host.asked.at(-1);
  return last ? textOf(last) : '';
}

/** All that a person or a program could read of it outside of the editor's secret storage. */
export function everythingShown({ host }: Pick<Window, 'host'>): string {
  const files = readdirSync(host.places.storage, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name} ${readFileSync(path.join(entry.parentPath, entry.name), 'utf8')}`);
  return JSON.stringify([host.asked, host.logged, host.opened, host.copied, host.ran, [...host.context], files]);
}
