import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import type { DecisionId } from '@countersign/shared/approval';
import { LedgerError } from '@countersign/shared/ledger';
import { describe, expect, test } from 'vitest';
import { sendOut } from './child.ts';
import { NOON, planFor, reference, TERMINAL } from './plan.ts';
import { inFile, open, openIn, temporaryFolder } from './setup.ts';

const fileIn = (folder: string) => path.join(folder, 'ledger.sqlite');

const kindOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof LedgerError ? error.kind : error;
  }
  return 'nothing was thrown';
};

describe.skipIf(process.platform === 'win32')('what others can read of it', () => {
  const mode = (file: string) => statSync(file).mode & 0o777;

  test('nothing: the folder is 0700, and every file in it 0600, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const folder = path.join(temporaryFolder(), 'state', 'countersign');
      const ledger = openIn(folder);
      await open(ledger, ['acme/1']);
      await ledger.exclusively('fingerprint-1', reference('acme/1'), async () => {
        const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
        const names = entries.map(({ name }) => name);
        expect(names).toEqual(expect.arrayContaining(['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm']));
        expect(mode(folder)).toBe(0o700);
        for (const entry of entries) {
          expect(mode(path.join(entry.parentPath, entry.name)), entry.name).toBe(entry.isDirectory() ? 0o700 : 0o600);
        }
      });
    } finally {
      process.umask(before);
    }
  });
});

describe('a damaged file', () => {
  /** A ledger with enough in it that a page in its middle matters. */
  async function filled(folder: string): Promise<void> {
    const ledger = openIn(folder);
    for (let number = 0; number < 40; number += 1) await open(ledger, [`acme/${number}`], `client-${number}`);
    ledger.close();
  }

  const damages: readonly (readonly [string, (whole: Buffer) => Buffer])[] = [
    ['garbage', () => Buffer.from('this is no database, and it is longer than the header of one. '.repeat(20))],
    [
      'a page overwritten in the middle',
      (whole) => {
        const damaged = Buffer.from(whole);
        const page = Math.floor(damaged.length / 4096 / 2) * 4096;
        return damaged.fill(0xa5, page, page + 4096);
      },
    ],
    ['a file cut in half', (whole) => whole.subarray(0, Math.floor(whole.length / 8192) * 4096)],
  ];

  test.each(damages)('%s is set aside whole with a sentence, and a new ledger works', async (_name, damage) => {
    const folder = temporaryFolder();
    await filled(folder);
    const damaged = damage(readFileSync(fileIn(folder)));
    writeFileSync(fileIn(folder), damaged);
    const warnings: string[] = [];
    const ledger = openIn(folder, { warn: (message) => warnings.push(message) });
    expect(warnings).toEqual([expect.stringMatching(/^The ledger was damaged\. It was kept whole as .*damaged-2026/)]);
    const [kept = ''] = readdirSync(folder).filter((name) => /damaged-[^-]*-.*Z$/.test(name));
    expect(readFileSync(path.join(folder, kept)).equals(damaged)).toBe(true);
    await open(ledger, ['acme/1']);
    expect(await ledger.verify()).toEqual([]);
  });

  test('damaged twice at the same instant, both are kept', () => {
    const folder = temporaryFolder();
    for (const content of ['first '.repeat(100), 'second '.repeat(100)]) {
      writeFileSync(fileIn(folder), content);
      openIn(folder, { warn: () => undefined }).close();
    }
    const kept = readdirSync(folder).filter((name) => name.includes('damaged'));
    expect(kept.map((name) => readFileSync(path.join(folder, name), 'utf8').slice(0, 5)).sort()).toEqual([
      'first',
      'secon',
    ]);
  });

  test('several that open it at once set it aside once, and all work with the new one', async () => {
    for (const round of ['first', 'second']) {
      const folder = temporaryFolder();
      writeFileSync(fileIn(folder), `${round} `.repeat(100));
      const from = Date.now() + 1500;
      const requests = Array.from({ length: 5 }, (_none, index) => `acme/${index}`);
      const children = requests.map((request) => sendOut({ kind: 'stay', folder, now: NOON, open: [request], from }));
      await Promise.all(children.map((child) => child.said('staying')));
      expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(1);
      expect(await openIn(folder).rows(0, 100)).toHaveLength(requests.length);
      await Promise.all(children.map((child) => child.kill()));
    }
  });

  test('what another process still works with is not taken from under it', async () => {
    const folder = temporaryFolder();
    const ledger = openIn(folder);
    await open(ledger, ['acme/1']);
    // Written past the connection, so that only the next one to open it sees the damage.
    inFile(folder, (db) => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    const damage = spawnSync(process.execPath, [
      '-e',
      'const fs = require("fs"); const f = fs.openSync(process.argv[1], "r+"); fs.writeSync(f, Buffer.alloc(4096, 0xa5), 0, 4096, 8192)',
      fileIn(folder),
    ]);
    expect(damage.status).toBe(0);
    expect(kindOf(() => openIn(folder, { busyTimeoutMs: 0 }))).toBe('damaged');
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
    ledger.close();
    const warnings: string[] = [];
    await open(openIn(folder, { warn: (message) => warnings.push(message) }), ['acme/1']);
    expect(warnings).toHaveLength(1);
  });
});

describe('what keeps it from being used is a sentence', () => {
  test('a newer schema: "newer", and the file is not touched', async () => {
    const folder = temporaryFolder();
    const ledger = openIn(folder);
    await open(ledger, ['acme/1']);
    ledger.close();
    inFile(folder, (db) => db.exec('CREATE TABLE later (a); PRAGMA user_version = 99'));
    const before = readFileSync(fileIn(folder));
    expect(kindOf(() => openIn(folder))).toBe('newer');
    expect(readFileSync(fileIn(folder)).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('ledger'))).toEqual(['ledger.sqlite']);
  });

  test('a newer schema in words that this SQLite does not know is newer, not damaged', () => {
    const folder = temporaryFolder();
    openIn(folder).close();
    inFile(folder, (db) => db.exec('CREATE TABLE later (a); PRAGMA user_version = 99'));
    const words = readFileSync(fileIn(folder), 'latin1').replace('CREATE TABLE later', 'CREATE HOLOG later');
    writeFileSync(fileIn(folder), words, 'latin1');
    expect(kindOf(() => openIn(folder))).toBe('newer');
  });

  test('a newer schema while it is open: "newer", and nothing more is written into tables that may be others', async () => {
    const folder = temporaryFolder();
    const ledger = openIn(folder);
    await open(ledger, ['acme/1']);
    inFile(folder, (db) => db.exec('PRAGMA user_version = 99'));
    await expect(ledger.list({ limit: 1 })).rejects.toMatchObject({ name: 'LedgerError', kind: 'newer' });
    await expect(open(ledger, ['acme/2'])).rejects.toMatchObject({ name: 'LedgerError', kind: 'newer' });
    expect(inFile(folder, (db) => db.prepare('SELECT count(*) AS lines FROM journal').get())).toEqual({ lines: 1 });
  });

  test('no SQLite: "unavailable", and no folder is made', () => {
    const folder = path.join(temporaryFolder(), 'state');
    expect(kindOf(() => openIn(folder, { sqlite: undefined }))).toBe('unavailable');
    expect(statSync(folder, { throwIfNoEntry: false })).toBeUndefined();
  });

  test.each([
    ['a file where its folder should be', (folder: string) => folder],
    ['a file where a folder above it should be', (folder: string) => path.join(folder, 'state')],
  ])('%s: "unwritable"', (_name, below) => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    expect(kindOf(() => openIn(below(file)))).toBe('unwritable');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test.each(['locks', 'processes'])('a file where its folder "%s" should be: a sentence', async (name) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, name), 'mine');
    const attempt = async () => {
      const ledger = openIn(folder);
      await ledger.exclusively('fingerprint-1', reference('acme/1'), async () => undefined);
    };
    await expect(attempt()).rejects.toMatchObject({ name: 'LedgerError', kind: 'unwritable' });
  });
});

describe('a full disk', () => {
  /** A ledger over real SQLite that may take so many pages more, as on a disk with so much room. */
  function withRoom() {
    const opened: DatabaseSync[] = [];
    class Observed extends DatabaseSync {
      constructor(file: string, options: DatabaseSyncOptions) {
        super(file, options);
        if (file.endsWith('ledger.sqlite')) opened.push(this);
      }
    }
    const ledger = openIn(temporaryFolder(), { sqlite: { DatabaseSync: Observed as typeof DatabaseSync } });
    const leave = (pages: number) => {
      for (const db of opened) {
        const { page_count: has } = db.prepare('PRAGMA page_count').get() as { page_count: number };
        db.exec(`PRAGMA max_page_count = ${has + pages}`);
      }
    };
    return { ledger, leave };
  }

  test('the intent that finds no room is not begun, and may begin once there is some', async () => {
    const { ledger, leave } = withRoom();
    const confirmed: DecisionId[] = [];
    for (let number = 0; number < 100; number += 1) {
      const { decision } = await open(ledger, [`acme/${number}`], `client-${number}`);
      await ledger.answer(decision, 'confirmed', TERMINAL);
      confirmed.push(decision);
    }
    leave(0);
    let begun = 0;
    const begin = () =>
      ledger
        .begin(confirmed[begun] ?? planFor([]).plan.decision, reference(`acme/${begun}`))
        .catch((error: unknown) => error);
    let result = await begin();
    for (; result === true; result = await begin()) begun += 1;
    expect(result).toMatchObject({ kind: 'full' });
    expect(await ledger.rows(200, 1000)).toHaveLength(begun);
    leave(100);
    expect(await begin()).toBe(true);
    expect(await ledger.verify()).toEqual([]);
  });

  test('at whichever write it shows: "full", nothing is half done, and with room again all goes on', async () => {
    const { ledger, leave } = withRoom();
    const before = await ledger.head();
    // Stands in two tables, in some twelve pages of each, so that the room ends now in one, now in the other.
    const { plan, digest } = planFor(['acme/1'], 'long '.repeat(10_000));
    const openWith = async (pages: number) => {
      leave(pages);
      return await ledger
        .open(plan, digest, { client: 'client-1', name: 'a test' }, 'terminal')
        .catch((error: unknown) => error);
    };
    let room = 0;
    for (let result = await openWith(room); result instanceof Error; result = await openWith(room)) {
      expect(result).toMatchObject({ kind: 'full', message: expect.stringContaining('no room left') });
      expect(await ledger.read(plan.decision)).toBeNull();
      expect(await ledger.head()).toEqual(before);
      room += 1;
    }
    expect(room).toBeGreaterThan(20);
    expect(await ledger.read(plan.decision)).toMatchObject({ phase: 'planned' });
    expect(await ledger.rows(0, 10)).toHaveLength(1);
    expect(await ledger.verify()).toEqual([]);
  });
});

test('several handles see one another, each only once it wrote', async () => {
  const folder = temporaryFolder();
  const [first, second] = [openIn(folder), openIn(folder)];
  const opened = await open(first, ['acme/1']);
  expect(await second.read(opened.decision)).toMatchObject({ phase: 'planned', plan: opened.plan });
  expect(await second.head()).toEqual(await first.head());
  expect((await first.rows(0, 10)).map(({ at }) => at)).toEqual([new Date(NOON).toISOString()]);
});
