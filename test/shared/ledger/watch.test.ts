import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { sendOut } from './child.ts';
import { NOON, reference } from './plan.ts';
import { openIn, temporaryFolder } from './setup.ts';

/** How many intervals were set since, and not cleared. */
function intervals(): () => number {
  const set = vi.spyOn(globalThis, 'setInterval');
  const clear = vi.spyOn(globalThis, 'clearInterval');
  onTestFinished(() => void vi.restoreAllMocks());
  return () => {
    const cleared = new Set(clear.mock.calls.map(([timer]) => timer));
    return set.mock.results.filter(({ value }) => !cleared.has(value)).length;
  };
}

describe('a watch', () => {
  test("is told of this process's own writes before they answer, and not of reads", async () => {
    const ledger = openIn(temporaryFolder());
    let told = 0;
    const end = ledger.watch(() => {
      told += 1;
    });
    await ledger.listening();
    expect(told).toBe(0);
    await ledger.listen('key-1');
    expect(told).toBe(1);
    await ledger.announce('tenant', [reference('acme/1')]);
    expect(told).toBe(2);
    end();
  });

  test('is told of what another process writes', async () => {
    const folder = temporaryFolder();
    const ledger = openIn(folder);
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = ledger.watch(resolve);
    const child = sendOut({ kind: 'stay', folder, now: NOON, listenAs: 'key-1' });
    await promise;
    await child.said('staying');
    expect(await ledger.listening()).toEqual(['key-1']);
    end();
  });

  test('is told of what another handle of this process writes, also as the second one that watches', async () => {
    const folder = temporaryFolder();
    const [ledger, another] = [openIn(folder), openIn(folder)];
    const told: string[] = [];
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const ends = [
      ledger.watch(() => {
        told.push('first');
        first.resolve();
      }),
      ledger.watch(() => {
        told.push('second');
        second.resolve();
      }),
    ];
    await another.listen('key-1');
    await Promise.all([first.promise, second.promise]);
    expect(told).toEqual(['first', 'second']);
    for (const end of ends) end();
  });

  test('that has ended is silent, and leaves no timer; ended twice, it ends no other', async () => {
    const folder = temporaryFolder();
    const [ledger, another] = [openIn(folder), openIn(folder)];
    const running = intervals();
    let told = 0;
    const end = ledger.watch(() => {
      told += 1;
    });
    const other = Promise.withResolvers<void>();
    const endOther = ledger.watch(other.resolve);
    end();
    end();
    await another.listen('key-1');
    await other.promise;
    await ledger.listen('key-2');
    expect(told).toBe(0);
    expect(running()).toBe(1);
    endOther();
    expect(running()).toBe(0);
  });

  test('of a ledger that is closed leaves no timer', () => {
    const running = intervals();
    const ledger = openIn(temporaryFolder());
    ledger.watch(() => undefined);
    expect(running()).toBe(1);
    ledger.close();
    expect(running()).toBe(0);
  });

  test('that begins again after all had ended is told of what comes then', async () => {
    const folder = temporaryFolder();
    const [ledger, another] = [openIn(folder), openIn(folder)];
    ledger.watch(() => undefined)();
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = ledger.watch(resolve);
    await another.listen('key-1');
    await promise;
    end();
  });
});
