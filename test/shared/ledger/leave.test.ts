import { type Countersignature, countersign, createSigningKey } from '@countersign/shared/approval';
import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, NOON, TERMINAL } from './plan.ts';
import { type Opened, open, openAs, openIn, temporaryFolder } from './setup.ts';

const KEY = createSigningKey();

let folder: string;
let time: number;
beforeEach(() => {
  folder = temporaryFolder();
  time = NOON;
});

const handle = () => openIn(folder, { now: () => time });
const good = ({ plan, digest }: Opened): Countersignature => countersign(KEY, plan, digest, plan.verdict);

async function forEditor(request: string, client?: string): Promise<Opened> {
  const opened = await openAs(handle(), [request], { channel: 'extension', ...(client ? { client } : {}) });
  if (!opened) throw new Error('not opened');
  return opened;
}

describe('a signed answer', () => {
  test('is left once; whoever comes second is told so, and the first one stays', async () => {
    const opened = await forEditor('acme/1');
    const first = good(opened);
    expect(await handle().leave(first)).toBe(true);
    expect(await handle().leave({ ...first, verdict: 'decline' })).toBe(false);
    expect(await handle().read(opened.decision)).toMatchObject({ phase: 'planned', left: first });
  });

  test('of many at once, one is left', async () => {
    const countersignature = good(await forEditor('acme/1'));
    const left = await Promise.all(Array.from({ length: 8 }, () => handle().leave(countersignature)));
    expect(left.filter(Boolean)).toHaveLength(1);
  });

  test('is left up to the last millisecond, and not at the expiry', async () => {
    const [one, two] = [await forEditor('acme/1'), await forEditor('acme/2')];
    time = NOON + 10 * MINUTE - 1;
    expect(await handle().leave(good(one))).toBe(true);
    time += 1;
    expect(await handle().leave(good(two))).toBe(false);
  });

  test.each(['confirmed', 'declined', 'refused'] as const)('is not left for a plan that was %s', async (answer) => {
    const opened = await forEditor('acme/1');
    await handle().answer(opened.decision, answer, TERMINAL);
    expect(await handle().leave(good(opened))).toBe(false);
    expect(await handle().read(opened.decision)).toMatchObject({ left: null });
  });

  test('is not left for a plan that was closed, or that there is not', async () => {
    const opened = await forEditor('acme/1');
    await handle().closePlan(opened.decision, 'refused', 'It was closed.');
    expect(await handle().leave(good(opened))).toBe(false);
    const other = await open(openIn(temporaryFolder()), ['acme/1']);
    expect(await handle().leave(good(other))).toBe(false);
  });

  test('changes nothing but that it lies there: the journal has no line of it', async () => {
    const opened = await forEditor('acme/1');
    const head = await handle().head();
    await handle().leave(good(opened));
    expect(await handle().head()).toEqual(head);
  });

  test('is for the process that proposed the plan; for others it is not theirs', async () => {
    const [proposing, another] = [handle(), handle()];
    const opened = await openAs(proposing, ['acme/1'], { channel: 'extension' });
    if (!opened) throw new Error('not opened');
    expect(await proposing.read(opened.decision)).toMatchObject({ isOurs: true });
    expect(await another.read(opened.decision)).toMatchObject({ isOurs: false });
    await another.answer(opened.decision, 'confirmed', TERMINAL);
    expect(await proposing.read(opened.decision)).toMatchObject({ isOurs: false });
  });
});

describe('what waits for an editor', () => {
  const ids = async () => (await handle().waiting('extension')).map(({ plan }) => plan.decision);

  test('is asked for oldest first, without what waits elsewhere, is answered, or has run out', async () => {
    const one = await forEditor('acme/1');
    time += 1;
    const two = await forEditor('acme/2');
    await openAs(handle(), ['acme/3'], { channel: 'terminal' });
    await openAs(handle(), ['acme/4'], { channel: 'elicitation' });
    const answered = await forEditor('acme/5', 'client-2');
    await handle().leave(good(answered));
    const closed = await forEditor('acme/6', 'client-2');
    await handle().closePlan(closed.decision, 'refused', 'It was closed.');
    expect(await ids()).toEqual([one.decision, two.decision]);
    time = NOON + 10 * MINUTE;
    expect(await ids()).toEqual([]);
  });
});

describe('a client that is gone', () => {
  test('has its open plans closed, and nothing of others, nor what was answered', async () => {
    const [mine, answered] = [await forEditor('acme/1'), await forEditor('acme/2')];
    await handle().answer(answered.decision, 'confirmed', TERMINAL);
    const others = await forEditor('acme/3', 'client-2');
    await handle().withdraw('client-1', 'The client that proposed it is gone.');
    const phases = await Promise.all(
      [mine, answered, others].map(async ({ decision }) => (await handle().read(decision))?.phase),
    );
    expect(phases).toEqual(['refused', 'confirmed', 'planned']);
    expect(await handle().read(mine.decision)).toMatchObject({ closedBecause: 'The client that proposed it is gone.' });
    expect(await handle().verify()).toEqual([]);
  });

  test('has nothing more to close the second time', async () => {
    await forEditor('acme/1');
    await handle().withdraw('client-1', 'It is gone.');
    const head = await handle().head();
    await handle().withdraw('client-1', 'It is gone.');
    await handle().withdraw('nobody', 'It is gone.');
    expect(await handle().head()).toEqual(head);
  });
});
