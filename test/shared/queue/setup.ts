import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as sqlite from 'node:sqlite';
import { gunzipSync, gzipSync } from 'node:zlib';
import { nodeIo, parseSettings } from '@countersign/shared/account';
import type { OpenLedger } from '@countersign/shared/ledger';
import { type AccountEntry, createProvider } from '@countersign/shared/provider';
import { lastKnown, readSources, type Source } from '@countersign/shared/queue';
import { type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import { onTestFinished } from 'vitest';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE } from '../../support/world.ts';
import { NOON } from '../ledger/plan.ts';
import { inFile, openIn, temporaryFolder } from '../ledger/setup.ts';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export type AccountsChange = Parameters<typeof accountsFile>[1];

/** A sandbox whose queues are read into a ledger of its own, by a clock in the test's hands. */
export interface Readings {
  readonly sandbox: Sandbox;
  readonly ledger: OpenLedger;
  readonly clock: { now: number };
  entries(change?: AccountsChange, secrets?: Readonly<Record<string, string | undefined>>): readonly AccountEntry[];
  read(entries?: readonly AccountEntry[]): Promise<readonly Source[]>;
  lastKnown(entries?: readonly AccountEntry[]): Promise<readonly Source[]>;
  /** The state of the account `acme`. */
  acme(entries?: readonly AccountEntry[]): Promise<Source>;
  /** From now on no queue can be read. */
  breakDown(): void;
  /** What is kept of the account `acme`, unpacked. */
  kept(): string;
  /** The requests in it. */
  keptRequests(): readonly unknown[];
  /** Puts something else in the place of what is kept of it. */
  tamper(column: 'at' | 'requests', change: (value: string) => string): void;
  /** Every byte of the ledger's files. */
  bytes(): string;
}

export async function openReadings(options: SandboxOptions = {}): Promise<Readings> {
  const clock = { now: NOON };
  const now = () => clock.now;
  const sandbox = await startSandbox({ now, ...options });
  onTestFinished(() => sandbox.close());
  const folder = temporaryFolder();
  const ledger = openIn(folder, { now });
  const entries: Readings['entries'] = (change = {}, secrets = {}) => {
    const env: Record<string, string | undefined> = Object.create(
      { [TOKEN_VARIABLE]: sandbox.threatLocker.token, [KEY_VARIABLE]: sandbox.adminByRequest.apiKey },
      Object.getOwnPropertyDescriptors(secrets),
    );
    const { accounts } = parseSettings(accountsFile(sandbox, change), 'accounts.json');
    const environment = {
      fetch,
      io: { ...nodeIo(), env },
      userAgent: 'countersign-test/0',
      limits: { retries: 0 },
      now,
    };
    return accounts.map((account) => ({ account, provider: createProvider(account, environment) }));
  };
  const read: Readings['read'] = (given = entries()) => readSources(given, now, { snapshots: ledger });
  const kept = () => unpacked(column('requests'));
  const column = (name: 'at' | 'requests') =>
    inFile(folder, (db) =>
      String(db.prepare(`SELECT ${name} AS value FROM snapshots WHERE source LIKE 'acme %'`).get()?.['value']),
    );
  return {
    sandbox,
    ledger,
    clock,
    entries,
    read,
    lastKnown: (given = entries()) => lastKnown(given, ledger),
    acme: async (given) => {
      const found = (await read(given)).find(({ account }) => account === 'acme');
      if (!found) throw new Error('no account acme');
      return found;
    },
    breakDown: () => void sandbox.faults.add({ do: { kind: 'status', status: 503 } }),
    kept,
    keptRequests: () => linesOf(kept()).flatMap((line) => line.requests ?? []),
    tamper: (name, change) => {
      const value = change(column(name));
      inFile(folder, (db) => db.prepare(`UPDATE snapshots SET ${name} = ? WHERE source LIKE 'acme %'`).run(value));
    },
    bytes: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
        .join('\n'),
  };
}

/** As it is kept: format, digest, and the packed lines of JSON. */
export function packed(lines: string, format = FORMAT): string {
  return headed(gzipSync(lines).toString('base64'), format);
}

export const FORMAT = 3;

export function headed(content: string, format = FORMAT): string {
  return `${format} ${createHash('sha256').update(content).digest('hex')} ${content}`;
}

function unpacked(content: string): string {
  return gunzipSync(Buffer.from(content.split(' ')[2] ?? '', 'base64')).toString('utf8');
}

function linesOf(kept: string): readonly { readonly requests?: readonly unknown[] }[] {
  return kept
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A ledger whose disk has no room left. */
export function fullLedger(): OpenLedger {
  const opened: sqlite.DatabaseSync[] = [];
  class Observed extends sqlite.DatabaseSync {
    constructor(file: string, options: sqlite.DatabaseSyncOptions) {
      super(file, options);
      if (file.endsWith('ledger.sqlite')) opened.push(this);
    }
  }
  const ledger = openIn(temporaryFolder(), { sqlite: { DatabaseSync: Observed as typeof sqlite.DatabaseSync } });
  for (const db of opened) db.exec('PRAGMA max_page_count = 1');
  return ledger;
}

/** A ledger that has lost its snapshots' table, so that it fails at reading them too. */
export function brokenLedger(): OpenLedger {
  const folder = temporaryFolder();
  const ledger = openIn(folder);
  inFile(folder, (db) => db.exec('DROP TABLE snapshots'));
  return ledger;
}
