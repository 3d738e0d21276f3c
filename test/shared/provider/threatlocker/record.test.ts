import type { ApproveOptions } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { neverNull, propertiesOf, schemaProblems } from './schema-check.ts';
import { MATCHING, type MutableRecord, PERMIT_RECORD, permitRecord, SEED, seedPortal } from './seed-portal.ts';
import { DECISION, failureOf, providerAt, ready } from './setup.ts';

const NEW: ApproveOptions = { application: { use: 'new', name: 'Label Designer' } };

async function prepared(change: (record: MutableRecord) => void, options: ApproveOptions = NEW) {
  const portal = await seedPortal({ [PERMIT_RECORD]: permitRecord(change) });
  const preparation = providerAt(portal.origin).prepare(SEED.request, { verdict: 'approve', options }, DECISION);
  return { preparation, portal };
}

async function bodyFor(change: (record: MutableRecord) => void): Promise<Record<string, unknown>> {
  const { preparation } = await prepared(change);
  return JSON.parse(ready(await preparation).target.write.body ?? '');
}

test.each<readonly [string, (record: MutableRecord) => void]>([
  ['approvalRequest', (record) => Reflect.deleteProperty(record, 'approvalRequest')],
  ['approvalRequest.json', ({ approvalRequest }) => Reflect.deleteProperty(approvalRequest, 'json')],
  ['approvalRequest.json as an object', ({ approvalRequest }) => Reflect.set(approvalRequest, 'json', {})],
  [
    'approvalRequest.approvalRequestId',
    ({ approvalRequest }) => Reflect.set(approvalRequest, 'approvalRequestId', null),
  ],
  ['computerId, which is what "this computer" means', (record) => Reflect.set(record, 'computerId', null)],
  ['actionType', (record) => Reflect.set(record, 'actionType', '')],
  ['osType', (record) => Reflect.set(record, 'osType', null)],
  ['fileDetails.fullPath', ({ fileDetails }) => Reflect.set(fileDetails, 'fullPath', null)],
])('a permit record without %s is used for nothing', async (_what, change) => {
  const error = await failureOf((await prepared(change)).preparation);
  expect(error.kind).toBe('malformed');
  expect(error.message).toContain('Nothing was sent');
});

test.each<readonly [string, (record: MutableRecord) => void]>([
  ['request', ({ approvalRequest }) => Reflect.set(approvalRequest, 'approvalRequestId', SEED.own)],
  ['organization', (record) => Reflect.set(record, 'organizationId', SEED.parent)],
  ['computer', (record) => Reflect.set(record, 'computerId', SEED.own)],
  ['action', (record) => Reflect.set(record, 'actionType', 'elevate')],
  ['SHA-256', ({ fileDetails }) => Reflect.set(fileDetails, 'sha256', 'f'.repeat(64))],
  ['hash', ({ fileDetails }) => Reflect.set(fileDetails, 'hash', 'f'.repeat(32))],
  ['path', ({ fileDetails }) => Reflect.set(fileDetails, 'fullPath', 'C:\\Windows\\System32\\cmd.exe')],
])('a permit record of another %s than was shown is used for nothing', async (_what, change) => {
  expect((await failureOf((await prepared(change)).preparation)).kind).toBe('malformed');
});

test.each(
  propertiesOf('PermitApplicationDto').filter(
    (name) => !['approvalRequest', 'actionType', 'osType', 'fileDetails', 'computerId'].includes(name),
  ),
)('a record without %s still makes a whole body', async (name) => {
  const { preparation } = await prepared((record) => Reflect.deleteProperty(record, name), {
    ...NEW,
    rule: { by: 'hash' },
  });
  const outcome = await preparation;
  if (name === 'organizationIds') {
    // Nobody else names the parents here.
    expect(outcome).toMatchObject({ outcome: 'refused' });
    return;
  }
  const body = JSON.parse(ready(outcome).target.write.body ?? '');
  expect(body).toHaveProperty(name);
  expect(schemaProblems('PermitApplicationDto', body)).toEqual([]);
});

const PLACES = {
  matchingApplications: 'PermitMatchingApplications',
  policyConditions: 'PermitPolicyConditions',
  policyLevel: 'PermitPolicyLevel',
  adminNotes: 'PermitAdminNotes',
} as const;

test.each(Object.entries(PLACES))('a record with an empty or no %s still makes a whole one', async (place, schema) => {
  for (const value of [{}, null, []]) {
    const body = await bodyFor((record) => Reflect.set(record, place, value));
    for (const name of propertiesOf(schema)) expect(body[place]).toHaveProperty(name);
    expect(schemaProblems('PermitApplicationDto', body)).toEqual([]);
  }
});

test('a number or a flag that came as null goes back as its zero, which is all that the server takes', async () => {
  const isNumberOrFlag = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
  const nulled: string[] = [];
  const body = await bodyFor((record) => {
    const empty = (holder: Record<string, unknown>, names: readonly string[]) => {
      for (const name of names) {
        if (!isNumberOrFlag(holder[name]) || name === 'osType') continue;
        nulled.push(name);
        holder[name] = null;
      }
    };
    empty(record, neverNull('PermitApplicationDto'));
    empty(record.approvalRequest, neverNull('ApprovalRequestDto'));
    for (const [place, schema] of Object.entries(PLACES)) {
      empty(Object(record[place]), neverNull(schema));
    }
  });
  expect(nulled.length).toBeGreaterThan(30);
  expect(schemaProblems('PermitApplicationDto', body)).toEqual([]);
});

test.each([0, 1, 6, null])('ringfenceActionId %j permits', async (action) => {
  const { preparation } = await prepared((record) => Reflect.set(record, 'ringfenceActionId', action));
  expect(await preparation).toMatchObject({ outcome: 'ready' });
});

test.each([2, 3, 4, 7, 99, -1, 1.5, '2', '1', true, {}, [2]])(
  'ringfenceActionId %j is not known to permit, so nothing is approved with it',
  async (action) => {
    const places: readonly ((record: MutableRecord) => void)[] = [
      (record) => Reflect.set(record, 'ringfenceActionId', action),
      // An older shape of the body, which the server still takes.
      ({ ringfencingOptions }) => Reflect.set(ringfencingOptions, 'ringfenceActionId', action),
    ];
    for (const change of places) {
      const { preparation } = await prepared(change);
      expect(await preparation).toMatchObject({
        outcome: 'refused',
        message: expect.stringContaining('not known to permit'),
      });
    }
  },
);

test('a rule by certificate takes a certificate that the vendor calls valid, and no other', async () => {
  const rule = (certificate: string): ApproveOptions => ({
    ...NEW,
    rule: { by: 'properties', path: 'C:\\Users\\*\\Downloads\\LabelDesigner.exe', certificate },
  });
  const unchanged = () => undefined;
  const good = 'CN=Label Works, O=Label Works, C=NL';
  expect(await (await prepared(unchanged, rule(good))).preparation).toMatchObject({ outcome: 'ready' });
  for (const validCert of [false, null, 'true', 1, undefined]) {
    const { preparation, portal } = await prepared(
      ({ fileDetails }) => Reflect.set(fileDetails, 'certificates', [{ sha: '1', subject: good, validCert }]),
      rule(good),
    );
    expect(await preparation).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('not validly signed'),
    });
    const { properties } = await providerAt(portal.origin).permitOptions(SEED.request);
    expect(properties.certificates).toEqual([]);
  }
});

test('where the record leaves out the certificates, the matching is asked with those of the request', async () => {
  const certs = [{ sha: '1', subject: 'CN=Label Works', validCert: true }];
  const { preparation, portal } = await prepared((record) => {
    Reflect.deleteProperty(record.fileDetails, 'certificates');
    record.approvalRequest['threatLockerActionDto'] = { certs };
  }, {});
  expect(await preparation).toMatchObject({ outcome: 'needs-choice' });
  expect(JSON.parse(portal.to(MATCHING)[0]?.body ?? '')).toMatchObject({ certs });
});
