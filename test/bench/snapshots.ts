import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeIo, parseSettings } from '@countersign/shared/account';
import { createProvider } from '@countersign/shared/provider';
import { lastKnown, readSources } from '@countersign/shared/queue';
import { startSandbox } from '@countersign/shared/sandbox';
import { openLedgerIn } from '../support/ledger.ts';
import { accountsFile, TOKEN_VARIABLE } from '../support/world.ts';
import { report, timed } from './figures.ts';

/** How long keeping a queue, and looking at what is kept of it, take, and for how long at once nothing else is done. */
export async function benchSnapshots(requests: number): Promise<void> {
  const sandbox = await startSandbox({ population: { threatLocker: requests, adminByRequest: 0 } });
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'));
  const ledger = openLedgerIn(folder);
  try {
    const io = { ...nodeIo(), env: { [TOKEN_VARIABLE]: sandbox.threatLocker.token } };
    const { accounts } = parseSettings(accountsFile(sandbox), 'accounts.json');
    const [account] = accounts;
    if (!account) throw new Error('no account');
    const provider = createProvider(account, { fetch, io, userAgent: 'countersign-bench/0' });
    const listing = await provider.list();
    const read = [{ account, provider: { ...provider, list: async () => listing } }];
    const keeping = await held(() => readSources(read, Date.now, { snapshots: ledger }));
    const looking = await held(() => lastKnown(read, ledger));
    if (looking.result[0]?.requests.length !== requests) throw new Error('the queue is not kept whole');
    const written = timed(() => JSON.stringify(listing));
    const parsed = timed(() => JSON.parse(written.result));
    report(
      `A snapshot of ${requests} requests`,
      `kept in ${told(keeping)}; looked at in ${told(looking)} (goal for 5000: at most 50 ms at once)`,
      `as JSON alone, at once: written in ${written.ms.toFixed(0)} ms, read in ${parsed.ms.toFixed(0)} ms`,
    );
  } finally {
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
    await sandbox.close();
  }
}

function told({ ms, longest }: { readonly ms: number; readonly longest: number }): string {
  return `${ms.toFixed(0)} ms, at most ${longest.toFixed(0)} at once`;
}

/** @returns in `longest` for how many milliseconds the event loop was held at most */
async function held<T>(work: () => Promise<T>) {
  const start = performance.now();
  let last = start;
  let longest = 0;
  let isOver = false;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const result = await work();
  isOver = true;
  turn();
  return { result, longest, ms: performance.now() - start };
}
