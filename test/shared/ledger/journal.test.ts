import type { DatabaseSync } from 'node:sqlite';
import type { DecisionId } from '@countersign/shared/approval';
import type { JournalHead, OpenLedger } from '@countersign/shared/ledger';
import { beforeEach, describe, expect, test } from 'vitest';
import { firstDigest, rowDigest } from '../../../shared/src/ledger/journal.ts';
import { KEY_VARIABLE, TOKEN_VARIABLE, type World } from '../../support/world.ts';
import { APPROVE, answer, confirm, DENY, planned } from '../decide/order.ts';
import { worldIn } from './decide-in.ts';
import { reference, TERMINAL } from './plan.ts';
import { inFile, open, openIn, outcome, temporaryFolder } from './setup.ts';

describe('after real decisions', () => {
  let world: World;
  let folder: string;
  beforeEach(async () => {
    folder = temporaryFolder();
    world = await worldIn(folder);
    await confirm(world, await planned(world, ['obsidian-contoso'], APPROVE));
    await confirm(world, await planned(world, ['abr-cmd'], DENY));
    await answer(world, await planned(world, ['anydesk'], DENY), { kind: 'declined' });
    await answer(world, await planned(world, ['usb-read'], DENY), { kind: 'cancelled' });
  });

  test('it has no flaw, and holds every step in order', async () => {
    expect(await world.ledger.verify()).toEqual([]);
    const rows = await world.ledger.rows(0, 100);
    expect(rows.map(({ phase }) => phase)).toEqual([
      ...['planned', 'confirmed', 'executing', 'applied'],
      ...['planned', 'confirmed', 'executing', 'applied'],
      ...['planned', 'declined'],
      ...['planned', 'refused'],
    ]);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_row, index) => index + 1));
  });

  test('the plan stands in it whole, with the digest that was countersigned and the channel', async () => {
    const [first, second] = await world.ledger.rows(0, 2);
    const data = JSON.parse(first?.data ?? '') as { plan: { decision: string }; digest: string };
    const record = await world.ledger.read(first?.decision as Parameters<OpenLedger['read']>[0]);
    const { plan, digest, proposer, channel } = record ?? {};
    expect(data).toEqual({ plan, digest, proposer, channel });
    expect(second?.phase).toBe('confirmed');
    expect(JSON.parse(second?.data ?? '')).toEqual(TERMINAL);
  });

  test('no secret stands in any row of any table', () => {
    const { sandbox } = world;
    const everything = inFile(folder, (db) =>
      ['journal', 'decisions', 'targets', 'meta', 'countersignatures', 'listeners', 'snapshots'].map((table) =>
        JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()),
      ),
    ).join('\n');
    expect(everything).toContain(world.named('obsidian-contoso').id);
    for (const secret of [sandbox.threatLocker.token, sandbox.adminByRequest.apiKey, TOKEN_VARIABLE, KEY_VARIABLE]) {
      expect(everything).not.toContain(secret);
    }
  });
});

/** Ten lines: two decisions confirmed and carried out, one declined. */
async function tenLines(folder: string): Promise<OpenLedger> {
  const ledger = openIn(folder);
  for (const request of ['acme/1', 'acme/2']) {
    const { decision } = await open(ledger, [request]);
    await ledger.answer(decision, 'confirmed', TERMINAL);
    await ledger.begin(decision, reference(request));
    await ledger.finish(decision, outcome(request, 'applied'));
  }
  const { decision } = await open(ledger, ['acme/3']);
  await ledger.answer(decision, 'declined', TERMINAL);
  return ledger;
}

describe('its triggers', () => {
  test.each([
    ["UPDATE journal SET phase = 'declined' WHERE seq = 2"],
    ['DELETE FROM journal WHERE seq = 10'],
    ['DELETE FROM journal'],
    [
      "INSERT OR REPLACE INTO journal (seq, at, decision, phase, request, data, previous, digest) SELECT seq, at, decision, 'declined', request, data, previous, digest FROM journal WHERE seq = 2",
    ],
  ])('refuse %s', async (sql) => {
    const folder = temporaryFolder();
    const ledger = await tenLines(folder);
    expect(() => inFile(folder, (db) => db.exec(sql))).toThrow(/append-only/);
    expect(await ledger.rows(0, 100)).toHaveLength(10);
    expect(await ledger.verify()).toEqual([]);
  });
});

describe('verification, when the triggers are dropped first, names the line', () => {
  let folder: string;
  let ledger: OpenLedger;
  beforeEach(async () => {
    folder = temporaryFolder();
    ledger = await tenLines(folder);
  });

  const tamper = (work: (db: DatabaseSync) => void) =>
    inFile(folder, (db) => {
      db.exec('DROP TRIGGER journal_is_not_changed; DROP TRIGGER journal_is_not_cut; DROP TRIGGER journal_only_grows');
      work(db);
    });
  const flawed = async (head?: JournalHead) => (await ledger.verify(head)).map(({ seq }) => seq);

  test.each([
    ['at', "at = '2026-11-21T12:00:00.001Z'"],
    ['decision', "decision = 'decision-x'"],
    ['phase', "phase = 'declined'"],
    ['request', "request = 'acme/9'"],
    ['data', "data = '{}'"],
    ['data by a space', "data = data || ' '"],
  ])('%s was changed', async (_name, assignment) => {
    tamper((db) => db.exec(`UPDATE journal SET ${assignment} WHERE seq = 6`));
    expect(await ledger.verify()).toEqual([{ seq: 6, message: 'Line 6 was changed after it was written.' }]);
  });

  test.each(["''", 'char(10)'])('text was moved from one field into the next, joined by %s', async (joint) => {
    tamper((db) => db.exec(`UPDATE journal SET decision = decision || ${joint} || phase, phase = '' WHERE seq = 6`));
    expect(await flawed()).toEqual([6]);
  });

  test('the link to the line before was changed', async () => {
    tamper((db) => db.exec(`UPDATE journal SET previous = '${'0'.repeat(64)}' WHERE seq = 6`));
    expect(new Set(await flawed())).toEqual(new Set([6]));
  });

  test('the digest was changed', async () => {
    tamper((db) => db.exec(`UPDATE journal SET digest = '${'0'.repeat(64)}' WHERE seq = 6`));
    expect(await flawed()).toEqual([6, 7]);
  });

  test('a line was changed and its digest made to fit: the next does not continue it', async () => {
    const [row] = await ledger.rows(5, 1);
    if (!row) throw new Error('no line 6');
    const changed = { ...row, phase: 'declined' };
    tamper((db) =>
      db.prepare('UPDATE journal SET phase = ?, digest = ? WHERE seq = 6').run(changed.phase, rowDigest(changed)),
    );
    expect(await ledger.verify()).toEqual([
      { seq: 7, message: 'Line 7 does not continue line 6: one of them was exchanged, or lines were reordered.' },
    ]);
  });

  test.each([
    ['one line', 'seq = 4', 5, 'Line 4 was removed.'],
    ['three lines', 'seq BETWEEN 4 AND 6', 7, 'Lines 4 to 6 were removed.'],
    ['the first line', 'seq = 1', 2, 'Line 1 was removed.'],
  ])('%s removed from the middle', async (_name, where, seq, message) => {
    tamper((db) => db.exec(`DELETE FROM journal WHERE ${where}`));
    expect(await ledger.verify()).toEqual([{ seq, message }]);
  });

  test('a line was removed and those behind it moved up', async () => {
    tamper((db) => {
      db.exec('DELETE FROM journal WHERE seq = 4');
      for (let seq = 5; seq <= 10; seq += 1) db.exec(`UPDATE journal SET seq = ${seq - 1} WHERE seq = ${seq}`);
    });
    expect((await flawed())[0]).toBe(4);
  });

  test('two lines were swapped', async () => {
    tamper((db) =>
      db.exec(
        'UPDATE journal SET seq = -1 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5; UPDATE journal SET seq = 5 WHERE seq = -1',
      ),
    );
    expect(new Set(await flawed())).toEqual(new Set([4, 5, 6]));
  });

  test('a line was inserted at the end that continues nothing', async () => {
    tamper((db) =>
      db.exec(
        'INSERT INTO journal (seq, at, decision, phase, request, data, previous, digest) SELECT 11, at, decision, phase, request, data, previous, digest FROM journal WHERE seq = 4',
      ),
    );
    expect(new Set(await flawed())).toEqual(new Set([11]));
  });

  test('a line was inserted in the middle, and those behind it moved down', async () => {
    tamper((db) => {
      for (let seq = 10; seq >= 5; seq -= 1) db.exec(`UPDATE journal SET seq = ${seq + 1} WHERE seq = ${seq}`);
      db.exec(
        'INSERT INTO journal (seq, at, decision, phase, request, data, previous, digest) SELECT 5, at, decision, phase, request, data, previous, digest FROM journal WHERE seq = 4',
      );
    });
    expect((await flawed())[0]).toBe(5);
  });

  test.each([250, 251, 500, 612])('line %s of a journal that is read in several parts', async (seq) => {
    inFile(folder, (db) => {
      let previous = String(db.prepare('SELECT digest FROM journal WHERE seq = 10').get()?.['digest']);
      for (let next = 11; next <= 612; next += 1) {
        const row = { seq: next, at: '', decision: 'long', phase: 'planned', request: '', data: '{}', previous };
        previous = rowDigest(row);
        db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(...Object.values(row), previous);
      }
    });
    expect(await flawed()).toEqual([]);
    expect(await ledger.lines('long' as DecisionId)).toHaveLength(602);
    tamper((db) => db.prepare("UPDATE journal SET data = '[]' WHERE seq = ?").run(seq));
    expect(await flawed()).toEqual([seq]);
  });

  test('a line before the first', async () => {
    tamper((db) =>
      db.exec(
        'INSERT INTO journal (seq, at, decision, phase, request, data, previous, digest) SELECT 0, at, decision, phase, request, data, previous, digest FROM journal WHERE seq = 4',
      ),
    );
    expect(await ledger.verify()).toEqual([{ seq: 0, message: 'Line 0 was inserted before the first.' }]);
  });

  test('a line at a place that no number holds', async () => {
    tamper((db) => db.exec("INSERT INTO journal VALUES (9223372036854775807, '', '', '', '', '', '', '')"));
    expect((await ledger.verify())[0]?.message).toMatch(/^Lines 11 to \d+ were removed\.$/);
  });

  test('a cut tail shows against a head that was kept, and only then', async () => {
    const head = await ledger.head();
    tamper((db) => db.exec('DELETE FROM journal WHERE seq > 8'));
    expect(await flawed()).toEqual([]);
    expect(await ledger.verify(head)).toEqual([
      { seq: 8, message: 'The journal ends at line 8, but the head names line 10: its end was cut off.' },
    ]);
  });

  test('everything was removed', async () => {
    const head = await ledger.head();
    tamper((db) => db.exec('DELETE FROM journal'));
    expect(await flawed(head)).toEqual([0]);
  });

  test('a journal that was written anew as a whole shows against a head that was kept, and only then', async () => {
    const head = await ledger.head();
    const rows = await ledger.rows(0, 100);
    tamper((db) => {
      const id = String(db.prepare("SELECT value FROM meta WHERE name = 'ledger'").get()?.['value']);
      let previous = firstDigest(id);
      for (const row of rows) {
        const anew = { ...row, previous, ...(row.seq === 2 ? { phase: 'declined' } : {}) };
        previous = rowDigest(anew);
        db.prepare('UPDATE journal SET phase = ?, previous = ?, digest = ? WHERE seq = ?').run(
          anew.phase,
          anew.previous,
          previous,
          anew.seq,
        );
      }
    });
    expect(await flawed()).toEqual([]);
    expect(await ledger.verify(head)).toEqual([
      { seq: 10, message: 'Line 10 is not the one that the head names: the journal was rewritten up to there.' },
    ]);
  });

  test('a journal that goes on after a head that was kept is whole', async () => {
    const head = await ledger.head();
    await open(ledger, ['acme/4']);
    expect(await flawed(head)).toEqual([]);
  });

  test('a journal of another ledger in its place does not begin like this one', async () => {
    const other = temporaryFolder();
    const rows = await (await tenLines(other)).rows(0, 100);
    tamper((db) => {
      db.exec('DELETE FROM journal');
      const insert = db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
      for (const row of rows) {
        insert.run(row.seq, row.at, row.decision, row.phase, row.request, row.data, row.previous, row.digest);
      }
    });
    expect(await flawed()).toEqual([1]);
  });
});
