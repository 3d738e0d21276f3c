import { expect, test } from 'vitest';
import { createSlices, type Work } from '../../../extension/src/views/slices.ts';

/** A clock that goes on by a millisecond whenever something is done. */
function steps() {
  let time = 0;
  const slices = createSlices(() => time);
  let done = 0;
  function* work(count: number): Work<number> {
    for (let index = 0; index < count; index += 1) {
      time += 1;
      done += 1;
      yield;
    }
    return count;
  }
  return { slices, work, done: () => done };
}

test('what fits one turn is done at once', () => {
  const { slices, work } = steps();
  expect(slices.run(work(5))).toBe(5);
});

test('what is longer lets others have their turn', async () => {
  const { slices, work, done } = steps();
  const run = slices.run(work(100));
  expect(run).toBeInstanceOf(Promise);
  const seen: number[] = [];
  const look = () => {
    seen.push(done());
    if (done() < 100) setImmediate(look);
  };
  look();
  expect(await run).toBe(100);
  const longest = Math.max(...seen.map((count, index) => count - (seen[index - 1] ?? 0)));
  expect(longest).toBeLessThanOrEqual(16);
});

test('several share the time of a turn, and are done in their order', async () => {
  const { slices, work, done } = steps();
  const ended: string[] = [];
  const first = Promise.resolve(slices.run(work(20))).then(() => ended.push('first'));
  const second = Promise.resolve(slices.run(work(2))).then(() => ended.push('second'));
  expect(done()).toBeLessThan(10);
  await Promise.all([first, second]);
  expect(ended).toEqual(['first', 'second']);
});

test('what somebody waits for comes before what only prepares something', async () => {
  const { slices, work } = steps();
  const ended: string[] = [];
  const long = Promise.resolve(slices.run(work(100))).then(() => ended.push('long'));
  const seen = Promise.resolve(slices.run(work(20), { isUrgent: true })).then(() => ended.push('seen'));
  await Promise.all([long, seen]);
  expect(ended).toEqual(['seen', 'long']);
});

test('what is no longer wanted ends', async () => {
  const { slices, work, done } = steps();
  let wanted = true;
  const run = slices.run(work(1000), { isWanted: () => wanted });
  wanted = false;
  expect(await run).toBeNull();
  expect(done()).toBeLessThan(20);
});

test('what fails keeps nothing else from being done', async () => {
  const { slices, work } = steps();
  function* failing(): Work<number> {
    yield* work(20);
    throw new Error('broken');
  }
  const run = slices.run(failing());
  const next = slices.run(work(20));
  await expect(run).rejects.toThrow('broken');
  expect(await next).toBe(20);
  await expect(slices.run(at())).rejects.toThrow('at once');
});

function* at(): Work<number> {
  yield;
  throw new Error('at once');
}
