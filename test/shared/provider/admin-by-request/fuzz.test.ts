import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApprovalRequest } from '../../../../shared/src/approval/index.ts';
import { VendorError } from '../../../../shared/src/http/index.ts';
import { localServer } from '../../http/local-server.ts';
import { DECISION, providerAt, vendorId } from './setup.ts';

const RUNS = process.env['COUNTERSIGN_LONG'] === '1' ? 10_000 : 2_000;
const ID = '65430027';

const anyJson = fc.jsonValue({ maxDepth: 2 });
const huge = fc.integer({ min: 1_000, max: 50_000 }).map((length) => 'A\u202e\ud800'.repeat(length / 3));
const wrong = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown[]>(null, '', ' ', 0, 4, '4', '0', true, [], {}, [4], -1, 4.5, 1e300),
  },
  { weight: 2, arbitrary: anyJson },
  { weight: 1, arbitrary: huge },
);
const odd = (...usual: readonly unknown[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: wrong });
/** Every member may be missing, since JSON.stringify leaves `undefined` out. */
const partly = (members: Record<string, fc.Arbitrary<unknown>>) => {
  const sparse = Object.entries(members).map(([name, arbitrary]) => [
    name,
    fc.oneof({ weight: 7, arbitrary }, { weight: 1, arbitrary: fc.constant(undefined) }),
  ]);
  const whole: fc.Arbitrary<unknown> = fc.record(Object.fromEntries(sparse));
  return fc.oneof({ weight: 8, arbitrary: whole }, { weight: 1, arbitrary: wrong });
};

const scan = {
  scanResult: odd('Clean', 'Clean', 'Clean', 'Malicious', 'Suspicious', null),
  scanResultCode: odd(0, 0, 0, 1, 2, 3),
  threat: odd(null, null, '', 'EICAR'),
};
const application = partly({
  ...scan,
  file: odd('cmd.exe', null),
  path: odd('C:\\Windows', null),
  name: odd('Command Processor', null),
  sha256: odd('AB'.repeat(32), '', null),
  virustotalLink: odd('https://www.virustotal.com/x', 'javascript:x'),
});
const row = partly({
  id: odd(ID, Number(ID)),
  type: odd('Run As Admin', 'Session'),
  typeCode: odd(0, 1, 2, 3),
  status: odd('Pending approval', 'Pending', 'Approved'),
  statusCode: odd(4, 4, 4, 0, 3, 5, 6, 7),
  application,
  scanResults: fc.oneof(fc.array(partly({ ...scan, engine: odd('Engine A') }), { maxLength: 3 }), wrong),
  user: partly({ account: odd('AZUREAD\\X', 'a/b', '..'), fullName: odd('Sam Lee'), email: odd('x@y.example') }),
  computer: partly({ name: odd('NW-1', '../x'), platform: odd('Windows'), platformCode: odd(0, 1, 2, 3) }),
  reason: odd('Need it'),
  requestTime: odd('2021-06-08T11:25:27', 'soon'),
  requestTimeUTC: odd('2021-06-08T11:25:27'),
  elevatedApplications: fc.oneof(fc.array(application, { maxLength: 2 }), wrong),
  approvedByEmail: odd('x@y.example', null),
  entries: fc.array(wrong, { maxLength: 2 }),
  timeNow: odd(1, '637795099840708375'),
  tenantName: odd('Acme'),
  apiUrl: odd('https://dc1api.adminbyrequest.com', '::'),
  unheardOf: anyJson,
});

/** The casing that the vendor once had and today's, and one that it might have tomorrow. */
const recased = fc.constantFrom(
  (key: string) => key,
  (key: string) => key.charAt(0).toUpperCase() + key.slice(1),
  (key: string) => key.toUpperCase(),
);
const payload = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(row, recased).map(([value, recase]) => JSON.stringify(withKeys(value, recase))) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', 'null', '[]', '{', '<html>', '{"Message":"Invalid API key"}', '"x"', '1e999'),
  },
);

function withKeys(value: unknown, recase: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((member) => withKeys(member, recase));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [recase(key), withKeys(member, recase)]));
}

/** A member whatever its key's case; undefined where there is none. Every generated key is there once. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Held against the raw payload by rules of its own, written without a look at the provider's. */
function expectHonest(request: ApprovalRequest, sent: unknown) {
  const sentApplication = member(sent, 'application');
  if (request.status === 'pending') expect(member(sent, 'statuscode')).toBe(4);
  if (request.kind !== 'unknown') expect([0, 1, 2]).toContain(member(sent, 'typecode'));
  if (request.subject.scan.verdict === 'clean') {
    expect(member(sentApplication, 'scanresultcode')).toBe(0);
    expect(String(member(sentApplication, 'scanresult')).toLowerCase()).toBe('clean');
    const threat = member(sentApplication, 'threat');
    expect(typeof threat === 'string' && threat.trim() !== '').toBe(false);
    const scanned = [member(sentApplication, 'file'), member(sentApplication, 'sha256')];
    expect(scanned.some((fact) => typeof fact === 'string' && fact.trim() !== '')).toBe(true);
  }
  for (const { url } of request.links) expect(url).toMatch(/^https:/);
}

test(`none of ${RUNS} payloads breaks a read, or makes an unknown look clean or pending`, async () => {
  let body = '';
  let asRow = false;
  const server = await localServer((request, response) => {
    const isList = /^\/(requests\?|auditlog\?|users|computers)/.test(request.url ?? '');
    response.end(isList && asRow ? `[${body}]` : body);
  });
  const provider = providerAt(server.origin, 'approver@acme.example', { limits: { retries: 0 } });
  const id = vendorId(ID);
  const others: readonly (() => Promise<unknown>)[] = [
    () => provider.research(id),
    () => provider.history(id, 'file', 30),
    () => provider.history(id, 'user', 30),
    () => provider.history(id, 'computer', 30),
    async () => provider.earlierDecisions((await provider.get(id)).request),
    () => provider.fingerprint(),
    () => provider.diagnose(),
    () => provider.auditDelta(),
  ];
  const seen = { requests: 0, pending: 0, clean: 0 };

  const look = async (reading: Promise<readonly ApprovalRequest[]>) => {
    const requests = await orVendorError(reading);
    for (const request of requests ?? []) {
      expectHonest(request, JSON.parse(body));
      seen.requests += 1;
      seen.pending += Number(request.status === 'pending');
      seen.clean += Number(request.subject.scan.verdict === 'clean');
    }
  };

  await fc.assert(
    fc.asyncProperty(payload, fc.nat({ max: 9 }), fc.nat({ max: others.length - 1 }), async (text, wrapped, other) => {
      body = text;
      asRow = wrapped > 0;
      await look(provider.list().then(({ requests }) => requests));
      await look(provider.get(id).then(({ request }) => [request]));
      await orVendorError(others[other]?.() ?? Promise.resolve());
      const prepared = await orVendorError(provider.prepare(id, { verdict: 'approve', options: {} }, DECISION));
      if (prepared?.outcome === 'ready') {
        expect(member(JSON.parse(body), 'statuscode')).toBe(4);
        provider.describe(prepared.target);
      }
    }),
    { numRuns: RUNS },
  );
  // Payloads that are all turned away would prove nothing.
  expect(seen.requests).toBeGreaterThan(RUNS / 2);
  expect(seen.pending).toBeGreaterThan(RUNS / 10);
  expect(seen.clean).toBeGreaterThan(RUNS / 100);
}, 600_000);

async function orVendorError<T>(reading: Promise<T>): Promise<T | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof VendorError) return null;
    throw error;
  });
}
