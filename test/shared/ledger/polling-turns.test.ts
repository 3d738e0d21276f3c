import { beforeEach, describe, expect, test } from 'vitest';
import { sendOut } from './child.ts';
import { MINUTE, NOON } from './plan.ts';
import { inFile, openIn, temporaryFolder } from './setup.ts';

let folder: string;
let time: number;
beforeEach(() => {
  folder = temporaryFolder();
  time = NOON;
});

const handle = () => openIn(folder, { now: () => time });

describe('the turn to poll a queue', () => {
  test('is had by one process at a time, to the millisecond, and may be prolonged', async () => {
    const [one, two] = [handle(), handle()];
    expect(await one.takeTurn('acme', MINUTE)).toBe(true);
    expect(await two.takeTurn('acme', MINUTE)).toBe(false);
    expect(await two.takeTurn('another', MINUTE)).toBe(true);
    time += MINUTE - 1;
    expect(await two.takeTurn('acme', MINUTE)).toBe(false);
    expect(await one.takeTurn('acme', MINUTE)).toBe(true);
    time += MINUTE - 1;
    expect(await two.takeTurn('acme', MINUTE)).toBe(false);
    time += 1;
    expect(await two.takeTurn('acme', MINUTE)).toBe(true);
    expect(await one.takeTurn('acme', MINUTE)).toBe(false);
  });

  test('may be ended by who has it, and by nobody else', async () => {
    const [one, two] = [handle(), handle()];
    await one.takeTurn('acme', MINUTE);
    await two.endTurn('acme');
    expect(await two.takeTurn('acme', MINUTE)).toBe(false);
    await one.endTurn('acme');
    expect(await two.takeTurn('acme', MINUTE)).toBe(true);
  });

  test('of many who want it at once is given to one', async () => {
    const taken = await Promise.all(Array.from({ length: 6 }, () => handle().takeTurn('acme', MINUTE)));
    expect(taken.filter((isTaken) => isTaken)).toEqual([true]);
  });

  test('ends with the process, whether that was closed or killed', async () => {
    const ledger = handle();
    const closed = handle();
    await closed.takeTurn('acme', 60 * MINUTE);
    closed.close();
    expect(await ledger.takeTurn('acme', MINUTE)).toBe(true);
    const child = sendOut({ kind: 'stay', folder, now: NOON, turn: 'another' });
    await child.said('staying');
    expect(await ledger.takeTurn('another', MINUTE)).toBe(false);
    await child.kill();
    expect(await ledger.takeTurn('another', MINUTE)).toBe(true);
  });

  test('that was given while the clock was ahead holds nobody up', async () => {
    const [one, two] = [handle(), handle()];
    await one.takeTurn('acme', MINUTE);
    time -= 60 * MINUTE;
    expect(await two.takeTurn('acme', MINUTE)).toBe(true);
  });

  test('leaves nothing behind when it is over', async () => {
    const ledger = handle();
    await ledger.takeTurn('gone', MINUTE);
    time += MINUTE;
    await ledger.takeTurn('acme', MINUTE);
    expect(inFile(folder, (db) => db.prepare('SELECT source FROM turns').all())).toEqual([{ source: 'acme' }]);
  });
});

test('a ledger of before has turns too', async () => {
  handle().close();
  inFile(folder, (db) =>
    db.exec(`DROP TABLE turns; DROP TABLE pulls; DROP TABLE told; DROP TABLE outbox; DROP INDEX journal_by_ticket;
      CREATE TABLE cursors (a); PRAGMA user_version = 1`),
  );
  expect(await handle().takeTurn('acme', MINUTE)).toBe(true);
});

test('a snapshot is given only to who has none that is as new', async () => {
  const ledger = handle();
  const [before, at] = [new Date(NOON - MINUTE).toISOString(), new Date(NOON).toISOString()];
  await ledger.keepSnapshot('acme', { at, content: 'a queue' });
  expect(await ledger.snapshot('acme', before)).toEqual({ at, content: 'a queue' });
  expect(await ledger.snapshot('acme', at)).toBeNull();
});
