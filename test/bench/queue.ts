import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '@countersign/shared/sandbox';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE } from '../support/world.ts';
import { benchSnapshots } from './snapshots.ts';

// How fast a real server answers list_pending with a long queue: from memory, and first of all from the last snapshot; and
// how long snapshots of long queues hold a process.

const REQUESTS = 10_000;
const CALLS = 15;
const STARTS = 5;

const sandbox = await startSandbox({ population: { threatLocker: REQUESTS / 2, adminByRequest: REQUESTS / 2 } });
const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'));
const file = path.join(folder, 'accounts.json');
writeFileSync(file, accountsFile(sandbox));
const env = {
  ...getDefaultEnvironment(),
  COUNTERSIGN_CONFIG: file,
  COUNTERSIGN_STATE_DIR: path.join(folder, 'state'),
  [TOKEN_VARIABLE]: sandbox.threatLocker.token,
  [KEY_VARIABLE]: sandbox.adminByRequest.apiKey,
};

async function connect() {
  const client = new Client({ name: 'bench', version: '0' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: ['mcp-server/dist/main.cjs', 'mcp'], env }),
  );
  return client;
}

async function timed(client: Client, args: object) {
  const start = performance.now();
  const { structuredContent } = await client.callTool({ name: 'list_pending', arguments: { ...args } });
  const { total, sources } = structuredContent as { total: number; sources: { state: string }[] };
  return { ms: performance.now() - start, total, states: [...new Set(sources.map(({ state }) => state))].join() };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

try {
  const first = await connect();
  const whole = await timed(first, {});
  const again: number[] = [];
  for (let call = 0; call < CALLS; call += 1) again.push((await timed(first, {})).ms);
  const filtered: number[] = [];
  for (let call = 0; call < CALLS; call += 1)
    filtered.push((await timed(first, { text: 'obsidian', groupBy: 'file' })).ms);
  await first.close();
  const starts: number[] = [];
  const known: number[] = [];
  const states = new Set<string>();
  for (let start = 0; start < STARTS; start += 1) {
    const begun = performance.now();
    const another = await connect();
    starts.push(performance.now() - begun);
    const answer = await timed(another, {});
    await another.close();
    known.push(answer.ms);
    states.add(`${answer.total} ${answer.states}`);
  }
  const bare = median(
    Array.from({ length: 7 }, () => {
      const start = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      return performance.now() - start;
    }),
  );
  process.stdout.write(`list_pending with ${whole.total} requests
  read from the vendors: ${whole.ms.toFixed(0)} ms (${whole.states})
  again within 60 s: ${median(again).toFixed(0)} ms (goal: under 50 ms); filtered and grouped ${median(filtered).toFixed(0)} ms
  first answer of another process: ${median(known).toFixed(0)} ms, at most ${Math.max(...known).toFixed(0)} (goal: under 300 ms), ${[...states].join()}; its start took ${median(starts).toFixed(0)} ms, bare Node's ${bare.toFixed(0)} ms
`);
} finally {
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
}
for (const requests of [5000, 10_000]) await benchSnapshots(requests);
