import { type ApproveOptions, changedFacts } from '@countersign/shared/approval';
import type { StoredThreatLockerRequest } from '@countersign/shared/sandbox';
import { expect, test } from 'vitest';
import { ADD_TO, example, GROUPS, MATCHING, PERMIT_RECORD, permitRecord, SEED, seedPortal } from './seed-portal.ts';
import { DECISION, failureOf, providerAt, ready, world } from './setup.ts';

const NEW: ApproveOptions = { application: { use: 'new', name: 'x' } };

/** What may change at the vendor, and what must be said about it. Certificates and hashes stand in two places of its answers. */
const CHANGES: readonly (readonly [string, (stored: StoredThreatLockerRequest) => void])[] = [
  ['the status', (stored) => Object.assign(stored, { statusId: 13 })],
  ['the computer', (stored) => Object.assign(stored, { computerId: SEED.own })],
  ['the requester', (stored) => Object.assign(stored, { username: 'CONTOSO\\somebody.else' })],
  ['the kind of action', (stored) => Object.assign(stored, { actionType: 'install' })],
  ['the operating system', (stored) => Object.assign(stored, { osType: 2 })],
  ['the path', (stored) => Object.assign(stored.file, { fullPath: 'C:\\Windows\\System32\\cmd.exe' })],
  ['the starting process', (stored) => Object.assign(stored.file, { processName: 'c:\\windows\\mshta.exe' })],
  ['the processes that wrote the file', (stored) => Object.assign(stored.file, { installedBy: ['c:\\x.exe'] })],
  ['the SHA-256 hash', (stored) => Object.assign(stored.file, { sha256: 'f'.repeat(64) })],
  ["the vendor's hash", (stored) => Object.assign(stored.file, { hash: 'f'.repeat(32) })],
  [
    'the certificates',
    (stored) => Object.assign(stored.file, { certs: [{ sha: '1', subject: 'CN=x', validCert: false }] }),
  ],
  ['the reason', (stored) => Object.assign(stored, { reason: 'Something else altogether' })],
  ["the vendor's record of the action", (stored) => Object.assign(stored, { json: '{"Another":1}' })],
];

test.each(CHANGES)('%s changes while the decision waits, and it is noticed', async (words, mutate) => {
  const { acme, named, sandbox } = await world();
  const { id } = named('obsidian-contoso');
  const { target } = ready(await acme.prepare(id, { verdict: 'approve', options: NEW }, DECISION));
  expect(changedFacts(target.facts, (await acme.recheck(target)).facts)).toEqual([]);
  sandbox.change('threatlocker', id, mutate);
  expect(changedFacts(target.facts, (await acme.recheck(target)).facts)).toEqual([words]);
});

test('a request that moves to another organization is noticed', async () => {
  const { acme, named, sandbox } = await world();
  const { id } = named('msp-putty');
  const { target } = ready(await acme.prepare(id, { verdict: 'deny', options: { reason: 'no' } }, DECISION));
  sandbox.change('threatlocker', id, (stored) => {
    stored.organizationId = sandbox.threatLocker.organizations.contoso;
  });
  expect(changedFacts(target.facts, (await acme.recheck(target)).facts)).toEqual(['the organization']);
});

test('the assignee, the ticket and comments may change', async () => {
  const { acme, named, sandbox } = await world();
  const { id } = named('obsidian-contoso');
  const { target } = ready(await acme.prepare(id, { verdict: 'approve', options: NEW }, DECISION));
  sandbox.change('threatlocker', id, (stored) => {
    stored.comments = 'Seen by Robin.';
    stored.ticketId = '1';
    stored.assignee = { userId: SEED.own, username: 'robin', firstName: 'Robin', lastName: 'Rival' };
  });
  expect(changedFacts(target.facts, (await acme.recheck(target)).facts)).toEqual([]);
});

test('a rival who decides meanwhile is seen', async () => {
  const { acme, named, sandbox } = await world();
  const { id } = named('obsidian-harbor');
  const { target } = ready(await acme.prepare(id, { verdict: 'approve', options: NEW }, DECISION));
  sandbox.rivalDecides('threatlocker', id, 'deny');
  const { request, facts } = await acme.recheck(target);
  expect(request).toMatchObject({ status: 'denied', decided: { by: 'Robin Rival' } });
  expect(changedFacts(target.facts, facts)).toContain('the status');
});

type App = Record<string, unknown>;

test.each<readonly [string, ApproveOptions, string, (rows: App[]) => void, string]>([
  [
    'a matching application',
    { application: { use: 'matching', id: SEED.own } },
    MATCHING,
    (rows) => Object.assign(rows[1] ?? {}, { organizationId: SEED.parent }),
    'application',
  ],
  [
    'a matching application',
    { application: { use: 'matching', id: SEED.own } },
    MATCHING,
    (rows) => rows.pop(),
    'application',
  ],
  [
    'a matching application',
    { application: { use: 'matching', id: SEED.own } },
    MATCHING,
    (rows) => Object.assign(rows[1] ?? {}, { name: 'Everything' }),
    'application',
  ],
  [
    'an existing application',
    { application: { use: 'existing', id: SEED.ofParent } },
    ADD_TO,
    (rows) => Object.assign(rows[0] ?? {}, { organizationId: SEED.organization }),
    'application',
  ],
  [
    'an existing application',
    { application: { use: 'existing', id: SEED.ofParent } },
    ADD_TO,
    (rows) => rows.pop(),
    'application',
  ],
  [
    'a computer group',
    { ...NEW, scope: { group: SEED.group } },
    GROUPS,
    (rows) => Object.assign(rows[0] ?? {}, { organizationId: SEED.parent }),
    'computer group',
  ],
  [
    'a computer group',
    { ...NEW, scope: { group: SEED.group } },
    GROUPS,
    (rows) => Object.assign(rows[0] ?? {}, { name: 'All' }),
    'computer group',
  ],
  ['a computer group', { ...NEW, scope: { group: SEED.group } }, GROUPS, (rows) => rows.shift(), 'computer group'],
])('%s that was chosen changes hands, its name, or is gone', async (_what, options, path, change, word) => {
  const tables: Record<string, { all: unknown; rows: App[] }> = {
    [MATCHING]: (() => {
      const all = example<{ matchingApplications: App[] }>('matching.response');
      return { all, rows: all.matchingApplications };
    })(),
    [ADD_TO]: (() => {
      const rows = example<App[]>('add-to-application.response');
      return { all: rows, rows };
    })(),
    [GROUPS]: (() => {
      const rows = example<App[]>('computer-groups.response');
      return { all: rows, rows };
    })(),
  };
  const { origin } = await seedPortal(
    Object.fromEntries(Object.entries(tables).map(([address, { all }]) => [address, () => ({ body: all })])),
  );
  const acme = providerAt(origin);
  const { target } = ready(await acme.prepare(SEED.request, { verdict: 'approve', options }, DECISION));
  expect(changedFacts(target.facts, (await acme.recheck(target)).facts)).toEqual([]);
  change(tables[path]?.rows ?? []);
  expect(changedFacts(target.facts, (await acme.recheck(target)).facts).join()).toContain(word);
});

test('what can not be read again is an error, not "unchanged"', async () => {
  let broken = false;
  const { origin } = await seedPortal({
    [PERMIT_RECORD]: () => (broken ? { status: 500 } : { body: permitRecord(() => undefined) }),
  });
  const acme = providerAt(origin);
  const { target } = ready(await acme.prepare(SEED.request, { verdict: 'approve', options: NEW }, DECISION));
  broken = true;
  expect((await failureOf(acme.recheck(target))).kind).toBe('server');
});
