import type { ApprovalRequest, Decision } from '@countersign/shared/approval';
import { VendorError } from '@countersign/shared/http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  actionRow,
  applicationList,
  dropdown,
  groups,
  matchingList,
  organizationTree,
  otherText,
  permitRecord,
  requestRow,
  research,
  toJsonText,
} from './payloads.ts';
import {
  ACTION_LOG,
  ADD_TO,
  BY_ID,
  CHILDREN,
  exampleText,
  FILE_HISTORY,
  GROUPS,
  LIST,
  MAINTENANCE,
  MATCHING,
  MOVE_COMPUTERS,
  NAVIGATION,
  PERMIT_RECORD,
  RESEARCH,
  SEED,
  seedPortal,
} from './seed-portal.ts';
import { DECISION, providerAt, vendorId } from './setup.ts';

/** 2,000 by default, 10,000 where there is time. */
const TIMES = process.env['COUNTERSIGN_LONG'] === '1' ? 5 : 1;
const NEW = { use: 'new', name: 'x' } as const;

async function orVendorError<T>(reading: Promise<T>): Promise<T | null> {
  return await reading.catch((error: unknown) => {
    if (error instanceof VendorError) return null;
    throw error;
  });
}

/** A vendor whose answers to the given addresses are one text, set anew for each payload. */
async function vendor(...addresses: readonly string[]) {
  const now = { text: '', more: {} as Readonly<Record<string, string>> };
  const table = addresses.map((address) => [address, () => ({ body: now.more[address] ?? now.text })]);
  const portal = await seedPortal(Object.fromEntries(table));
  return { acme: providerAt(portal.origin, { organizationId: SEED.parent }, { retries: 0 }), now };
}

type Members = Readonly<Record<string, unknown>>;
const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

/** Held against the payload by rules of its own. */
function expectHonest(request: ApprovalRequest, sent: unknown): void {
  const row = membersOf(sent);
  const action = membersOf(row['threatLockerActionDto']);
  expect(request.status === 'pending').toBe(row['statusId'] === 1);
  expect(request.status === 'escalated').toBe(row['statusId'] === 13 || row['statusId'] === 17);
  expect(request.subject.scan).toEqual({ verdict: 'unknown', threat: null, engines: [] });
  const sentCerts = action['certs'];
  const { certificates } = request.subject;
  if (certificates !== null) {
    expect(Array.isArray(sentCerts) && sentCerts.length).toBe(certificates.length);
    for (const [index, { valid, digestMismatch }] of certificates.entries()) {
      const sentCert = membersOf((sentCerts as readonly unknown[])[index]);
      expect(valid === true).toBe(sentCert['validCert'] === true);
      const mismatch = sentCert['digestmismatch'];
      if (digestMismatch === false) expect([0, -0, false]).toContain(mismatch);
    }
  } else expect(Array.isArray(sentCerts)).toBe(false);
  const kind = String(action['actionType']).toLowerCase();
  if (request.kind === 'application') expect(['execute', 'install']).toContain(kind);
  if (request.kind === 'elevation') expect(kind).toBe('elevate');
  expect(request.unapprovable === null).toBe(request.kind === 'application' || request.kind === 'elevation');
  if (request.subject.sha256 !== null) expect(request.subject.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(request.remotePresence === true).toBe(action['remotePresence'] === true);
}

test('list rows', async () => {
  const { acme, now } = await vendor(LIST);
  const seen = { rows: 0, pending: 0, escalated: 0, notes: 0, failed: 0 };
  const rows = fc.array(requestRow, { maxLength: 3 }).map(toJsonText);
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: rows }, { weight: 1, arbitrary: otherText }), async (text) => {
      now.text = text;
      const listing = await orVendorError(acme.list());
      seen.failed += Number(listing === null);
      if (listing === null) return;
      const sent: unknown = text.replace('\uFEFF', '').trim() === '' ? null : JSON.parse(text.replace('\uFEFF', ''));
      const byId = (Array.isArray(sent) ? sent : []).filter(
        (row) => String(membersOf(row)['approvalRequestId']).toLowerCase() === SEED.request,
      );
      for (const request of listing.requests) {
        seen.rows += 1;
        seen.pending += Number(request.status === 'pending');
        seen.escalated += Number(request.status === 'escalated');
        // The last of several rows of one request counts.
        if (request.vendorId === SEED.request) expectHonest(request, byId.findLast(isOpen));
      }
      seen.notes += Number(listing.notes.length > 0);
      if (Array.isArray(sent) && sent.length > 0 && listing.requests.length === 0) {
        expect(listing.notes.length > 0 || byId.every((row) => !isOpen(row))).toBe(true);
      }
    }),
    { numRuns: 600 * TIMES },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

/** Those that are decided already are left out of the queue. */
function isOpen(row: unknown): boolean {
  return (
    ![4, 10, 12, 16].includes(Number(membersOf(row)['statusId'])) || typeof membersOf(row)['statusId'] !== 'number'
  );
}

test('decided requests', async () => {
  const { acme, now } = await vendor(LIST);
  now.text = exampleText('list.response');
  const [sample] = (await acme.list()).requests;
  if (sample === undefined) throw new Error('no request');
  const asked = { ...sample, vendorId: vendorId(SEED.own) };
  const seen = { approved: 0, denied: 0, none: 0, failed: 0 };
  const rows = fc.array(requestRow, { maxLength: 3 }).map(toJsonText);
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 9, arbitrary: rows }, { weight: 1, arbitrary: otherText }), async (text) => {
      now.text = text;
      const earlier = await orVendorError(acme.earlierDecisions(asked));
      seen.failed += Number(earlier === null);
      if (earlier === null) return;
      seen.none += Number(earlier.decisions.length === 0);
      for (const { request, verdict, matchedBy } of earlier.decisions) {
        seen[verdict] += 1;
        const sent = JSON.parse(text).findLast((row: unknown) => {
          return `acme/${String(membersOf(row)['approvalRequestId']).toLowerCase()}` === request;
        });
        expect(verdict === 'denied' ? [10] : [4, 12, 16]).toContain(membersOf(sent)['statusId']);
        const { sha256, hash } = membersOf(membersOf(sent)['threatLockerActionDto']);
        if (matchedBy === 'sha256') expect(String(sha256).toLowerCase()).toBe(sample.subject.sha256);
        if (matchedBy === 'vendor-hash') expect(String(hash).toLowerCase()).toBe(sample.subject.vendorHash);
      }
    }),
    // One in twenty-five is a denial; with fewer runs too few would be now and then.
    { numRuns: 900 * TIMES },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

test('action logs', async () => {
  const { acme, now } = await vendor(FILE_HISTORY, ACTION_LOG);
  const seen = { entries: 0, empty: 0, failed: 0 };
  const rows = fc.array(actionRow, { maxLength: 3 }).map(toJsonText);
  const payload = fc.oneof({ weight: 9, arbitrary: rows }, { weight: 1, arbitrary: otherText });
  await fc.assert(
    fc.asyncProperty(payload, fc.constantFrom('file', 'computer', 'user'), async (text, of) => {
      now.text = text;
      const history = await orVendorError(acme.history(SEED.request, of, 30));
      seen.failed += Number(history === null);
      seen.empty += Number(history?.entries.length === 0);
      seen.entries += history?.entries.length ?? 0;
      for (const { outcome, at } of history?.entries ?? []) {
        if (outcome === 'permitted') expect(text).toMatch(/"actionId":1\b/);
        if (at !== null) expect(at.length).toBeLessThan(400);
      }
    }),
    { numRuns: 300 * TIMES },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

const DECISIONS: readonly Decision[] = [
  { verdict: 'approve', options: { application: NEW, elevation: { mode: 'none' } } },
  { verdict: 'approve', options: {} },
  {
    verdict: 'approve',
    options: { application: { use: 'existing', id: SEED.ofParent }, scope: { group: SEED.group } },
  },
  { verdict: 'approve', options: { application: { use: 'matching', id: SEED.builtIn }, scope: 'organization' } },
  { verdict: 'deny', options: { reason: 'no', notify: 'no' } },
  { verdict: 'take-ownership' },
];
const decision = fc.constantFrom(...DECISIONS);

test('the record of one request', async () => {
  const { acme, now } = await vendor(BY_ID);
  const seen = { read: 0, ready: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(requestRow.map(toJsonText), decision, async (text, wanted) => {
      now.text = text;
      const found = await orVendorError(acme.get(SEED.request));
      if (found === null) return;
      seen.read += 1;
      const sent = JSON.parse(text);
      expect(String(sent.approvalRequestId).toLowerCase()).toBe(SEED.request);
      expectHonest(found.request, sent);
      const prepared = await orVendorError(acme.prepare(SEED.request, wanted, DECISION));
      seen.refused += Number(prepared?.outcome === 'refused');
      if (prepared?.outcome !== 'ready') return;
      seen.ready += 1;
      expect([1, 13, 17]).toContain(sent.statusId);
      if (wanted.verdict === 'approve') {
        expect(['execute', 'install', 'elevate']).toContain(sent.threatLockerActionDto.actionType.toLowerCase());
      }
      acme.describe(prepared.target);
      await orVendorError(acme.recheck(prepared.target));
    }),
    { numRuns: 400 * TIMES },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

test('permit records', async () => {
  const { acme, now } = await vendor(PERMIT_RECORD);
  const seen = { ready: 0, refused: 0, failed: 0 };
  await fc.assert(
    fc.asyncProperty(permitRecord.map(toJsonText), decision, async (text, wanted) => {
      now.text = text;
      const prepared = await orVendorError(acme.prepare(SEED.request, wanted, DECISION));
      seen.failed += Number(prepared === null);
      seen.refused += Number(prepared?.outcome === 'refused');
      if (prepared?.outcome !== 'ready') return;
      acme.describe(prepared.target);
      if (wanted.verdict !== 'approve') return;
      seen.ready += 1;
      expectPermit(JSON.parse(prepared.target.write.body ?? ''), JSON.parse(text));
      await orVendorError(acme.recheck(prepared.target));
    }),
    { numRuns: 500 * TIMES },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

/** What has to hold of a permit whatever the record was. */
function expectPermit(body: Members, sent: Members): void {
  const request = membersOf(body['approvalRequest']);
  expect(request['json']).toBe(membersOf(sent['approvalRequest'])['json']);
  expect(typeof request['json']).toBe('string');
  expect(String(request['approvalRequestId']).toLowerCase()).toBe(SEED.request);
  expect(String(body['computerId']).toLowerCase()).toBe(
    membersOf(JSON.parse(exampleText('permit-record.response')))['computerId'],
  );
  expect(body['organizationIds']).toEqual([SEED.parent]);
  expect([0, 1, 6]).toContain(body['ringfenceActionId']);
  expect([undefined, null, 0, 1, 6]).toContain(membersOf(body['ringfencingOptions'])['ringfenceActionId']);
  const uses = membersOf(body['matchingApplications']);
  const names = ['useMatchingApplication', 'useExistingApplication', 'useNewApplication'];
  expect(names.filter((name) => uses[name] === true)).toHaveLength(1);
  expect(membersOf(body['policyLevel'])['toComputer']).toBe(false);
  expect(membersOf(body['policyLevel'])['canUseEntireOrganization']).not.toBeNull();
  expect([body['isFromApproval'], body['hasOriginApprovalCenter'], body['userInstance']]).toEqual([true, true, 'g']);
}

test('matching lists', async () => {
  const { acme, now } = await vendor(MATCHING);
  const seen = { none: 0, some: 0, failed: 0 };
  const payload = fc.oneof({ weight: 9, arbitrary: matchingList.map(toJsonText) }, { weight: 1, arbitrary: otherText });
  await fc.assert(
    fc.asyncProperty(payload, async (text) => {
      now.text = text;
      const matches = await orVendorError(acme.matchingApplications(SEED.request));
      seen.failed += Number(matches === null);
      seen.some += Number((matches?.length ?? 0) > 0);
      const prepared = await orVendorError(acme.prepare(SEED.request, { verdict: 'approve', options: {} }, DECISION));
      if (matches?.length === 0 || prepared?.outcome === 'ready') {
        seen.none += 1;
        const { matchingApplications: list, hasMatching } = membersOf(JSON.parse(text));
        const isEmpty = Array.isArray(list) && list.length === 0;
        const isNothing = list === null || list === undefined;
        expect((isEmpty && (hasMatching ?? false) === false) || (isNothing && hasMatching === false)).toBe(true);
      }
      expect(prepared === null).toBe(matches === null);
    }),
    { numRuns: 200 * TIMES },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

test('application lists, maintenance lists, groups, research, organizations', async () => {
  const addresses = [ADD_TO, MAINTENANCE, GROUPS, RESEARCH, CHILDREN, MOVE_COMPUTERS, NAVIGATION];
  const { acme, now } = await vendor(...addresses, PERMIT_RECORD);
  const withoutParents = JSON.stringify({
    ...JSON.parse(exampleText('permit-record.response')),
    organizationIds: null,
  });
  const seen = { options: 0, research: 0, ready: 0, failed: 0 };
  const text = (arbitrary: fc.Arbitrary<unknown>) =>
    fc.oneof(
      { weight: 12, arbitrary: arbitrary.map((value) => (isDeep(value) ? value.deep : toJsonText(value))) },
      { weight: 1, arbitrary: otherText },
    );
  const payload = fc.record({
    [ADD_TO]: text(applicationList),
    [MAINTENANCE]: text(dropdown),
    [GROUPS]: text(groups),
    [RESEARCH]: text(research),
    [CHILDREN]: text(dropdown),
    [MOVE_COMPUTERS]: text(dropdown),
    [NAVIGATION]: text(organizationTree),
  });
  const options = {
    application: { use: 'existing', id: SEED.ofParent },
    rule: { by: 'maintenance', mode: 'learning' },
  } as const;
  const group = { application: NEW, scope: { group: SEED.group } };
  await fc.assert(
    fc.asyncProperty(payload, fc.boolean(), async (more, maintenance) => {
      now.more = { ...more, [PERMIT_RECORD]: withoutParents };
      const offered = await orVendorError(acme.permitOptions(SEED.request));
      seen.options += Number(offered !== null);
      for (const one of offered?.groups ?? []) {
        if (!one.isGlobal)
          expect(JSON.parse(more[GROUPS] ?? '').some((row: unknown) => membersOf(row)['isGlobal'] === false)).toBe(
            true,
          );
      }
      seen.research += Number((await orVendorError(acme.research(SEED.request, SEED.own))) !== null);
      for (const check of await acme.diagnose()) seen.failed += Number(check.state === 'fails');
      const wanted = { verdict: 'approve', options: maintenance ? options : group } as const;
      const prepared = await orVendorError(acme.prepare(SEED.request, wanted, DECISION));
      if (prepared?.outcome !== 'ready') return;
      seen.ready += 1;
      acme.describe(prepared.target);
      const { organizationIds } = JSON.parse(prepared.target.write.body ?? '');
      // Only a tree that holds the organization says what stands above it.
      expect((more[NAVIGATION] ?? '').toLowerCase()).toContain(SEED.organization);
      for (const parent of organizationIds)
        expect((more[NAVIGATION] ?? '').toLowerCase()).toContain(parent.toLowerCase());
    }),
    // One in twenty-five comes to a plan; with fewer runs too few would now and then.
    { numRuns: 900 * TIMES },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
});

function isDeep(value: unknown): value is { readonly deep: string } {
  return typeof membersOf(value)['deep'] === 'string';
}
