import { describe, expect, it, test } from 'vitest';
import { parseSettings, type Settings, SettingsError } from '../../../shared/src/account/index.ts';
import { SURROUNDING_FINDING_IDS } from '../../../shared/src/approval/index.ts';
import { TOKEN } from './files.ts';

const THREATLOCKER = {
  id: 'acme',
  provider: 'threatlocker',
  instance: 'g',
  apiToken: { env: 'ACME_THREATLOCKER_TOKEN' },
} as const;
const ADMIN_BY_REQUEST = {
  id: 'acme-abr',
  provider: 'admin-by-request',
  dataCenter: 'dc1',
  apiKey: { env: 'ACME_ABR_KEY' },
} as const;

const parse = (value: unknown): Settings =>
  parseSettings(typeof value === 'string' ? value : JSON.stringify(value), 'accounts.json');

function problemsOf(value: unknown): readonly string[] {
  try {
    parse(value);
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    if (error instanceof SettingsError) {
      expect(error.message).toBe(error.problems.join('\n'));
      return error.problems;
    }
  }
  return [];
}
const problemsOfThreatLocker = (members: object) => problemsOf({ accounts: [{ ...THREATLOCKER, ...members }] });
const problemsOfAdminByRequest = (members: object) => problemsOf({ accounts: [{ ...ADMIN_BY_REQUEST, ...members }] });

describe('an accounts file', () => {
  it('needs little, and the rest has defaults', () => {
    expect(parse({ accounts: [THREATLOCKER, ADMIN_BY_REQUEST] })).toEqual({
      file: 'accounts.json',
      approver: {},
      accounts: [
        {
          id: 'acme',
          label: 'acme',
          provider: 'threatlocker',
          instance: 'g',
          secret: { env: 'ACME_THREATLOCKER_TOKEN' },
          host: 'portalapi.g.threatlocker.com',
          baseUrl: 'https://portalapi.g.threatlocker.com',
          sandbox: false,
          includeChildOrganizations: true,
          assistants: 'propose',
          contactDetails: false,
          channels: ['extension', 'terminal', 'elicitation'],
          elicitationReach: 'computer',
        },
        {
          id: 'acme-abr',
          label: 'acme-abr',
          provider: 'admin-by-request',
          dataCenter: 'dc1',
          secret: { env: 'ACME_ABR_KEY' },
          host: 'dc1api.adminbyrequest.com',
          baseUrl: 'https://dc1api.adminbyrequest.com',
          sandbox: false,
          assistants: 'propose',
          contactDetails: false,
          channels: ['extension', 'terminal', 'elicitation'],
          elicitationReach: 'computer',
        },
      ],
      guardrails: { severity: {}, attackTools: [], remoteAccessTools: [], networkTools: [], userWritablePaths: [] },
      confirmation: { approverKeys: [], waitSeconds: 45, expiresMinutes: 10 },
      http: {},
    });
  });

  it('may say everything', () => {
    const key = `ed25519:${'A'.repeat(43)}=`;
    const settings = parse({
      approver: { name: 'Kim Approver', email: 'kim@acme.example' },
      accounts: [
        {
          ...THREATLOCKER,
          organizationId: '6F9619FF-8B86-D011-B42D-00C04FC964FF',
          includeChildOrganizations: false,
          label: 'Acme',
          assistants: 'read',
          contactDetails: true,
          channels: ['terminal', 'extension', 'terminal'],
          elicitationReach: 'group',
        },
        { ...ADMIN_BY_REQUEST, approverEmail: 'approver@acme.example' },
      ],
      guardrails: { severity: { 'vague-reason': 'info' }, remoteAccessTools: ['Acme Remote'] },
      confirmation: { approverKeys: [key], waitSeconds: 600, expiresMinutes: 1 },
      http: { token: { file: '~/countersign-token' } },
    });
    expect(settings.accounts[0]).toMatchObject({
      organizationId: '6f9619ff-8b86-d011-b42d-00c04fc964ff',
      includeChildOrganizations: false,
      label: 'Acme',
      assistants: 'read',
      contactDetails: true,
      channels: ['extension', 'terminal'],
      elicitationReach: 'group',
    });
    expect(settings.accounts[1]).toMatchObject({ approverEmail: 'approver@acme.example' });
    expect(settings.guardrails).toEqual({
      severity: { 'reason-vague': 'info' },
      attackTools: [],
      remoteAccessTools: ['Acme Remote'],
      networkTools: [],
      userWritablePaths: [],
    });
    expect(settings.confirmation).toEqual({ approverKeys: [key], waitSeconds: 600, expiresMinutes: 1 });
    expect(settings.http).toEqual({ token: { file: '~/countersign-token' } });
  });

  it('lets the approver decide at Admin By Request where the account names nobody', () => {
    const settings = parse({ approver: { email: 'kim@acme.example' }, accounts: [ADMIN_BY_REQUEST] });
    expect(settings.accounts[0]).toMatchObject({ approverEmail: 'kim@acme.example' });
  });

  it('takes the zero id for the token’s own organization', () => {
    const zero = { ...THREATLOCKER, organizationId: '00000000-0000-0000-0000-000000000000' };
    expect(parse({ accounts: [zero] }).accounts[0]).not.toHaveProperty('organizationId');
  });

  it('may begin with a byte order mark', () => {
    expect(parse(`\ufeff${JSON.stringify({ accounts: [THREATLOCKER] })}`).accounts).toHaveLength(1);
  });
});

describe('an unknown key', () => {
  it('is refused with the nearest known one', () => {
    expect(problemsOfThreatLocker({ apitoken: 'x' })).toEqual([
      'accounts.json: accounts[0].apitoken is not known; did you mean apiToken?',
    ]);
    expect(problemsOf({ acounts: [], accounts: [THREATLOCKER] })).toEqual([
      'accounts.json: acounts is not known; did you mean accounts?',
    ]);
    expect(problemsOf({ accounts: [THREATLOCKER], confirmation: { waitSecond: 3 } })).toEqual([
      'accounts.json: confirmation.waitSecond is not known; did you mean waitSeconds?',
    ]);
    expect(problemsOf({ accounts: [THREATLOCKER], guardrails: { severities: {} } })).toEqual([
      'accounts.json: guardrails.severities is not known; did you mean severity?',
    ]);
  });

  it('is refused with all known ones where none is near', () => {
    expect(problemsOf({ accounts: [THREATLOCKER], approver: { telephone: '1' } })).toEqual([
      'accounts.json: approver.telephone is not known; these are: name, email.',
    ]);
  });

  it('of the other provider is refused', () => {
    expect(problemsOfAdminByRequest({ includeChildOrganizations: true })[0]).toContain(
      'accounts[0].includeChildOrganizations is not known',
    );
  });

  it('is not repeated where it may be a secret', () => {
    for (const key of [TOKEN, TOKEN.slice(32), `a ${TOKEN}`]) {
      expect(problemsOfThreatLocker({ [key]: true }).join()).toMatch(/\(a key that is not shown here\) is not known/);
      expect(problemsOf({ accounts: [THREATLOCKER], guardrails: { severity: { [key]: 'off' } } }).join()).toMatch(
        /severity\.\(a key that is not shown here\) is not known/,
      );
    }
  });
});

describe('problems', () => {
  it('are all found at once', () => {
    const problems = problemsOf({
      accounts: [
        { ...THREATLOCKER, instance: 'portalapi.g', colour: 'red', channels: ['phone'] },
        { ...THREATLOCKER, apiToken: undefined },
        { ...ADMIN_BY_REQUEST, dataCenter: 'dc123', assistants: 'everything' },
        { id: 'x', provider: 'intune' },
        { ...ADMIN_BY_REQUEST, id: 'Acme' },
      ],
      approver: { email: 'kim' },
      confirmation: { waitSeconds: 601, expiresMinutes: 0.5, approverKeys: ['ssh-rsa AAAA'] },
      guardrails: { severity: { 'vague-reason': 'off' } },
    });
    expect(problems).toEqual([
      'accounts.json: approver.email must be an e-mail address.',
      'accounts.json: accounts[0].instance must be the instance alone, such as "g": lower-case letters and digits (in the portal: Help > Organization Instance).',
      'accounts.json: accounts[0].channels[0] must be "extension" or "terminal" or "elicitation".',
      'accounts.json: accounts[0].colour is not known; these are: provider, instance, apiToken, organizationId, includeChildOrganizations, id, label, endpoint, assistants, contactDetails, channels, elicitationReach, unattended.',
      'accounts.json: accounts[1].apiToken is missing; say where the secret is kept: { "env": "NAME" }, { "file": "/path" } or { "command": ["program", "argument"] }.',
      'accounts.json: accounts[2].dataCenter must be the data centre alone, such as "dc1" (in the portal: Settings > Tenant Settings > Data > API Keys).',
      'accounts.json: accounts[2].assistants must be "none" or "read" or "propose".',
      'accounts.json: accounts[3].provider must be "threatlocker" or "admin-by-request".',
      'accounts.json: accounts[4].id must be 1 to 32 lower-case letters, digits or hyphens, and not begin with a hyphen.',
      'accounts.json: guardrails.severity.vague-reason must be "info" or "caution" or "stop".',
      'accounts.json: confirmation.approverKeys[0] must be an Ed25519 public key: "ed25519:" and the base64 of its 32 bytes.',
      'accounts.json: confirmation.waitSeconds must be at most 600.',
      'accounts.json: confirmation.expiresMinutes must be a whole number.',
      "accounts.json: accounts[1].id is another account's id too; give each its own.",
    ]);
  });

  it.each([
    [{}, 'accounts.json: accounts is missing.'],
    [{ accounts: [] }, 'accounts.json: accounts must not be empty.'],
    [{ accounts: {} }, 'accounts.json: accounts must be a list.'],
    [{ accounts: ['acme'] }, 'accounts.json: accounts[0] must be an object in braces.'],
    ['[]', 'accounts.json: its content must be an object in braces.'],
    ['null', 'accounts.json: its content must be an object in braces.'],
    [{ accounts: [{ ...THREATLOCKER, channels: [] }] }, 'accounts.json: accounts[0].channels must not be empty.'],
    [
      { accounts: [{ ...THREATLOCKER, contactDetails: 'no' }] },
      'accounts.json: accounts[0].contactDetails must be true or false.',
    ],
    [
      { accounts: [{ ...THREATLOCKER, label: 'a\u202eb' }] },
      'accounts.json: accounts[0].label must hold no hidden characters.',
    ],
    [
      { accounts: [{ ...THREATLOCKER, label: 'x'.repeat(61) }] },
      'accounts.json: accounts[0].label must be at most 60 characters.',
    ],
    [
      { accounts: [{ ...THREATLOCKER, organizationId: 'acme' }] },
      'accounts.json: accounts[0].organizationId must be an organization id: a GUID with its hyphens.',
    ],
  ])('%j gives one sentence', (value, problem) => {
    expect(problemsOf(value)).toEqual([problem]);
  });

  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{\n  "accounts": [\n    { "id": "a", }\n  ]\n}', 3, 18],
    ['{\r\n  // no comments\r\n}', 2, 3],
    ['{ "a": 1 } x', 1, 12],
    ['{ "a": 01 }', 1, 8],
    ["{ 'a': 1 }", 1, 3],
    ['{ "a" 1 }', 1, 7],
    ['{ "a": 1 "b": 2 }', 1, 10],
    ['[1, 2,]', 1, 7],
    ['[1 2]', 1, 4],
    ['{ "a": [1}', 1, 10],
    ['{ "ø😀": tru }', 1, 9],
    ['{ "a": "line\nbreak" }', 1, 8],
    ['{ "a": "\\x" }', 1, 8],
  ])('%j is not JSON from its place on', (text, line, column) => {
    expect(problemsOf(text)).toEqual([
      `accounts.json: this is not JSON from line ${line}, column ${column} on; mend it there (JSON has no comments, and no comma after a last entry).`,
    ]);
  });
});

describe('a secret in the file', () => {
  it('is refused with how to refer to one, and never repeated', () => {
    const [problem] = problemsOfThreatLocker({ apiToken: TOKEN });
    expect(problem).toContain('accounts[0].apiToken must not be the secret itself');
    expect(problem).toContain('{ "env": "NAME" }, { "file": "/path" } or { "command": ["program", "argument"] }');
  });

  it.each([
    TOKEN,
    [TOKEN],
    { env: TOKEN },
    { env: `${TOKEN}.` },
    { file: TOKEN },
    { command: TOKEN },
    { command: [TOKEN] },
    { command: [] },
    { command: ['op', 7, TOKEN] },
    { value: TOKEN },
    { [TOKEN]: 'x' },
    { env: 'NAME', file: TOKEN },
    { env: '' },
    {},
    7,
    null,
  ])('%j is refused without repeating it', (apiToken) => {
    const problems = problemsOfThreatLocker({ apiToken });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^accounts\.json: accounts\[0\]\.apiToken /);
    expect(problems[0]).not.toContain(TOKEN);
  });

  it('is not repeated from a broken file, whatever is wrong there', () => {
    for (const text of [`{ "apiToken": ${TOKEN} }`, `{ "apiToken": "${TOKEN}`, `${TOKEN}`]) {
      expect(problemsOf(text).join()).not.toContain(TOKEN);
    }
  });

  it('is not repeated from a place where it does not belong', () => {
    for (const place of [
      'id',
      'instance',
      'organizationId',
      'endpoint',
      'provider',
      'assistants',
      'elicitationReach',
    ]) {
      const problems = problemsOfThreatLocker({ [place]: `x ${TOKEN}` });
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join()).not.toContain(TOKEN);
    }
  });

  it.each([
    { env: 'ACME_TOKEN' },
    { file: '/run/secrets/acme' },
    { file: '~/.acme' },
    { file: 'C:\\secrets\\acme' },
    { command: ['op', 'read', 'op://it/threatlocker/token'] },
  ])('%j is a reference', (apiToken) => {
    expect(parse({ accounts: [{ ...THREATLOCKER, apiToken }] }).accounts[0]?.secret).toEqual(apiToken);
  });
});

describe('an endpoint', () => {
  it.each([
    ['http://127.0.0.1:4810', '127.0.0.1:4810'],
    ['https://localhost:4810/', 'localhost:4810'],
    ['http://[::1]:4810', '[::1]:4810'],
  ])('%s is a sandbox', (endpoint, host) => {
    for (const account of [THREATLOCKER, ADMIN_BY_REQUEST]) {
      expect(parse({ accounts: [{ ...account, endpoint }] }).accounts[0]).toMatchObject({
        sandbox: true,
        host,
        baseUrl: endpoint.replace(/\/$/, ''),
      });
    }
  });

  it.each([
    'https://evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost@evil.example',
    'http://localhost.evil.example',
    'http://localhost.',
    'http://user:password@localhost:4810',
    'http://127.0.0.2:80',
    'http://0.0.0.0:4810',
    'http://[::ffff:127.0.0.1]:4810',
    'http://localhost:4810/path',
    'http://localhost:4810/?query',
    'http://localhost:4810/#hash',
    'file://localhost/etc/passwd',
    'ws://localhost:4810',
    'localhost:4810',
    '',
  ])('%j is refused', (endpoint) => {
    expect(problemsOfThreatLocker({ endpoint })).toEqual([
      'accounts.json: accounts[0].endpoint must be an address on this computer, for a sandbox, such as http://127.0.0.1:4810; leave it out to reach the vendor.',
    ]);
  });
});

test.each(['g.evil.example', 'G', '', 'a'.repeat(33), 'g/', 'g@evil', 'g\n', '*'])(
  'instance %j makes no host',
  (instance) => {
    expect(problemsOfThreatLocker({ instance })).toHaveLength(1);
  },
);

test.each(['1', 'dc', 'dc123', 'DC1', 'dc1.evil', 'dc1\n', 'xdc1'])('data centre %j makes no host', (dataCenter) => {
  expect(problemsOfAdminByRequest({ dataCenter })).toHaveLength(1);
});

test.each(['', '-a', 'A', 'a_b', 'a/b', 'a'.repeat(33), '__proto__', 'a b'])('%j is no account id', (id) => {
  expect(problemsOfThreatLocker({ id })).toHaveLength(1);
});

test('what is not looked for when a decision is planned can be no stop, and that is said', () => {
  for (const id of SURROUNDING_FINDING_IDS) {
    const problems = problemsOf({ accounts: [THREATLOCKER], guardrails: { severity: { [id]: 'stop' } } });
    expect(problems.join()).toMatch(/must be "info" or "caution": it is not looked for when a decision is planned/);
    expect(parse({ accounts: [THREATLOCKER], guardrails: { severity: { [id]: 'info' } } })).toMatchObject({});
  }
});

describe('the secret for unattended decisions', () => {
  const SECRET = { file: '/etc/countersign/unattended' };

  it('is where the file says, and an account that says nothing takes none', () => {
    const { accounts } = parse({ accounts: [{ ...THREATLOCKER, unattended: { secret: SECRET } }, ADMIN_BY_REQUEST] });
    expect(accounts.map(({ unattended }) => unattended)).toEqual([{ secret: SECRET }, undefined]);
  });

  it.each([
    ['its own', problemsOfThreatLocker({ unattended: { secret: THREATLOCKER.apiToken } })],
    [
      "another account's",
      problemsOf({
        accounts: [{ ...THREATLOCKER, unattended: { secret: ADMIN_BY_REQUEST.apiKey } }, ADMIN_BY_REQUEST],
      }),
    ],
  ])("is not where a vendor's key is kept: %s", (_whose, problems) => {
    expect(problems).toEqual([
      expect.stringMatching(/accounts\[0\]\.unattended\.secret is where a vendor's key is kept/),
    ]);
  });

  it('is a reference, and nothing stands beside it', () => {
    expect(problemsOfAdminByRequest({ unattended: { secret: 'c0ffee' } })).toEqual([
      expect.stringMatching(/unattended\.secret must not be the secret itself/),
    ]);
    expect(problemsOfAdminByRequest({ unattended: {} })).toEqual([
      expect.stringMatching(/unattended\.secret is missing/),
    ]);
    expect(problemsOfAdminByRequest({ unattended: { secret: SECRET, secrets: 1 } })).toEqual([
      expect.stringMatching(/secrets is not known; did you mean secret\?/),
    ]);
    expect(problemsOfAdminByRequest({ unatended: { secret: SECRET } })).toEqual([
      expect.stringMatching(/did you mean unattended\?/),
    ]);
  });
});
