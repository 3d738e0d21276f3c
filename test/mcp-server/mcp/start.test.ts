import { once } from 'node:events';
import { mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { answerIn, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

test('what was compiled is kept for the next start, before a client can end the server by a signal', async () => {
  const folder = path.join(place.folder, 'compiled');
  mkdirSync(folder);
  const kept = new Promise<string>((resolve) => {
    const watcher = watch(folder, { recursive: true }, (_event, name) => {
      // Node's own folder in it is made at once.
      if (name?.includes(path.sep)) resolve(name);
    });
    onTestFinished(() => watcher.close());
  });
  const server = await openLines(place, { era: 'legacy', env: { NODE_COMPILE_CACHE: folder } });
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const ended = once(server.child, 'exit').then(() => 'ended');
  expect(path.dirname(await Promise.race([kept, ended]))).toMatch(/^v\d/);
});

test('no code is written at run time', async () => {
  const watched = `globalThis.Function = new Proxy(Function, {
    construct(target, given) { process.stderr.write('Code was written.'); return new target(...given); },
  })`;
  const server = await openLines(place, {
    era: 'legacy',
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watched)}` },
  });
  await server.request('tools/list');
  const { status, isError } = answerIn(await server.request('tools/call', { name: 'list_pending', arguments: {} }));
  expect({ status, isError }).toEqual({ status: '', isError: false });
  expect(await server.end()).toBe(0);
  expect(server.errors()).toBe('');
});
