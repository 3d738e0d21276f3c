import type { Decision, VendorId } from '@countersign/shared/approval';
import type { Provider } from '@countersign/shared/provider';
import { expect, test } from 'vitest';
import { DECISION, ready, world } from './setup.ts';

type Method = (acme: Provider, id: VendorId) => Promise<unknown>;

const NEW = { use: 'new', name: 'x' } as const;
const ELEVATION = { mode: 'none' } as const;
const approve: Decision = { verdict: 'approve', options: { application: NEW, elevation: ELEVATION } };

async function planned(acme: Provider, id: VendorId, decision: Decision) {
  return ready(await acme.prepare(id, decision, DECISION)).target;
}

const METHODS: Readonly<Record<string, Method>> = {
  fingerprint: (acme) => acme.fingerprint(),
  list: (acme) => acme.list(),
  get: (acme, id) => acme.get(id),
  matchingApplications: (acme, id) => acme.matchingApplications(id),
  research: (acme, id) => acme.research(id),
  'research of an application': (acme, id) => acme.research(id, '4cc1729d-8727-43de-b379-f3df4fe6055a'),
  permitOptions: (acme, id) => acme.permitOptions(id, 'a b/ü&c'),
  'history of the file': (acme, id) => acme.history(id, 'file', 30),
  'history of the computer': (acme, id) => acme.history(id, 'computer', 30),
  'history of the user': (acme, id) => acme.history(id, 'user', 30),
  earlierDecisions: async (acme, id) => acme.earlierDecisions((await acme.get(id)).request),
  'prepare an approval': (acme, id) => acme.prepare(id, approve, DECISION),
  'prepare an approval with every look-up': async (acme, id) => {
    const { existing, groups } = await acme.permitOptions(id);
    const group = groups.find(({ isGlobal }) => !isGlobal)?.id ?? '';
    const application = { use: 'existing', id: existing[0]?.id ?? '' } as const;
    const options = { application, scope: { group }, elevation: ELEVATION };
    await acme.recheck(await planned(acme, id, { verdict: 'approve', options }));
  },
  'prepare a denial': (acme, id) => acme.prepare(id, { verdict: 'deny', options: { reason: 'no' } }, DECISION),
  'prepare taking ownership': (acme, id) => acme.prepare(id, { verdict: 'take-ownership' }, DECISION),
  'send an approval': async (acme, id) => acme.send((await planned(acme, id, approve)).write),
  'send a denial': async (acme, id) =>
    acme.send((await planned(acme, id, { verdict: 'deny', options: { reason: 'no' } })).write),
  'send taking ownership': async (acme, id) =>
    acme.send((await planned(acme, id, { verdict: 'take-ownership' })).write),
  diagnose: (acme) => acme.diagnose(),
};

/** Where a request may come from, seen from the token's own organization. */
const REQUESTS = [
  ['own', 'msp-putty', 'northwind'],
  ["a child's", 'elevate-printer', 'contoso'],
  ["a grandchild's", 'obsidian-harbor', 'harbor'],
] as const;

/** Calls about one request or on what its organization offers. */
const ABOUT =
  /ApprovalRequest(GetById|GetPermitApplicationById|PermitApplication|UpdateFor\w+)$|\/Application\/|\/ComputerGroup\/|\/ActionLog\//;
const TREE = /OrganizationGetListForNav$/;

const CASES = Object.entries(METHODS).flatMap(([name, method]) =>
  REQUESTS.map(([whose, request, organization]) => ({ name, whose, request, organization, method })),
);

test.each(CASES)(
  "$name, $whose request: token alone, the request's organization, product, content type",
  async ({ method, request, organization }) => {
    const { acme, sandbox, named } = await world();
    await method(acme, named(request).id);
    const { token, organizationId: own, organizations } = sandbox.threatLocker;
    expect(sandbox.calls.length + Number(method === METHODS['fingerprint'])).toBeGreaterThan(0);
    for (const { headers, url, path, method: verb, body } of sandbox.calls) {
      expect(headers['authorization']).toBe(token);
      expect(headers['user-agent']).toBe('countersign-test/0');
      expect(headers['accept']).toBe('application/json');
      expect(headers['content-type']).toBe(verb === 'POST' ? 'application/json' : undefined);
      const wanted = ABOUT.test(path) ? organizations[organization] : TREE.test(path) ? undefined : own;
      expect(headers['managedorganizationid'], path).toBe(wanted);
      for (const name of ['overridemanagedorganizationid', 'organizationid', 'cookie'])
        expect(headers).not.toHaveProperty(name);
      // These approve too, and are no part of what Countersign does.
      expect(path).not.toMatch(/AuthorizeForPermit|PermitStorage|UpdateForIgnore/);
      expect(url).not.toContain(token);
      expect(body).not.toContain(token);
      expect(url).toMatch(/^\/portalapi\/[A-Za-z]+\/[A-Za-z0-9]+(\?[\w=&%+.-]*)?$/);
      // The new search is a matter of the action log alone.
      expect(headers['usenewsearch']).toBe(path.includes('/ActionLog/') ? 'true' : undefined);
    }
  },
);

test('without a managed organization in the account, calls about the account name none', async () => {
  const { acme, sandbox } = await world({ accounts: { threatLocker: { organizationId: undefined } } });
  await acme.list();
  await acme.fingerprint();
  expect(sandbox.calls.map(({ headers }) => headers['managedorganizationid'])).toEqual(
    sandbox.calls.map(() => undefined),
  );
});

test('what somebody searches for reaches the vendor as it was typed', async () => {
  const { acme, sandbox, named } = await world();
  await acme.permitOptions(named('msp-putty').id, 'a b/ü&c=1');
  const searches = sandbox.calls.filter(({ path }) => path.endsWith('ApplicationGetListForAddToApplication'));
  expect(searches.map(({ query }) => query)).toEqual([{ osType: '1', searchText: 'a b/ü&c=1' }]);
});
