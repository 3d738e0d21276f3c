import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeIo, parseSettings } from '@countersign/shared/account';
import { createAccountBook, createProvider } from '@countersign/shared/provider';
import { systemClock } from '@countersign/shared/queue';
import { startSandbox } from '@countersign/shared/sandbox';
import { createQueueStore } from '../../extension/src/queue/queue-store.ts';
import { openLedgerIn } from '../support/ledger.ts';
import { createMemoryHost } from '../support/memory-host.ts';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE } from '../support/world.ts';
import { quantile, report } from './figures.ts';

// What reading a long queue again costs the process that draws every extension's views: through the store of the extension, the
// providers and a ledger, against a sandbox in a process of its own.

const CHANGED = 10;
const ROUNDS = 5;

interface Vendors {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** In a process of its own: the vendors, which let some requests come and go when they are told to. */
async function serve(requests: number): Promise<void> {
  const sandbox = await startSandbox({ population: { threatLocker: requests / 2, adminByRequest: requests / 2 } });
  let arrived: string[] = [];
  process.on('message', () => {
    for (const id of arrived) sandbox.remove('threatlocker', id);
    arrived = Array.from({ length: CHANGED }, () => sandbox.arrive({ vendor: 'threatlocker' }));
    process.send?.('changed');
  });
  process.on('disconnect', () => void sandbox.close());
  const env = { [TOKEN_VARIABLE]: sandbox.threatLocker.token, [KEY_VARIABLE]: sandbox.adminByRequest.apiKey };
  process.send?.({ file: accountsFile(sandbox), env } satisfies Vendors);
}

export async function benchPoll(requests: number): Promise<void> {
  const vendors = fork(import.meta.filename, [String(requests)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [{ file, env }] = (await once(vendors, 'message')) as [Vendors];
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'));
  const ledger = openLedgerIn(folder, { busyTimeoutMs: 20, retryForMs: 3000 });
  const settings = parseSettings(file, 'accounts.json');
  const book = createAccountBook(
    async () => settings,
    (account) => createProvider(account, { fetch, io: { ...nodeIo(), env }, userAgent: 'countersign-bench/0' }),
  );
  const never = () => ({ dispose: () => undefined });
  const store = createQueueStore({
    host: createMemoryHost(),
    runtime: { book, ledger: () => ledger, onDidDecide: never },
    accounts: { onDidChange: never },
    clock: systemClock((error) => {
      throw error;
    }),
    random: Math.random,
  });
  try {
    const first = await held(() => store.refresh());
    const same: Held[] = [];
    const changed: Held[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      same.push(await held(() => store.refresh()));
      vendors.send('change');
      await once(vendors, 'message');
      changed.push(await held(() => store.refresh()));
    }
    const { sources } = store.state;
    if (sources.some(({ state }) => state !== 'ready'))
      throw new Error(JSON.stringify(sources.map(({ state }) => state)));
    report(
      `A reading of ${requests} requests`,
      `the first: ${told([first])}; nothing changed: ${told(same)}; ${CHANGED} came and ${CHANGED} went: ${told(changed)}`,
      'goal for 5000: at most 50 ms at once',
    );
  } finally {
    store.dispose();
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
    vendors.disconnect();
  }
}

interface Held {
  readonly ms: number;
  readonly cpuMs: number;
  readonly longestMs: number;
}

function told(all: readonly Held[]): string {
  const median = (of: (one: Held) => number) => quantile(all.map(of), 0.5).toFixed(0);
  const longest = Math.max(...all.map(({ longestMs }) => longestMs)).toFixed(0);
  return `${median(({ ms }) => ms)} ms, ${median(({ cpuMs }) => cpuMs)} of the processor, at most ${longest} at once`;
}

/** For how long nothing else is done at most: by the thread's own time, since others may have the processor meanwhile. */
async function held(work: () => Promise<void>): Promise<Held> {
  const start = performance.now();
  const begun = threadMs();
  let last = begun;
  let longestMs = 0;
  let isOver = false;
  const turn = () => {
    const now = threadMs();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  turn();
  return { ms: performance.now() - start, cpuMs: threadMs() - begun, longestMs };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

if (process.send) await serve(Number(process.argv[2]));
else for (const requests of [5000, 20_000]) await benchPoll(requests);
