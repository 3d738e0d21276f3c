import { beforeEach, describe, expect, test } from 'vitest';
import { sendOut } from './child.ts';
import { NOON } from './plan.ts';
import { openIn, temporaryFolder } from './setup.ts';

let folder: string;
let time: number;
beforeEach(() => {
  folder = temporaryFolder();
  time = NOON;
});

const handle = () => openIn(folder, { now: () => time });

describe('somebody who listens', () => {
  test('is heard for ten seconds, to the millisecond, and again after the next beat', async () => {
    const [editor, server] = [handle(), handle()];
    expect(await server.listening()).toEqual([]);
    await editor.listen('key-1');
    expect(await server.listening()).toEqual(['key-1']);
    time = NOON + 10_000;
    expect(await server.listening()).toEqual(['key-1']);
    time += 1;
    expect(await server.listening()).toEqual([]);
    await editor.listen('key-1');
    expect(await server.listening()).toEqual(['key-1']);
  });

  test('counts for nothing while the clock is behind the last beat', async () => {
    const editor = handle();
    await editor.listen('key-1');
    time = NOON - 1;
    expect(await editor.listening()).toEqual([]);
    await editor.listen('key-1');
    expect(await editor.listening()).toEqual(['key-1']);
  });

  test('may stop, and is not heard from then on', async () => {
    const [editor, another] = [handle(), handle()];
    await editor.listen('key-1');
    await another.listen('key-2');
    await editor.stopListening();
    expect(await another.listening()).toEqual(['key-2']);
  });

  test('in two windows with one key is one, until both have stopped', async () => {
    const [one, two] = [handle(), handle()];
    await one.listen('key-1');
    await two.listen('key-1');
    expect(await one.listening()).toEqual(['key-1']);
    await one.stopListening();
    expect(await one.listening()).toEqual(['key-1']);
    await two.stopListening();
    expect(await one.listening()).toEqual([]);
  });

  test('with another key from now on is heard under that alone', async () => {
    const editor = handle();
    await editor.listen('key-1');
    await editor.listen('key-2');
    expect(await editor.listening()).toEqual(['key-2']);
  });

  test('in a process that was killed is heard no longer than that', async () => {
    const server = handle();
    const child = sendOut({ kind: 'stay', folder, now: NOON, listenAs: 'key-1' });
    await child.said('staying');
    await child.kill();
    expect(await server.listening()).toEqual(['key-1']);
    time = NOON + 10_001;
    expect(await server.listening()).toEqual([]);
  });
});
