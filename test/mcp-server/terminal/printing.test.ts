import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlace, type Place } from '../mcp/place.ts';
import { buildIfMissing, countersign, temporaryFolder } from './command.ts';
import { atTerminal, HAS_TERMINALS } from './terminal.ts';

const ESCAPE = '\u001b';

let place: Place;
beforeAll(async () => {
  buildIfMissing();
  place = await openPlace();
});
afterAll(() => place.close());

const listed = (env: Readonly<Record<string, string>> = {}, redirected = '', term = 'xterm') =>
  atTerminal(['list'], { ...place.env, ...env }, 80, redirected, term).ended();

/** ThreatLocker answers late once, so that reading takes long enough to be told of. */
const slowly = async <T>(work: () => Promise<T>): Promise<T> => {
  const take = place.sandbox.faults.add({
    when: { vendor: 'threatlocker' },
    times: 1,
    do: { kind: 'latency', ms: 1_000 },
  });
  try {
    return await work();
  } finally {
    take();
  }
};

describe.runIf(HAS_TERMINALS)('at a terminal', () => {
  test('what stands out has colors, and NO_COLOR takes them away', async () => {
    expect((await listed()).screen).toContain(`${ESCAPE}[`);
    const plain = await listed({ NO_COLOR: '1' });
    expect(plain.screen).not.toContain(ESCAPE);
    expect(plain.words).toContain('27 requests wait');
  });

  test('work that takes long says so, in a line that is gone afterwards', async () => {
    const { screen } = await slowly(() => listed({ NO_COLOR: '1' }));
    expect(screen).toMatch(/^\rReading what waits … 0 s/);
    const [, after = ''] = screen.split(`\r${ESCAPE}[K`);
    expect(after).toContain('27 requests wait');
    expect(after).not.toContain('Reading what waits');
  });

  test('it says so when standard output is led elsewhere, and not in it', async () => {
    const printed = path.join(temporaryFolder(), 'out');
    const { screen } = await slowly(() => listed({}, `> ${printed}`));
    expect(screen).toContain('Reading what waits …');
    expect(readFileSync(printed, 'utf8')).toMatch(/^acme /);
  });

  test('a terminal that can do nothing is told nothing', async () => {
    const { screen } = await slowly(() => listed({}, '', 'dumb'));
    expect(screen).toMatch(/^acme /);
    expect(screen).not.toContain(ESCAPE);
  });
});

test('in pipes there are neither colors nor progress', async () => {
  const { code, stdout, stderr } = await slowly(() => countersign(['list'], { ...place.env, FORCE_COLOR: '1' }));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^acme /);
  expect(stdout).not.toContain(ESCAPE);
});
