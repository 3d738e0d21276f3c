import { expect, test } from 'vitest';
import { BY_ID, LIST, SEED, seedPortal } from './seed-portal.ts';
import { failureOf, providerAt, TOKEN, world } from './setup.ts';

const json = (status: number, body: object) => ({ status, body });

test.each([
  ['a bad token', json(440, { message: 'Unauthorized', error: 'TOKEN_REVOKED' })],
  ['a revoked token, as reported elsewhere', json(403, { message: 'Unauthorized', error: 'TOKEN_REVOKED' })],
  ['a 401 that says nothing', { status: 401 }],
  ['a 401 of the token', json(401, { Message: 'Unauthorized', ERROR: 'TOKEN_REVOKED' })],
])('%s: how to get a good one', async (_what, answer) => {
  const { origin } = await seedPortal({ [LIST]: () => answer });
  const error = await failureOf(providerAt(origin, { instance: 'h' }).list());
  expect(error.kind).toBe('auth');
  expect(error.message).toMatch(/without "Bearer".*made on instance "h".*revoked/);
  expect(error.message).not.toContain(TOKEN);
});

test.each([
  [401, { message: "Missing the 'View Approvals' permission" }],
  [403, { Message: 'No permission to view auth key' }],
])('a role that does not allow it: HTTP %i', async (status, body) => {
  const { origin } = await seedPortal({ [LIST]: () => json(status, body) });
  const error = await failureOf(providerAt(origin).list());
  expect(error.kind).toBe('permission');
  expect(error.message).toMatch(/role doesn't allow this.*ThreatLocker says: "[MN]/);
});

const PERMIT = 'ApprovalRequest/ApprovalRequestPermitApplication';
const PERMIT_WRITE = {
  verdict: 'approve',
  method: 'POST',
  path: `/portalapi/${PERMIT}`,
  organizationId: SEED.organization,
  body: JSON.stringify({ approvalRequest: {}, matchingApplications: {} }),
} as const;

test.each([
  [401, { message: "Missing the '' permission" }, 'validation', /refused the request's shape.*"organization"/],
  [
    417,
    { Message: 'Must enter a name for a new application' },
    'validation',
    /Must enter a name for a new application/,
  ],
  [400, { message: 'Approval Request already actioned by Robin' }, 'already-handled', /Somebody else has decided/],
  [400, { title: 'One or more validation errors occurred.' }, 'validation', /One or more validation errors/],
  [404, {}, 'not-found', /no such address or record on instance "g"/],
  [429, {}, 'rate-limited', /fewer calls/],
  [
    500,
    { LoggerId: 'x', StatusCode: 500, Message: 'A problem occurred (x)' },
    'server',
    /HTTP 500.*A problem occurred/,
  ],
] as const)('a write answered with HTTP %i %j is sent once, and named', async (status, body, kind, sentence) => {
  const { origin, to } = await seedPortal({ [PERMIT]: () => json(status, body) });
  const error = await failureOf(providerAt(origin).send(PERMIT_WRITE));
  expect([error.kind, error.isDefiniteRefusal]).toEqual([kind, kind !== 'server']);
  expect(error.message).toMatch(sentence);
  expect(to(PERMIT)).toHaveLength(1);
});

test.each([
  ['a login page', { status: 200, body: '<!DOCTYPE html><title>Sign in</title>' }, 'malformed', /web page.*instance/],
  ['a gateway page', { status: 502, body: '<html>Bad gateway</html>' }, 'server', /HTTP 502/],
  ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 'malformed', /never followed/],
  ['text', { status: 200, body: 'OK then' }, 'malformed', /not JSON/],
  ['half an answer', { status: 200, body: '[{"approvalRequestId":' }, 'malformed', /only half of it/],
] as const)('%s instead of data', async (_what, answer, kind, sentence) => {
  const { origin } = await seedPortal({ [LIST]: () => answer, [BY_ID]: () => answer });
  const acme = providerAt(origin);
  for (const read of [() => acme.list(), () => acme.get(SEED.request)]) {
    const error = await failureOf(read());
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(sentence);
    expect(error.message).not.toContain('<');
  }
});

test('what a vendor says is cleaned, capped, and holds no secret', async () => {
  const says = `bad\u202e header Authorization: ${TOKEN} \u0000${'x'.repeat(5000)}`;
  const { origin } = await seedPortal({ [LIST]: () => json(417, { Message: says }) });
  const { message } = await failureOf(providerAt(origin).list());
  expect(message).toContain('[secret]');
  expect(message).not.toContain(TOKEN);
  for (const hidden of ['\u202e', '\u0000']) expect(message).not.toContain(hidden);
  expect(message.length).toBeLessThan(400);
});

test('a token of another instance and a role without a look at approvals, against the sandbox', async () => {
  const { acme, sandbox } = await world({ accounts: { threatLocker: { apiToken: { env: 'SANDBOX_ABR_KEY' } } } });
  expect((await failureOf(acme.list())).kind).toBe('auth');
  expect(await acme.diagnose()).toMatchObject([{ name: 'Token and instance', state: 'fails', error: 'auth' }]);
  expect(sandbox.record).toEqual([]);
});

test('a diagnosis that is taken back ends as cancelled, and asks no more', async () => {
  const taken = new AbortController();
  const { acme, sandbox } = await world({
    fetch: (url, init) => {
      taken.abort();
      return fetch(url, init);
    },
  });
  expect(await acme.diagnose(taken.signal)).toMatchObject([{ state: 'fails', error: 'cancelled' }]);
  expect(sandbox.calls).toEqual([]);
});
