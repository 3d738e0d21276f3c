import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '@countersign/shared/sandbox';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE } from '../support/world.ts';
import { report } from './figures.ts';

// What `countersign pull` makes of a long list of Admin By Request, beside a bare loop that fetches and parses the same pages.
// Vendor, loop and command each run in a process of their own.

const ROWS = 100_000;
const ROUNDS = 3;
const PAGE = 1000;

interface Vendor {
  readonly file: string;
  readonly url: string;
  readonly key: string;
  readonly env: Readonly<Record<string, string>>;
}

async function serve(): Promise<void> {
  const sandbox = await startSandbox({ population: 'empty' });
  // Within the two weeks that the vendor lists.
  for (let row = 0; row < ROWS; row += 1) {
    sandbox.arrive({ vendor: 'admin-by-request', minutesAgo: Math.round(((ROWS - row) / ROWS) * 13 * 24 * 60) });
  }
  process.on('disconnect', () => void sandbox.close());
  const { url, apiKey: key } = sandbox.adminByRequest;
  const env = { [TOKEN_VARIABLE]: sandbox.threatLocker.token, [KEY_VARIABLE]: key };
  process.send?.({ file: accountsFile(sandbox), url, key, env } satisfies Vendor);
}

/** The least that anybody would have to do. @returns milliseconds */
async function bareLoop({ url, key }: Pick<Vendor, 'url' | 'key'>): Promise<number> {
  const start = performance.now();
  let next = 0;
  let count = 0;
  for (;;) {
    const answer = await fetch(`${url}/requests?wantscandetails=1&take=${PAGE}&startid=${next}`, {
      headers: { apikey: key },
    });
    const rows = JSON.parse(await answer.text()) as { id: string | number }[];
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    next = Number(last.id) + 1;
  }
  if (count !== ROWS) throw new Error(`the bare loop got ${count} rows`);
  return performance.now() - start;
}

interface Ran {
  readonly ms: number;
  readonly rssMb: number;
}

/** Found by the system's own search: a reader in JavaScript would take the processor that the vendor's process needs. */
function lineFeeds(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}

/** The whole command, from its start to its end, as a reader of its pipe sees it. */
async function pulled(vendor: Vendor): Promise<Ran> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'));
  try {
    const config = path.join(folder, 'accounts.json');
    writeFileSync(config, vendor.file);
    const rss = path.join(folder, 'rss');
    const preload = path.join(folder, 'rss.cjs');
    writeFileSync(
      preload,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(rss)}, String(process.resourceUsage().maxRSS)));`,
    );
    const start = performance.now();
    const child = spawn(process.execPath, ['mcp-server/dist/main.cjs', 'pull', '--account', 'acme-abr'], {
      env: {
        ...vendor.env,
        HOME: folder,
        COUNTERSIGN_CONFIG: config,
        COUNTERSIGN_STATE_DIR: path.join(folder, 'state'),
        NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    let lines = 0;
    for await (const chunk of child.stdout) lines += lineFeeds(chunk as Buffer);
    const [code] = await exit;
    const ms = performance.now() - start;
    if (code !== 0 || lines !== ROWS) throw new Error(`the pull ended with ${code} after ${lines} lines`);
    return { ms, rssMb: Number(readFileSync(rss, 'utf8')) / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inChild<T>(role: string, given?: object): Promise<{ readonly value: T; readonly end: () => void }> {
  const child = fork(import.meta.filename, [role, JSON.stringify(given ?? null)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [value] = (await once(child, 'message')) as [T];
  return { value, end: () => child.disconnect() };
}

async function bench(): Promise<void> {
  const vendor = await inChild<Vendor>('vendor');
  try {
    const bare: number[] = [];
    const ours: Ran[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const loop = await inChild<number>('loop', vendor.value);
      loop.end();
      bare.push(loop.value);
      ours.push(await pulled(vendor.value));
    }
    const best = Math.min(...bare);
    const our = Math.min(...ours.map(({ ms }) => ms));
    const perSecond = (ms: number) => `${Math.round((ROWS / ms) * 1000)} rows a second`;
    report(
      `countersign pull of ${ROWS} Admin By Request rows`,
      `${our.toFixed(0)} ms with its start and end, ${perSecond(our)}, at most ${Math.max(...ours.map(({ rssMb }) => rssMb)).toFixed(0)} MB; a bare loop of fetch and JSON.parse ${best.toFixed(0)} ms, ${perSecond(best)}; ${((best / our) * 100).toFixed(0)} % of its speed`,
      'goal: at least 50 %, at most 150 MB',
    );
  } finally {
    vendor.end();
  }
}

const [, , role, given] = process.argv;
if (role === 'vendor') await serve();
else if (role === 'loop') process.send?.(await bareLoop(JSON.parse(given ?? '') as Vendor));
else await bench();
