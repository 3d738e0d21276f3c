import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { ApproveOptions, Decision, DenyOptions, VendorWrite } from '../../../../shared/src/approval/index.ts';
import type { AdminByRequestProvider } from '../../../../shared/src/provider/admin-by-request/index.ts';
import { failureOf } from '../../http/setup.ts';
import { DECISION, providerAt, sandboxed, vendorId } from './setup.ts';

const approve: Decision = { verdict: 'approve', options: {} };
const deny = (reason: string): Decision => ({ verdict: 'deny', options: { reason } });

async function ready(provider: AdminByRequestProvider, id: string, decision: Decision) {
  const prepared = await provider.prepare(vendorId(id), decision, DECISION);
  if (prepared.outcome !== 'ready') throw new Error(prepared.message);
  return prepared.target;
}

test('an approval is made exact, sent once, and recorded in the name of the approver', async () => {
  const { sandbox, provider, id } = await sandboxed();
  const target = await ready(provider, id('abr-obsidian'), approve);
  expect(sandbox.record).toEqual([]);
  expect(target).toMatchObject({
    request: `acme-abr/${id('abr-obsidian')}`,
    fingerprint: await provider.fingerprint(),
    options: {},
    facts: { status: 'pending', computer: 'NW-LT-201', actionType: 'Run As Admin', vendorJson: null },
    write: {
      verdict: 'approve',
      method: 'PUT',
      path: `/requests/${id('abr-obsidian')}?approvedby=approver%40northwind.example`,
      organizationId: null,
      body: null,
    },
  });
  await provider.send(target.write);
  expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'applied', body: '' }]);
  const { request } = await provider.recheck(target);
  expect(request).toMatchObject({ status: 'approved', decided: { by: 'Kim Approver' } });
  expect(provider.attribute(request, DECISION)).toBe('ours');
});

test.each(['Größe, 日本語 & 100 % = "ja"? 🙂 #1+1', 'two\nlines', 'https://help.example/?a=b&deniedby=x@y.example'])(
  'a denial reaches the requester with exactly its reason: %s',
  async (reason) => {
    const { sandbox, provider, id } = await sandboxed();
    const target = await ready(provider, id('abr-cmd'), deny(reason));
    expect(target.options).toEqual({ reason });
    await provider.send(target.write);
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied', method: 'DELETE' }]);
    expect(sandbox.raw('admin-by-request', id('abr-cmd'))).toMatchObject({
      statusCode: 3,
      deniedReason: reason,
      deniedByEmail: 'approver@northwind.example',
    });
    expect(provider.attribute((await provider.get(id('abr-cmd'))).request, DECISION)).toBe('ours');
  },
);

test('no denial can ever be sent as an approval, and no approval as a denial', async () => {
  const { sandbox, provider } = await sandboxed({ population: { threatLocker: 0, adminByRequest: 3 } });
  const ids = (await provider.list()).requests.map((request) => request.vendorId);
  const anyReason = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
    fc.constantFrom('approve', 'PUT /requests/1', '?approvedby=a', '&reason=', '%', '\ud800', '\r\nPUT / HTTP/1.1'),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ids), anyReason, fc.boolean(), async (id, reason, isDenial) => {
      const prepared = await provider.prepare(id, isDenial ? deny(reason) : approve, DECISION);
      if (prepared.outcome !== 'ready') {
        expect(isDenial && prepared.outcome).toBe('refused');
        return;
      }
      const { write, options } = prepared.target;
      expect([write.verdict, write.method]).toEqual(isDenial ? ['deny', 'DELETE'] : ['approve', 'PUT']);
      const url = new URL(write.path, 'https://vendor.example');
      expect(url.pathname).toBe(`/requests/${id}`);
      expect([...url.searchParams.keys()]).toEqual(isDenial ? ['reason', 'deniedby'] : ['approvedby']);
      expect(url.searchParams.get('reason')).toBe(options['reason'] ?? null);
      expect(write.body).toBeNull();
    }),
    { numRuns: 300 },
  );
  expect(sandbox.record).toEqual([]);
});

test.each<[keyof ApproveOptions, ApproveOptions]>([
  ['application', { application: { use: 'new', name: 'A' } }],
  ['rule', { rule: { by: 'hash' } }],
  ['scope', { scope: 'computer' }],
  ['elevation', { elevation: { mode: 'none' } }],
  ['expires', { expires: '2030-01-01T00:00:00Z' }],
  ['ticket', { ticket: '4711' }],
  ['comment', { comment: '' }],
  ['notify', { notify: 'Done.' }],
])('an approval with "%s" is refused, not carried out without it', async (name, options) => {
  const { provider, id } = await sandboxed();
  const prepared = await provider.prepare(id('abr-cmd'), { verdict: 'approve', options }, DECISION);
  expect(prepared).toMatchObject({ outcome: 'refused', by: 'client', message: expect.stringContaining(`"${name}"`) });
});

test.each<[string, DenyOptions]>([
  ['"notify"', { reason: 'no', notify: 'Sorry.' }],
  ['needs a reason', { reason: ' \u200b ' }],
  ['too long', { reason: 'x'.repeat(2_048) }],
  ['too long', { reason: '語'.repeat(300) }],
  ['too long', { reason: 'line\n'.repeat(80) }],
])('a denial is refused where %s says why', async (words, options) => {
  const { provider, id } = await sandboxed();
  const prepared = await provider.prepare(id('abr-cmd'), { verdict: 'deny', options }, DECISION);
  expect(prepared).toMatchObject({ outcome: 'refused', by: 'client', message: expect.stringContaining(words) });
});

test('nobody can take ownership', async () => {
  const { provider, id } = await sandboxed();
  const prepared = await provider.prepare(id('abr-cmd'), { verdict: 'take-ownership' }, DECISION);
  expect(prepared).toMatchObject({ outcome: 'refused', by: 'client' });
});

test.each([approve, deny('no')])('what is decided already says by whom: %j', async (decision) => {
  const { provider, id } = await sandboxed();
  for (const [name, words] of [
    ['abr-approved', 'already approved by Robin Rival (robin.rival@northwind.example)'],
    [
      'abr-denied',
      'already denied by Robin Rival (robin.rival@northwind.example), for the reason "No private software',
    ],
  ] as const) {
    const prepared = await provider.prepare(id(name), decision, DECISION);
    expect(prepared).toMatchObject({ outcome: 'already-handled', message: expect.stringContaining(words) });
  }
});

test('what expired is already handled, by nobody', async () => {
  const { sandbox, provider, id } = await sandboxed();
  sandbox.change('admin-by-request', id('abr-cmd'), (request) => {
    request.statusCode = 6;
  });
  const prepared = await provider.prepare(id('abr-cmd'), approve, DECISION);
  expect(prepared).toMatchObject({ outcome: 'already-handled', message: expect.stringContaining('expired') });
});

test.each([5, 9])('status code %i can neither be approved nor denied here', async (statusCode) => {
  const { sandbox, provider, id } = await sandboxed();
  sandbox.change('admin-by-request', id('abr-cmd'), (request) => {
    request.statusCode = statusCode;
  });
  for (const decision of [approve, deny('no')]) {
    const prepared = await provider.prepare(id('abr-cmd'), decision, DECISION);
    expect(prepared).toMatchObject({ outcome: 'refused', by: 'guardrail', message: expect.stringContaining('portal') });
  }
});

const write = (over: Partial<VendorWrite>): VendorWrite => ({
  verdict: 'deny',
  method: 'DELETE',
  path: '/requests/1?reason=no',
  organizationId: null,
  body: null,
  ...over,
});

test.each([
  write({ method: 'PUT' }),
  write({ verdict: 'approve' }),
  write({ verdict: 'approve', method: 'PUT' }),
  write({ verdict: 'take-ownership' }),
  write({ method: 'POST' }),
  write({ body: '{}' }),
  write({ organizationId: 'x' }),
  write({ path: '/requests/1' }),
  write({ path: '/requests/?reason=no' }),
  write({ path: '/requests/1/2?reason=no' }),
  write({ path: '/inventory/1?reason=no' }),
  write({ path: '/requests/../inventory/1?reason=no' }),
  write({ path: '/requests/1?reason=%' }),
  write({ path: '/requests/1?reason=%FF' }),
  write({ path: '/requests/1?reason=a b' }),
  write({ path: '/requests/1?reason=no&approvedby=a' }),
  write({ path: '/requests/1?reason=no\n' }),
  write({ verdict: 'approve', method: 'PUT', path: '/requests/1?approvedby=a&x=1' }),
  write({ verdict: 'approve', method: 'PUT', path: '@evil.example/requests/1' }),
])('a write that is neither approval nor denial is never sent: %j', async (forged) => {
  const fetch = vi.fn();
  const provider = providerAt('http://127.0.0.1:1', undefined, { fetch });
  expect(await failureOf(provider.send(forged))).toMatchObject({ kind: 'validation', neverSent: true });
  expect(fetch).not.toHaveBeenCalled();
});

test.each([
  ['status', 503],
  ['resetBeforeEffect', null],
  ['resetAfterEffect', null],
] as const)('after %s a write is not sent again', async (kind, status) => {
  const { sandbox, provider, id } = await sandboxed();
  const { write } = await ready(provider, id('abr-cmd'), approve);
  sandbox.faults.add({ when: { method: 'PUT' }, do: kind === 'status' ? { kind, status: 503 } : { kind } });
  const failure = await failureOf(provider.send(write));
  expect(failure.isDefiniteRefusal).toBe(false);
  expect(sandbox.record).toMatchObject([{ verdict: 'approve', status }]);
});

test.each(['true', '"Approved"', '{"Message":"Request approved"}', 'OK', '<p>OK</p>', ''])(
  'a success in any shape is one: %j',
  async (body) => {
    const { sandbox, provider, id } = await sandboxed();
    const { write } = await ready(provider, id('abr-cmd'), approve);
    sandbox.faults.add({ when: { method: 'PUT' }, do: { kind: 'status', status: 200, body } });
    await provider.send(write);
    expect(sandbox.record).toHaveLength(1);
  },
);

test('who decided is told by the address that the vendor recorded, and by nothing else', async () => {
  const { sandbox, provider, id } = await sandboxed();
  sandbox.rivalDecides('admin-by-request', id('abr-cmd'), 'approve');
  const { request } = await provider.get(id('abr-cmd'));
  expect(provider.attribute(request, DECISION)).toBe('other');
  const nameless = { ...request, decided: { by: 'Kim Approver', email: null, at: null, reason: null } };
  expect(provider.attribute(nameless, DECISION)).toBe('unproven');
  expect(provider.attribute({ ...request, decided: null }, DECISION)).toBe('unproven');
  const shouted = { by: null, email: 'Approver@NORTHWIND.example', at: null, reason: null };
  expect(provider.attribute({ ...request, decided: shouted }, DECISION)).toBe('ours');
  expect(providerAt('http://127.0.0.1:1').attribute(request, DECISION)).toBe('other');
});

test('an approver whom the portal does not know leaves no name', async () => {
  const { sandbox, id } = await sandboxed();
  const { url, apiKey } = sandbox.adminByRequest;
  const provider = providerAt(url, 'nobody@northwind.example', { secret: async () => apiKey });
  await provider.send((await ready(provider, id('abr-cmd'), approve)).write);
  expect(provider.attribute((await provider.get(id('abr-cmd'))).request, DECISION)).toBe('unproven');
});

test('a planned decision is read again, with the facts that it rests on', async () => {
  const { sandbox, provider, id } = await sandboxed();
  const target = await ready(provider, id('abr-cmd'), approve);
  expect((await provider.recheck(target)).facts).toEqual(target.facts);
  sandbox.change('admin-by-request', id('abr-cmd'), (request) => {
    request.application.sha256 = 'F'.repeat(64);
  });
  expect((await provider.recheck(target)).facts).toEqual({ ...target.facts, sha256: 'f'.repeat(64) });
  const elsewhere = { ...target, request: 'other/1' as typeof target.request };
  expect(await failureOf(provider.recheck(elsewhere))).toMatchObject({ kind: 'validation', neverSent: true });
});
