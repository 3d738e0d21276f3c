import { expect, test } from 'vitest';
import type { VendorErrorKind } from '../../../../shared/src/http/index.ts';
import { answer, inTurn, localServer } from '../../http/local-server.ts';
import { everythingIn, failureOf } from '../../http/setup.ts';
import { KEY, providerAt, sandboxed, vendorId } from './setup.ts';

const HTML = '<!DOCTYPE html><html><body><h1>Server Error in "/" Application.</h1></body></html>';

test.each<[number, string, VendorErrorKind, string]>([
  [401, '{"Message":"Invalid API key"}', 'auth', 'Check key AND data centre'],
  [200, '{"message":"Invalid API key"}', 'auth', 'Check key AND data centre'],
  [200, '"Invalid API key"', 'auth', 'Check key AND data centre'],
  [500, 'Invalid API Key', 'auth', 'Check key AND data centre'],
  [401, '', 'auth', 'Check key AND data centre'],
  [403, HTML, 'auth', 'Check key AND data centre'],
  [404, '', 'not-found', 'look in the portal'],
  [400, '{"MESSAGE":"General error"}', 'validation', 'It says: "General error"'],
  [405, '', 'validation', 'Nothing was done'],
  [408, '', 'time-out', 'status page'],
  [429, '{"Message":"Quota"}', 'rate-limited', '100,000 calls a day'],
  [500, HTML, 'server', 'check that the data centre of account "acme-abr" is dc1'],
  [503, '', 'server', 'check that the data centre'],
  [599, '', 'server', 'check that the data centre'],
])('%i with %j is "%s" and says what to do', async (status, body, kind, words) => {
  const server = await localServer(inTurn(answer(status, body)));
  const failure = await failureOf(providerAt(server.origin, undefined, { limits: { retries: 0 } }).get(vendorId('1')));
  expect(failure.kind).toBe(kind);
  expect(failure.message).toContain(words);
  expect(failure.message).toMatch(/^Admin By Request .*\.$/);
  expect(failure.message).not.toMatch(/<|\n/);
});

test("the vendor's words are cleaned and capped, and the key is not among them", async () => {
  const said = `\u001b[31mBad\u202e key ${KEY}\r\n${'x'.repeat(5_000)}`;
  const server = await localServer(inTurn(answer(400, JSON.stringify({ Message: said }))));
  const failure = await failureOf(providerAt(server.origin).list());
  expect(failure.message).toContain('Bad key [secret] xxx');
  expect(failure.message.length).toBeLessThan(600);
  expect(everythingIn(failure)).not.toContain(KEY);
});

test('a data centre that the key does not belong to is named as a cause', async () => {
  const { provider } = await sandboxed({ adminByRequest: { dataCenter: 'wrong' } }, { limits: { retries: 0 } });
  const failure = await failureOf(provider.list());
  expect(failure).toMatchObject({ kind: 'server', status: 500 });
  expect(failure.message).toContain('data centre');
});

test('the key is asked for anew with each call', async () => {
  const { sandbox, provider } = await sandboxed({}, { secret: async () => keys.shift() ?? '' });
  const keys = ['0'.repeat(32), sandbox.adminByRequest.apiKey, sandbox.adminByRequest.apiKey];
  expect((await failureOf(provider.list())).kind).toBe('auth');
  expect((await provider.list()).requests.length).toBeGreaterThan(0);
});
