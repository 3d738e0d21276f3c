import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '@countersign/shared/sandbox';
import { after, before, describe, it } from 'mocha';
import { makePlace } from '../place.ts';
import { activateAnew, newFolders } from './activate-anew.ts';
import { type Given, given } from './extension.ts';
import { countLiving, type Living, openFiles } from './living.ts';
import { useAccountsFile } from './scene.ts';
import { treeOf } from './tree.ts';
import { until } from './until.ts';

const ROUNDS = 50;
/** From here on everything that is kept for good, such as connections that are used again, is there. */
const SETTLED = 10;
/** What else runs in an extension host comes and goes; one thing more each round would be twice as many. */
const MOST_MORE = (ROUNDS - SETTLED) / 2;

describe('disposal', () => {
  let sandbox: Sandbox;
  let known: Given;
  let living: Living;
  const uncaught: unknown[] = [];
  const catchIt = (error: unknown) => uncaught.push(error);
  before(async () => {
    await useAccountsFile('');
    known = await given();
    sandbox = await startSandbox();
    living = countLiving();
    process.on('unhandledRejection', catchIt);
  });
  after(async () => {
    process.off('unhandledRejection', catchIt);
    living.stop();
    await sandbox.close();
  });

  it(`gives back all that it took, ${ROUNDS} times`, async () => {
    const folders = newFolders();
    await makePlace(folders.storage, sandbox);
    const round = async () => {
      const anew = activateAnew({ given: known, folders });
      const pending = treeOf(anew, 'pending');
      await until('what waits', async () => {
        const accounts = (await pending.rows()).filter(({ context }) => context.includes('account'));
        return (accounts.length === 2 && accounts.every(({ description }) => /wait$/.test(description))) || undefined;
      });
      assert.notDeepEqual(anew.kept(), []);
      anew.end();
      assert.deepEqual(anew.kept(), []);
      assert.deepEqual(openFiles(folders.state), []);
      return anew;
    };
    let settled: Readonly<Record<string, number>> = {};
    for (let at = 1; at <= ROUNDS; at += 1) {
      const anew = await round();
      if (at === SETTLED) settled = living.count();
      if (at === ROUNDS) anew.remove();
    }
    let grown: readonly string[] = [];
    // What is closed at last is closed in a turn of its own.
    await until('an end of what grows', () => {
      grown = Object.entries(living.count()).flatMap(([kind, count]) => {
        const more = count - (settled[kind] ?? 0);
        return more > MOST_MORE ? [`${kind}: ${more} more`] : [];
      });
      return grown.length === 0 || undefined;
    }).catch(() => undefined);
    assert.deepEqual(grown, []);
    assert.deepEqual(uncaught, []);
  });
});
