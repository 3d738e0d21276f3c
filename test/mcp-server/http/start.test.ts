import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPlace, type Place, SERVER } from '../mcp/place.ts';
import { type HttpServer, tokenFile } from './process.ts';
import { allowed, modernRequest, raw } from './raw.ts';
import { serve } from './server.ts';

async function open(http?: object): Promise<Place> {
  const place = await openPlace(http === undefined ? {} : { accounts: { more: { http } } });
  onTestFinished(() => place.close());
  return place;
}

const LONG_ENOUGH = 'a-token-of-24-characters';

const mode = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

/** Whether this token opens the server. */
async function opens(server: HttpServer, token: string): Promise<boolean> {
  const { headers, body } = modernRequest('server/discover');
  const { status } = await raw(server, { headers: { ...allowed({ ...server, token }), ...headers }, body });
  return status === 200;
}

function startAndFail(place: Place, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SERVER, 'mcp', ...args], {
    encoding: 'utf8',
    // One that starts after all would run for ever.
    timeout: 20_000,
    env: { ...place.env, ...env },
  });
  return { status, stdout, stderr };
}

test('the token is made once, for nobody else to read, and its place is printed, not its value', async () => {
  const place = await open();
  const first = await serve(place);
  expect(first.token).toMatch(/^[\w-]{43}$/);
  expect(await mode(tokenFile(place))).toBe('600');
  expect(await mode(path.dirname(tokenFile(place)))).toBe('700');
  expect(first.errors()).toContain(tokenFile(place));
  expect(first.errors()).not.toContain(first.token);
  expect(await opens(first, first.token)).toBe(true);
  await first.end();
  const second = await serve(place);
  expect(second.token).toBe(first.token);
  expect(await opens(second, first.token)).toBe(true);
});

test('servers that start at the same moment share one token', async () => {
  const place = await open();
  const servers = await Promise.all([1, 2, 3].map(() => serve(place)));
  for (const server of servers) expect(await opens(server, servers[0]?.token ?? '')).toBe(true);
  expect((await readdir(path.dirname(tokenFile(place)))).filter((name) => name.startsWith('http-token'))).toEqual([
    'http-token',
  ]);
});

test('the settings may name the token, and then no other counts', async () => {
  const place = await open({ token: { env: 'MY_HTTP_TOKEN' } });
  const server = await serve(place, { env: { MY_HTTP_TOKEN: LONG_ENOUGH }, token: LONG_ENOUGH });
  expect(await opens(server, LONG_ENOUGH)).toBe(true);
  expect(await opens(server, 'another-token-of-24-characters')).toBe(false);
  expect(server.errors()).not.toContain(LONG_ENOUGH);
  await expect(stat(tokenFile(place))).rejects.toThrow(/ENOENT/);
});

test.each([
  ['that is not there', {}, /environment variable MY_HTTP_TOKEN is not set/],
  ['that is too short', { MY_HTTP_TOKEN: LONG_ENOUGH.slice(1) }, /shorter than 24 characters/],
])('a token %s is no start', async (_what, env: Readonly<Record<string, string>>, says) => {
  const place = await open({ token: { env: 'MY_HTTP_TOKEN' } });
  const ended = startAndFail(place, ['--http', '--port', '0'], env);
  expect(ended).toMatchObject({ status: 1, stdout: '' });
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).not.toContain(LONG_ENOUGH.slice(1));
});

test('a token that others can read is no start', async () => {
  const place = await open();
  await mkdir(path.dirname(tokenFile(place)), { recursive: true, mode: 0o700 });
  await writeFile(tokenFile(place), LONG_ENOUGH);
  await chmod(tokenFile(place), 0o644);
  const ended = startAndFail(place, ['--http', '--port', '0']);
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(/can be read or changed by others \(mode 644\); run: chmod 600/);
});

test('a token file that was emptied is no start', async () => {
  const place = await open();
  await mkdir(path.dirname(tokenFile(place)), { recursive: true, mode: 0o700 });
  await writeFile(tokenFile(place), '\n', { mode: 0o600 });
  const ended = startAndFail(place, ['--http', '--port', '0']);
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(/is empty; it must hold the token/);
});

test('settings that can not be read may name a token: no start', async () => {
  const place = await open();
  await place.settingsText('{ "accounts": [');
  const ended = startAndFail(place, ['--http', '--port', '0']);
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(/this is not JSON from line/);
  await expect(stat(tokenFile(place))).rejects.toThrow(/ENOENT/);
});

test('no settings at all are told by the tools', async () => {
  const place = await open();
  const { COUNTERSIGN_CONFIG: _, ...env } = place.env;
  const server = await serve({ ...place, env });
  const { headers, body } = modernRequest('tools/list');
  const answer = await raw(server, { headers: { ...allowed(server), ...headers }, body });
  expect(answer.status).toBe(200);
});

test('a port that is in use is told in a sentence, with exit code 1', async () => {
  const place = await open();
  const { port } = new URL((await serve(place)).url);
  const ended = startAndFail(place, ['--http', '--port', port]);
  expect(ended).toMatchObject({ status: 1, stdout: '' });
  expect(ended.stderr).toBe(
    `Port ${port} is in use. Stop the program that uses it, or choose another port with --port (0 takes any that is free).\n`,
  );
});

test.each([
  [['--nope'], /does not know "--nope"/],
  [['list'], /does not know "list"/],
  [['--'], /does not know "--"/],
  [['--http=yes'], /--http takes no value/],
  [['--port', '0'], /--port is for --http/],
  [['--http', '--port'], /whole number from 0 to 65535/],
  [['--http', '--port', '65536'], /whole number from 0 to 65535/],
  [['--http', '--port', '-1'], /whole number from 0 to 65535|does not know/],
  [['--http', '--port', '0x10'], /whole number from 0 to 65535/],
  [['\u001b[31m--red\u202e'], /does not know "--red"/],
])('%j is refused with exit code 2', async (args, says) => {
  const ended = startAndFail(await open(), args);
  expect(ended).toMatchObject({ status: 2, stdout: '' });
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('--help shows what there is', async () => {
  const ended = startAndFail(await open(), ['--http', '--help']);
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  for (const flag of ['--http', '--port <number>', '--read-only']) expect(ended.stdout).toContain(flag);
});
