import type { Decision, VendorWrite } from '@countersign/shared/approval';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schemaProblems } from './schema-check.ts';
import { BY_ID, SEED, seedPortal } from './seed-portal.ts';
import { DECISION, failureOf, MARK, providerAt, ready, world } from './setup.ts';

const PATHS = {
  approve: '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication',
  deny: '/portalapi/ApprovalRequest/ApprovalRequestUpdateForReject',
  'take-ownership': '/portalapi/ApprovalRequest/ApprovalRequestUpdateForTakeOwnership',
} as const;

const OPEN = [
  'obsidian-contoso',
  'obsidian-harbor',
  'unsigned-downloads',
  'acrobat-install',
  'elevate-printer',
  'elevate-assigned',
  'usb-read',
  'usb-write',
  'network-web',
  'vague-linux',
  'mac-rectangle',
  'msp-putty',
  'escalated-msp',
  'escalated-customer',
];

interface Rejection {
  readonly approvalRequestDtos: readonly Record<string, unknown>[];
  readonly responseReason: string;
  readonly rejectReason: string;
  readonly notifyOnResponse: boolean;
}

function rejection(write: VendorWrite): Rejection {
  return JSON.parse(write.body ?? '');
}

test.each(OPEN)('a denial of %s rejects exactly this request, and the vendor takes it', async (name) => {
  const { acme, named, sandbox } = await world();
  const { id } = named(name);
  const { raw } = await acme.get(id);
  for (const notify of [undefined, 'Please ask Dana for the approved tool.']) {
    const options = { reason: 'No remote access tools.', ...(notify === undefined ? {} : { notify }) };
    const { target } = ready(await acme.prepare(id, { verdict: 'deny', options }, DECISION));
    const { write } = target;
    expect(write).toMatchObject({
      verdict: 'deny',
      method: 'POST',
      path: PATHS.deny,
      organizationId: sandbox.raw('threatlocker', id)?.organizationId,
    });
    const body = rejection(write);
    expect(schemaProblems('ApprovalRequestUpdateParametersDto', body, { approvalRequestDtos: [raw] })).toEqual([]);
    const before = raw['comments'] === '' ? [] : [raw['comments']];
    expect(body.approvalRequestDtos).toEqual([{ ...raw, comments: [...before, MARK].join(' ') }]);
    expect(body).toMatchObject({
      type: 'reject',
      rejectReason: options.reason,
      responseReason: notify ?? options.reason,
      notifyOnResponse: notify !== undefined,
      notifyOnIgnore: false,
      isVDI: false,
      usingCustomApprovals: false,
      allowedApprovalRequestDtos: null,
      deniedApprovalRequestDtos: null,
    });
    if (notify !== undefined) await acme.send(write);
  }
  expect(sandbox.record).toMatchObject([{ verdict: 'deny', requestIds: [id], effect: 'applied' }]);
  expect(sandbox.raw('threatlocker', id)).toMatchObject({
    statusId: 10,
    aftermath: { kind: 'rejected', rejectReason: 'No remote access tools.' },
  });
  expect((await acme.get(id)).request.status).toBe('denied');
});

test.each(OPEN)('ownership of %s is taken with the whole record, and nothing is decided', async (name) => {
  const { acme, named, sandbox } = await world();
  const { id } = named(name);
  const { raw } = await acme.get(id);
  const { target } = ready(await acme.prepare(id, { verdict: 'take-ownership' }, DECISION));
  expect(target.write).toMatchObject({ verdict: 'take-ownership', method: 'POST', path: PATHS['take-ownership'] });
  const comments = [raw['comments'], `[countersign ${DECISION}]`].filter(Boolean).join(' ');
  expect(JSON.parse(target.write.body ?? '')).toEqual({ ...raw, comments });
  await acme.send(target.write);
  expect(sandbox.record).toMatchObject([{ verdict: 'take-ownership', requestIds: [id], effect: 'applied' }]);
  const { request } = await acme.get(id);
  expect(request.assignee).toBe(sandbox.threatLocker.users.main);
  expect(['pending', 'escalated']).toContain(request.status);
});

test('a denial without a reason is refused', async () => {
  const { acme, named } = await world();
  for (const reason of ['', '   ', '\u200b']) {
    const preparation = await acme.prepare(named('anydesk').id, { verdict: 'deny', options: { reason } }, DECISION);
    expect(preparation).toMatchObject({ outcome: 'refused', message: 'A denial needs a reason.' });
  }
});

test('the words of a denial are sent as they are shown, and an empty message is none', async () => {
  const { acme, named } = await world();
  const options = { reason: 'No\u202e games\u0000 here', notify: ' \u200b ' };
  const { target } = ready(await acme.prepare(named('anydesk').id, { verdict: 'deny', options }, DECISION));
  const body = rejection(target.write);
  expect(body.rejectReason).toBe('No games here');
  expect(body.notifyOnResponse).toBe(false);
  const effect = acme.describe(target);
  expect(effect.details).toContain('Reason: "No games here".');
  expect(effect.details).toContain('The requester is sent no message by this decision.');
});

test.each([
  ['already-approved', 'approved'],
  ['already-denied', 'denied'],
])('%s: neither approved, denied nor owned', async (name, status) => {
  const { acme, named, sandbox } = await world();
  const decisions: readonly Decision[] = [
    { verdict: 'approve', options: {} },
    { verdict: 'deny', options: { reason: 'no' } },
    { verdict: 'take-ownership' },
  ];
  for (const decision of decisions) {
    expect(await acme.prepare(named(name).id, decision, DECISION)).toMatchObject({
      outcome: 'already-handled',
      message: `This request is already ${status} by Robin Rival.`,
    });
  }
  expect(sandbox.record).toEqual([]);
});

test.each([0, 2, 3, 6, 99, null, '1', true])(
  'status %j is not known to be open, so nothing is decided',
  async (statusId) => {
    const { acme, named, sandbox } = await world();
    const { id } = named('obsidian-contoso');
    await acme.list();
    sandbox.change('threatlocker', id, (stored) => {
      stored.wire = { statusId };
    });
    const decisions: readonly Decision[] = [
      { verdict: 'approve', options: { application: { use: 'new', name: 'x' } } },
      { verdict: 'deny', options: { reason: 'no' } },
      { verdict: 'take-ownership' },
    ];
    for (const decision of decisions) {
      expect(await acme.prepare(id, decision, DECISION)).toMatchObject({
        outcome: 'refused',
        by: 'guardrail',
        message: expect.stringContaining('not known to be open'),
      });
    }
  },
);

test.each(['usb-read', 'usb-write', 'network-web'])('%s can not be approved here, and says so', async (name) => {
  const { acme, named } = await world();
  const options = { application: { use: 'new', name: 'x' } } as const;
  const preparation = await acme.prepare(named(name).id, { verdict: 'approve', options }, DECISION);
  expect(preparation).toMatchObject({
    outcome: 'refused',
    message: expect.stringMatching(/^A (storage|network) request can't be approved here/),
  });
});

const ONE = [{ approvalRequestId: SEED.request }];
const NO_LISTS = { allowedApprovalRequestDtos: null, deniedApprovalRequestDtos: null };

const BODIES = {
  rejection: JSON.stringify({ approvalRequestDtos: ONE, ...NO_LISTS }),
  'rejection that allows': JSON.stringify({ approvalRequestDtos: ONE, ...NO_LISTS, allowedApprovalRequestDtos: ONE }),
  'rejection with another list': JSON.stringify({
    approvalRequestDtos: ONE,
    ...NO_LISTS,
    deniedApprovalRequestDtos: ONE,
  }),
  'rejection of two': JSON.stringify({ approvalRequestDtos: [...ONE, ...ONE], ...NO_LISTS }),
  'rejection of none': JSON.stringify({ approvalRequestDtos: [], ...NO_LISTS }),
  permit: JSON.stringify({ approvalRequest: { approvalRequestId: SEED.request }, matchingApplications: {} }),
  record: JSON.stringify({ approvalRequestId: SEED.request }),
  'no JSON': '{"approvalRequestDtos":',
  'an array': '[]',
  nothing: null,
} as const;
type BodyName = keyof typeof BODIES;
/** The one body that each verdict may carry. */
const OWN_BODY: Readonly<Record<VendorWrite['verdict'], BodyName>> = {
  approve: 'permit',
  deny: 'rejection',
  'take-ownership': 'record',
};

test('nothing leaves that does not fit its verdict: no denial on the way of a permit, no permit on the way of a denial', async () => {
  const { origin, calls } = await seedPortal(
    Object.fromEntries(Object.values(PATHS).map((path) => [path.slice(11), ''])),
  );
  const acme = providerAt(origin);
  const verdicts = Object.keys(PATHS) as (keyof typeof PATHS)[];
  const paths = [
    ...Object.values(PATHS),
    '/portalapi/ApprovalRequest/ApprovalRequestAuthorizeForPermitById',
    '/portalapi/ApprovalRequest/ApprovalRequestUpdateForIgnore',
    '/portalapi/ApprovalRequest/ApprovalRequestPermitStorageApproval',
    `${PATHS.approve}/`,
    `${PATHS.deny}?x=1`,
    `/x/..${PATHS.approve}`,
  ];
  for (const verdict of verdicts)
    for (const path of paths)
      for (const method of ['POST', 'PUT', 'DELETE'] as const)
        for (const [name, body] of Object.entries(BODIES)) {
          const before = calls.length;
          const fits = method === 'POST' && path === PATHS[verdict] && name === OWN_BODY[verdict];
          const sending = acme.send({ verdict, method, path, organizationId: SEED.organization, body });
          if (fits) await sending;
          else expect((await failureOf(sending)).neverSent).toBe(true);
          expect(calls.length - before).toBe(fits ? 1 : 0);
        }
  const reached = new Set(calls.map(({ path }) => `/portalapi/${path}`));
  expect([...reached].toSorted()).toEqual(Object.values(PATHS).toSorted());
});

test('whatever is in the record and in the words, a denial denies and an ownership owns', async () => {
  const hostile = fc.dictionary(
    fc.constantFrom(
      'allowedApprovalRequestDtos',
      'deniedApprovalRequestDtos',
      'type',
      'matchingApplications',
      'policyLevel',
      'approvalRequest',
      '__proto__',
      'comments',
      'requestorReason',
    ),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant([{ approvalRequestId: SEED.own }])),
  );
  let extra: object = {};
  const { origin } = await seedPortal({
    [BY_ID]: () => ({
      body: `${JSON.stringify(row).slice(0, -1)}${Object.entries(extra)
        .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`)
        .join('')}}`,
    }),
  });
  const { raw: row } = await providerAt((await seedPortal()).origin).get(SEED.request);
  const acme = providerAt(origin);
  await fc.assert(
    fc.asyncProperty(
      hostile,
      fc.string({ unit: 'binary' }),
      fc.option(fc.string()),
      async (members, reason, notify) => {
        extra = members;
        const options = { reason: `No ${reason}`, ...(notify === null ? {} : { notify }) };
        const denial = ready(await acme.prepare(SEED.request, { verdict: 'deny', options }, DECISION)).target.write;
        const body = JSON.parse(denial.body ?? '');
        expect(denial.path).toBe(PATHS.deny);
        expect(Object.keys(body).toSorted()).toEqual(REJECTION_MEMBERS);
        expect(body.approvalRequestDtos).toHaveLength(1);
        expect(body.approvalRequestDtos[0].approvalRequestId).toBe(SEED.request);
        expect([body.allowedApprovalRequestDtos, body.deniedApprovalRequestDtos, body.type]).toEqual([
          null,
          null,
          'reject',
        ]);
        const ownership = ready(await acme.prepare(SEED.request, { verdict: 'take-ownership' }, DECISION)).target.write;
        expect(ownership.path).toBe(PATHS['take-ownership']);
        const { comments: marked, ...sent } = JSON.parse(ownership.body ?? '');
        const { comments, ...read } = JSON.parse(JSON.stringify((await acme.get(SEED.request)).raw));
        expect(sent).toEqual(read);
        expect(marked).toBe(
          [comments, `[countersign ${DECISION}]`].filter((part) => typeof part === 'string' && part).join(' '),
        );
      },
    ),
    { numRuns: 150 },
  );
});

const REJECTION_MEMBERS = [
  'allowedApprovalRequestDtos',
  'approvalRequestDtos',
  'deniedApprovalRequestDtos',
  'ignoreReason',
  'ignoreSubject',
  'isVDI',
  'notifyOnIgnore',
  'notifyOnResponse',
  'rejectReason',
  'responseReason',
  'responseSubject',
  'type',
  'usingCustomApprovals',
];
