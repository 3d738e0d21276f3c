import type { DecisionId } from '@countersign/shared/approval';
import type { Ledger } from '@countersign/shared/ledger';
import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, NOON, reference, TERMINAL } from './plan.ts';
import { type Asked, type Opened, open, openAs, openIn, outcome, temporaryFolder, tryOpen } from './setup.ts';

let folder: string;
let time: number;
beforeEach(() => {
  folder = temporaryFolder();
  time = NOON;
});

const ELICITATION = { channel: 'elicitation', who: 'a person of a test' } as const;

const end = (ledger: Ledger, decision: DecisionId, phase: 'confirmed' | 'declined' | 'refused' | 'expired') =>
  phase === 'expired'
    ? ledger.closePlan(decision, phase, 'Nobody answered in time.')
    : ledger.answer(decision, phase, TERMINAL);

const handle = () => openIn(folder, { now: () => time });

describe('one open plan per request', () => {
  test('also across handles, until it is answered', async () => {
    const [first, second] = [handle(), handle()];
    const { decision } = await open(first, ['acme/1'], 'client-1');
    const refused = await tryOpen(second, ['acme/2', 'acme/1'], 'client-2');
    expect(refused).toContain(`The decision ${decision} on acme/1 already waits for a person`);
    expect(await tryOpen(second, ['acme/2'], 'client-2')).toBeTypeOf('object');
    await second.answer(decision, 'refused', TERMINAL);
    expect(await tryOpen(first, ['acme/1'], 'client-2')).toBeTypeOf('object');
  });

  test('of many that ask at once, one gets it', async () => {
    const handles = Array.from({ length: 8 }, handle);
    const opened = await Promise.all(handles.map((ledger, index) => tryOpen(ledger, ['acme/1'], `client-${index}`)));
    expect(opened.filter((result) => typeof result !== 'string')).toHaveLength(1);
  });

  test('while it is carried out, and no longer', async () => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    await ledger.answer(decision, 'confirmed', TERMINAL);
    expect(await tryOpen(ledger, ['acme/1'])).toMatch(/already waits/);
    await ledger.begin(decision, reference('acme/1'));
    expect(await tryOpen(ledger, ['acme/1'])).toMatch(/already waits/);
    await ledger.finish(decision, outcome('acme/1', 'not-applied'));
    expect(await tryOpen(ledger, ['acme/1'])).toBeTypeOf('object');
  });

  test('one that nobody answered in time makes room, and the journal says so', async () => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    time = NOON + 10 * MINUTE - 1;
    expect(await tryOpen(ledger, ['acme/1'], 'client-2')).toMatch(/already waits/);
    time += 1;
    expect(await tryOpen(ledger, ['acme/1'], 'client-2')).toBeTypeOf('object');
    expect(await ledger.read(decision)).toMatchObject({ phase: 'expired' });
    expect((await ledger.rows(0, 10)).map(({ phase }) => phase)).toEqual(['planned', 'expired', 'planned']);
  });
});

describe("a client's plan that waits for a terminal", () => {
  const phase = async (opened: Opened | null) => (opened ? (await handle().read(opened.decision))?.phase : null);
  const ask = (requests: readonly string[], asked: Asked = {}) => openAs(handle(), requests, asked);

  test('gives way to its next one on the same request, whichever the channel of that is', async () => {
    for (const channel of ['terminal', 'extension', 'elicitation'] as const) {
      const first = await ask([`acme/${channel}`]);
      const second = await ask([`acme/${channel}`], { channel });
      expect(await phase(first)).toBe('refused');
      expect(await phase(second)).toBe('planned');
      if (second) await handle().closePlan(second.decision, 'refused', 'The test ends.');
    }
    expect(await handle().verify()).toEqual([]);
  });

  test('with several requests gives way as a whole, also to one for two of them', async () => {
    const [one, two] = [await ask(['acme/1', 'acme/2']), await ask(['acme/3', 'acme/4'])];
    const next = await ask(['acme/2', 'acme/3']);
    expect([await phase(one), await phase(two), await phase(next)]).toEqual(['refused', 'refused', 'planned']);
  });

  test.each(['extension', 'elicitation'] as const)(
    'does not when its person is asked by way of %s',
    async (channel) => {
      const shown = await ask(['acme/1'], { channel });
      expect(await ask(['acme/1'])).toBeNull();
      expect(await phase(shown)).toBe('planned');
    },
  );

  test('does not to another client, nor once it is answered', async () => {
    const first = await ask(['acme/1']);
    expect(await ask(['acme/1'], { client: 'client-2' })).toBeNull();
    expect(await phase(first)).toBe('planned');
    if (first) await handle().answer(first.decision, 'confirmed', TERMINAL);
    expect(await ask(['acme/1'])).toBeNull();
    expect(await phase(first)).toBe('confirmed');
  });

  test('makes room for its successor among the five, and stays if that is not opened', async () => {
    const first = await ask(['acme/1']);
    for (const number of [2, 3, 4, 5]) await ask([`acme/${number}`], { channel: 'extension' });
    await ask(['acme/taken'], { client: 'client-2' });
    const head = await handle().head();
    expect(await ask(['acme/1', 'acme/taken'])).toBeNull();
    expect(await phase(first)).toBe('planned');
    expect(await handle().head()).toEqual(head);
    expect(await phase(await ask(['acme/1']))).toBe('planned');
    expect(await phase(first)).toBe('refused');
  });
});

describe('five open plans per client', () => {
  test('a sixth is refused, for another client it is not, and an answer makes room', async () => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    for (const number of [2, 3, 4, 5]) await open(handle(), [`acme/${number}`]);
    expect(await tryOpen(ledger, ['acme/6'])).toMatch(/^This client has 5 decisions that wait/);
    expect(await tryOpen(ledger, ['acme/7'], 'client-2')).toBeTypeOf('object');
    await ledger.answer(decision, 'declined', TERMINAL);
    expect(await tryOpen(ledger, ['acme/6'])).toBeTypeOf('object');
  });
});

describe('ten quiet minutes after a decline', () => {
  test('for that client and that request only', async () => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    time = NOON + MINUTE;
    await ledger.answer(decision, 'declined', TERMINAL);
    expect(await tryOpen(handle(), ['acme/1'])).toMatch(/^A person declined a decision on acme\/1/);
    expect(await tryOpen(ledger, ['acme/2'])).toBeTypeOf('object');
    const other = await tryOpen(ledger, ['acme/1'], 'client-2');
    if (typeof other === 'string') throw new Error(other);
    await ledger.answer(other.decision, 'refused', TERMINAL);

    time = NOON + 11 * MINUTE - 1;
    expect(await tryOpen(ledger, ['acme/1'])).toMatch(/declined/);
    time += 1;
    expect(await tryOpen(ledger, ['acme/1'])).toBeTypeOf('object');
  });

  test.each(['refused', 'expired'] as const)('a plan that was %s is no decline', async (answer) => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    await end(ledger, decision, answer);
    expect(await tryOpen(ledger, ['acme/1'])).toBeTypeOf('object');
  });
});

describe('an answer counts once', () => {
  test.each(['confirmed', 'declined', 'refused', 'expired'] as const)('after "%s" comes none', async (answer) => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    expect(await end(ledger, decision, answer)).toBe(true);
    const before = await ledger.head();
    expect(await ledger.answer(decision, 'confirmed', ELICITATION)).toBe(false);
    expect(await handle().answer(decision, 'declined', ELICITATION)).toBe(false);
    expect(await ledger.read(decision)).toMatchObject({ phase: answer });
    expect(await ledger.head()).toEqual(before);
  });

  test('of many at once, through several handles, one counts', async () => {
    const handles = Array.from({ length: 8 }, handle);
    const { decision } = await open(handle(), ['acme/1']);
    const taken = await Promise.all(
      handles.map((ledger, index) => ledger.answer(decision, index % 2 ? 'confirmed' : 'declined', TERMINAL)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await handle().rows(0, 100)).toHaveLength(2);
  });

  test('none for a decision that there is not', async () => {
    const ledger = handle();
    const { decision } = await open(handle(), ['acme/1']);
    const other = openIn(temporaryFolder());
    expect(await other.answer(decision, 'confirmed', TERMINAL)).toBe(false);
    expect(await ledger.answer(decision, 'confirmed', TERMINAL)).toBe(true);
  });
});

describe('a write is begun', () => {
  const one = reference('acme/1');

  test('only by the process that took the answer', async () => {
    const [first, second] = [handle(), handle()];
    const { decision } = await open(first, ['acme/1']);
    await second.answer(decision, 'confirmed', TERMINAL);
    expect(await first.begin(decision, one)).toBe(false);
    expect(await second.begin(decision, one)).toBe(true);
  });

  test('only once', async () => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1', 'acme/2']);
    await ledger.answer(decision, 'confirmed', TERMINAL);
    const begun = await Promise.all(Array.from({ length: 5 }, () => ledger.begin(decision, one)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    await ledger.finish(decision, outcome('acme/1', 'not-applied'));
    expect(await ledger.begin(decision, one)).toBe(false);
    expect(await ledger.begin(decision, reference('acme/2'))).toBe(true);
  });

  test.each(['declined', 'refused', 'expired'] as const)('not when it was %s', async (answer) => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    await end(ledger, decision, answer);
    expect(await ledger.begin(decision, one)).toBe(false);
  });

  test('not before it was confirmed, and not for a request that is not in the plan', async () => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1']);
    expect(await ledger.begin(decision, one)).toBe(false);
    await ledger.answer(decision, 'confirmed', TERMINAL);
    expect(await ledger.begin(decision, reference('acme/2'))).toBe(false);
    expect(await ledger.begin(decision, one)).toBe(true);
  });

  test('not for a target that ended before it was begun', async () => {
    const ledger = handle();
    const { decision } = await open(ledger, ['acme/1', 'acme/2']);
    await ledger.answer(decision, 'confirmed', TERMINAL);
    await ledger.finish(decision, outcome('acme/1', 'refused'));
    expect(await ledger.begin(decision, one)).toBe(false);
  });
});

test('several targets: the decision ends with the last, partial where they differ', async () => {
  const ledger = handle();
  const { decision } = await open(ledger, ['acme/1', 'acme/2']);
  await ledger.answer(decision, 'confirmed', TERMINAL);
  await ledger.begin(decision, reference('acme/1'));
  await ledger.finish(decision, outcome('acme/1', 'applied'));
  expect(await ledger.read(decision)).toMatchObject({ phase: 'executing', outcomes: [{ status: 'applied' }] });
  await ledger.finish(decision, outcome('acme/2', 'refused'));
  expect(await ledger.read(decision)).toMatchObject({ phase: 'partial', outcomes: [{}, { status: 'refused' }] });
});
