import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Timers of a preloaded process run so much faster, so that pace and readings after a write hold no run up. */
const HASTE = 50;

const SOURCE = `
const { appendFileSync } = require('node:fs');
const { DatabaseSync } = require('node:sqlite');
for (const name of ['setTimeout', 'setInterval']) {
  const real = globalThis[name];
  globalThis[name] = (work, ms = 0, ...rest) => real(work, ms / ${HASTE}, ...rest);
}
const promises = require('node:timers/promises');
const wait = promises.setTimeout;
promises.setTimeout = (ms, ...rest) => wait(ms / ${HASTE}, ...rest);
if (process.env.TEST_CALL_TIMEOUT) {
  const timeout = AbortSignal.timeout;
  // A call's; a person is waited for longer.
  AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms > 30_000 ? ms : Number(process.env.TEST_CALL_TIMEOUT));
}
const ahead = Number(process.env.TEST_CLOCK_AHEAD ?? 0);
const clock = Date.now;
Date.now = () => clock() + ahead;
const die = () => process.kill(process.pid, 'SIGKILL');
const [number, moment] = (process.env.TEST_DIE_AT_COMMIT ?? '').split(' ');
let commits = 0;
const before = new WeakMap();
const { exec } = DatabaseSync.prototype;
const changes = (db) => db.prepare('SELECT total_changes() AS n').get().n;
DatabaseSync.prototype.exec = function (sql) {
  if (sql === 'BEGIN IMMEDIATE') {
    exec.call(this, sql);
    before.set(this, changes(this));
    return;
  }
  if (sql !== 'COMMIT') {
    // A migration; SQLite counts no change for it.
    if (before.has(this)) before.set(this, -1);
    return exec.call(this, sql);
  }
  const changed = before.has(this) && changes(this) > before.get(this);
  before.delete(this);
  if (!changed) return exec.call(this, sql);
  commits += 1;
  if (process.env.TEST_COMMITS) appendFileSync(process.env.TEST_COMMITS, '.');
  if (commits === Number(number) && moment === 'before') die();
  exec.call(this, sql);
  if (commits === Number(number) && moment === 'after') die();
};
`;

export interface PreloadOptions {
  /** The process kills itself directly before or after its so many-th commit that changes something, counted from 1. */
  readonly dieAtCommit?: { readonly number: number; readonly moment: 'before' | 'after' };
  /** A file that grows by one character with every such commit. */
  readonly commits?: string;
  /** Milliseconds after which a call to a vendor is given up. */
  readonly callTimeout?: number;
  /** Milliseconds by which its clock is ahead of this process's. */
  readonly clockAhead?: number;
}

/** The environment of a process that is in a hurry, and mortal. Written into the folder; the product knows nothing of it. */
export function preload(
  folder: string,
  { dieAtCommit, commits, callTimeout, clockAhead }: PreloadOptions = {},
): Readonly<Record<string, string>> {
  const file = path.join(folder, 'preload.cjs');
  writeFileSync(file, SOURCE);
  return {
    NODE_OPTIONS: `--disable-warning=ExperimentalWarning --require ${JSON.stringify(file)}`,
    ...(dieAtCommit ? { TEST_DIE_AT_COMMIT: `${dieAtCommit.number} ${dieAtCommit.moment}` } : {}),
    ...(callTimeout === undefined ? {} : { TEST_CALL_TIMEOUT: String(callTimeout) }),
    ...(clockAhead === undefined ? {} : { TEST_CLOCK_AHEAD: String(clockAhead) }),
    ...(commits === undefined ? {} : { TEST_COMMITS: commits }),
  };
}
