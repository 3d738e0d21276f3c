import fc from 'fast-check';
import { example, type MutableRecord, SEED } from './seed-portal.ts';

type Arbitrary = fc.Arbitrary<unknown>;

/** JSON that JSON.stringify can't write: what stands between the marks goes out as it is. */
const raw = (text: string) => `@@${text}@@`;

export function toJsonText(value: unknown): string {
  return (JSON.stringify(value) ?? '').replace(/"@@([^"]*)@@"/g, (_match, text: string) => text);
}

const odd: Arbitrary = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<unknown>(
      null,
      '',
      ' ',
      0,
      1,
      13,
      17,
      -1,
      1.5,
      '1',
      '13',
      'true',
      'NaN',
      true,
      false,
      [],
      {},
      [1],
      [null],
      [[]],
      { statusId: 1 },
      { '': { __proto__: null } },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['1e999', '-0', '1.0', '1E400', '9007199254740993', '-123456789012345678901234567890', '{}'].map(raw),
      ...[50, 3_000].map((depth) => raw('['.repeat(depth) + ']'.repeat(depth))),
    ),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 20_000 }).map((length) => 'A\u202e\u{1f4a3}\ud800'.repeat(length / 4 + 1)),
  },
);

/** Mostly as usual, now and then something else, now and then left out. */
function perhaps(usual: Arbitrary, weight = 12): Arbitrary {
  return fc.oneof(
    { weight, arbitrary: usual },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const among = (...values: readonly unknown[]) => perhaps(fc.constantFrom(...values));

/** The members of a true record, each perhaps something else; `special` says more of some of them. */
function like(sample: object, special: Readonly<Record<string, Arbitrary>> = {}): Arbitrary {
  const members = Object.entries({ ...sample, ...special }).map(([name, value]) => [
    name,
    special[name] ?? perhaps(fc.constant(value), 120),
  ]);
  const record: Arbitrary = fc.record(Object.fromEntries(members));
  return fc.oneof(
    { weight: 12, arbitrary: record },
    {
      weight: 2,
      arbitrary: fc
        .tuple(record, fc.dictionary(fc.string(), odd, { maxKeys: 4 }))
        .map(([a, b]) => ({ ...Object(b), ...Object(a) })),
    },
    { weight: 1, arbitrary: odd },
  );
}

const certificate = like(
  { sha: '1'.repeat(64), subject: 'CN=Label Works', validCert: true },
  { validCert: among(true, true, false), digestmismatch: among(undefined, 0, 1, true, false) },
);
const certificates = perhaps(fc.array(certificate, { maxLength: 3 }));

const [sampleRow] = example<readonly { threatLockerActionDto: object }[]>('list.response');
const samplePermit = example<MutableRecord>('permit-record.response');

const action = like(sampleRow?.threatLockerActionDto ?? {}, {
  certs: certificates,
  actionType: among('execute', 'execute', 'install', 'elevate', 'read', 'network', 'EXECUTE', 'mystery'),
  osType: among(1, 1, 2, 3, 5, 7, 9),
});

/** ApprovalRequestDto. */
export const requestRow = like(sampleRow ?? {}, {
  statusId: among(1, 1, 1, 13, 17, 4, 10, 12, 16, 6, 2, 0),
  threatLockerActionDto: action,
  requestorReason: among('', 'Test', Buffer.from('Ich möchte ✅').toString('base64'), '//79', 'QUJD'),
  dateTime: among('2026-11-20T08:15:30Z', '2026-11-20T08:15:30.1234567', '0001-01-01T00:00:00', 'soon'),
});

/** ActionLogDto, as far as it is read. */
export const actionRow = like({
  dateTime: '2026-11-20T09:00:00Z',
  computerId: Object(sampleRow)['computerId'],
  hostname: Object(sampleRow)['hostname'],
  username: Object(sampleRow)['username'],
  fullPath: Object(sampleRow)['path'],
  sha256Hash: 'ab'.repeat(32),
  actionType: 'execute',
  actionId: 3,
  action: 'Deny',
  isMonitorMode: false,
  policyName: 'Default Deny',
  applicationName: '',
});

const ringfence = among(0, 0, 0, 1, 6, 2, '2', 3);

/** PermitApplicationDto. */
export const permitRecord = like(samplePermit, {
  approvalRequest: like(samplePermit.approvalRequest),
  fileDetails: like(samplePermit.fileDetails, { certificates }),
  ringfenceActionId: ringfence,
  ringfencingOptions: like(samplePermit.ringfencingOptions, { ringfenceActionId: perhaps(fc.constant(undefined)) }),
  matchingApplications: like(samplePermit.matchingApplications),
  policyConditions: like(samplePermit.policyConditions),
  policyLevel: like(samplePermit.policyLevel),
  adminNotes: like(samplePermit.adminNotes),
  organizationIds: perhaps(fc.constantFrom<unknown>([SEED.parent], [SEED.parent], [], null)),
});

const { matchingApplications } = example<{ matchingApplications: readonly object[] }>('matching.response');
const application = fc.oneof(...matchingApplications.map((sample) => like(sample, {})));

export const matchingList = like(
  {},
  {
    matchingApplications: perhaps(fc.oneof(fc.constant([]), fc.array(application, { maxLength: 3 }))),
    hasMatching: among(false, false, true),
  },
);

export const applicationList = perhaps(
  fc.array(like(example<readonly object[]>('add-to-application.response')[0] ?? {}), { maxLength: 3 }),
);
export const dropdown = perhaps(
  fc.array(like(example<readonly object[]>('maintenance-mode.response')[0] ?? {}), { maxLength: 3 }),
);
export const groups = perhaps(
  fc.array(like(example<readonly object[]>('computer-groups.response')[0] ?? {}), { maxLength: 3 }),
);
export const research = like(example<object>('research-adobe-acrobat.response'));

const id = fc.constantFrom(SEED.organization, SEED.parent, SEED.master, SEED.own);
const { tree } = fc.letrec<{ tree: unknown; branches: unknown }>((tie) => ({
  tree: like(
    {},
    {
      organizationId: perhaps(id),
      name: among('Contoso'),
      parentId: perhaps(fc.oneof(id, fc.constant(null))),
      organizationHierarchyDtos: perhaps(tie('branches')),
    },
  ),
  branches: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('tree'), { maxLength: 2 })),
}));
/** A tree that hangs one branch from another, as deep as no organization ever was. */
const deepTree = fc.integer({ min: 10, max: 3_000 }).map((depth) => {
  const open = `{\\"organizationId\\":\\"${SEED.parent}\\",\\"organizationHierarchyDtos\\":[`;
  return { deep: (open.repeat(depth) + ']}'.repeat(depth)).replaceAll('\\"', '"') };
});
export const organizationTree = fc.oneof(
  { weight: 12, arbitrary: perhaps(fc.array(tree, { maxLength: 2 })) },
  { weight: 1, arbitrary: deepTree },
);

/** What is no JSON at all, or JSON of another kind. */
export const otherText = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    '[]',
    '{}',
    '0',
    '"x"',
    'true',
    '{',
    '[{',
    '<html>',
    '\uFEFF',
    'undefined',
    'NaN',
    '[,]',
    '1e999',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
);
