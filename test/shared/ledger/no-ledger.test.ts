import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import { createDecisions } from '@countersign/shared/decide';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openWorld, type World } from '../../support/world.ts';
import { APPROVE, order } from '../decide/order.ts';
import { withLedger } from './decide-in.ts';
import { TERMINAL } from './plan.ts';
import { inFile, openIn, temporaryFolder } from './setup.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  onTestFinished(() => world.close());
});

describe('with a ledger that cannot be opened nothing is planned, nobody asked, and nothing sent', () => {
  const newer = () => {
    const folder = temporaryFolder();
    openIn(folder).close();
    inFile(folder, (db) => db.exec('PRAGMA user_version = 99'));
    return openIn(folder);
  };
  const unwritable = () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    return openIn(path.join(file, 'state'));
  };
  const unavailable = () => openIn(temporaryFolder(), { sqlite: undefined });

  test.each([
    ['newer', newer, /written by a newer Countersign\. Update this one/],
    ['unwritable', unwritable, /can't be written, so decisions are off\./],
    ['unavailable', unavailable, /This Node has no SQLite \(node:sqlite\), so decisions are off; reading works\./],
  ])('%s', async (_name, openLedger, sentence) => {
    const decisions = createDecisions({ book: world.book, openLedger, now: () => world.clock.now });
    expect(await order({ ...world, decisions }, ['obsidian-contoso'], APPROVE)).toMatchObject({
      planned: false,
      result: { status: 'refused', by: 'guardrail', message: expect.stringMatching(sentence) },
    });
    expect(world.sandbox.record).toEqual([]);
  });
});

test('with a disk that is full: refused with a sentence, nothing sent, and the journal whole', async () => {
  const opened: DatabaseSync[] = [];
  class Observed extends DatabaseSync {
    constructor(file: string, options: DatabaseSyncOptions) {
      super(file, options);
      if (file.endsWith('ledger.sqlite')) opened.push(this);
    }
  }
  const ledger = openIn(temporaryFolder(), { sqlite: { DatabaseSync: Observed as typeof DatabaseSync } });
  // Real SQLite that may take no more pages than it has.
  for (const db of opened) db.exec('PRAGMA max_page_count = 1');
  const full = withLedger(world, ledger);
  let refusal: string | null = null;
  for (let number = 0; refusal === null && number < 50; number += 1) {
    const planning = await order(full, ['obsidian-contoso'], APPROVE, `client-${number}`);
    if (planning.planned) await ledger.answer(planning.decision.plan.decision, 'refused', TERMINAL);
    else refusal = planning.result.message;
  }
  expect(refusal).toMatch(/^There is no room left on the disk .* Nothing was sent\.$/);
  expect(world.sandbox.record).toEqual([]);
  expect(await ledger.verify()).toEqual([]);
});
