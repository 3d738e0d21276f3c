import { expect, test } from 'vitest';
import type { VendorId } from '../../../../shared/src/approval/index.ts';
import type { AdminByRequestProvider } from '../../../../shared/src/provider/admin-by-request/index.ts';
import { DECISION, sandboxed } from './setup.ts';

type Method = (provider: AdminByRequestProvider, id: VendorId) => Promise<unknown>;

const METHODS: Readonly<Record<string, Method>> = {
  fingerprint: (provider) => provider.fingerprint(),
  list: (provider) => provider.list(),
  get: (provider, id) => provider.get(id),
  research: (provider, id) => provider.research(id),
  'history of the file': (provider, id) => provider.history(id, 'file', 30),
  'history of the computer': (provider, id) => provider.history(id, 'computer', 30),
  'history of the user': (provider, id) => provider.history(id, 'user', 30),
  earlierDecisions: async (provider, id) => provider.earlierDecisions((await provider.get(id)).request),
  'prepare and recheck': async (provider, id) => {
    const prepared = await provider.prepare(id, { verdict: 'approve', options: {} }, DECISION);
    if (prepared.outcome === 'ready') await provider.recheck(prepared.target);
  },
  diagnose: (provider) => provider.diagnose(),
  auditDelta: (provider) => provider.auditDelta(),
  'send an approval': (provider, id) =>
    provider.send({ verdict: 'approve', method: 'PUT', path: `/requests/${id}`, organizationId: null, body: null }),
  'send a denial': (provider, id) =>
    provider.send({
      verdict: 'deny',
      method: 'DELETE',
      path: `/requests/${id}?reason=no`,
      organizationId: null,
      body: null,
    }),
};

test.each(Object.entries(METHODS))('%s: every call carries the key and names the product', async (_name, method) => {
  const { sandbox, provider, id } = await sandboxed();
  await method(provider, id('abr-cmd'));
  expect(sandbox.calls.length).toBeGreaterThan(0);
  for (const { headers, url, body } of sandbox.calls) {
    expect(headers).toMatchObject({
      apikey: sandbox.adminByRequest.apiKey,
      accept: 'application/json',
      'user-agent': 'countersign/0.0.0-test',
    });
    expect(url).not.toContain(sandbox.adminByRequest.apiKey);
    expect(body).toBe('');
    // The vendor takes parameters as headers too; none may slip in there.
    for (const name of ['status', 'take', 'startid', 'last', 'reason', 'approvedby', 'deniedby', 'content-type']) {
      expect(headers).not.toHaveProperty(name);
    }
  }
});

test('what needs no call makes none', async () => {
  const { sandbox, provider, id } = await sandboxed();
  await provider.matchingApplications(id('abr-cmd'));
  await provider.permitOptions(id('abr-cmd'));
  expect(sandbox.calls).toEqual([]);
});
