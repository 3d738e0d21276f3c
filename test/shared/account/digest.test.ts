import { describe, expect, it } from 'vitest';
import { type Account, fingerprint, parseSettings, settingsDigest } from '../../../shared/src/account/index.ts';

const ORGANIZATION = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
const BASE = {
  id: 'acme',
  provider: 'threatlocker',
  instance: 'g',
  apiToken: { env: 'A' },
  organizationId: ORGANIZATION,
};
const ABR = { id: 'abr', provider: 'admin-by-request', dataCenter: 'dc1', apiKey: { env: 'B' } };

const settingsOf = (accounts: readonly object[], rest: object = {}) =>
  parseSettings(JSON.stringify({ accounts, ...rest }), 'accounts.json');

function accountOf(members: object): Account {
  const [account] = settingsOf([members]).accounts;
  if (account === undefined) throw new Error('no account');
  return account;
}
const fingerprintOf = (members: object, tenant?: string) => fingerprint(accountOf(members), tenant);

describe('a fingerprint', () => {
  it('is short, and one for one tenant under any id and secret', () => {
    const one = fingerprintOf(BASE);
    expect(one).toMatch(/^[\da-f]{16}$/);
    const same = {
      ...BASE,
      id: 'other',
      apiToken: { file: '/b' },
      organizationId: ORGANIZATION.toUpperCase(),
      label: 'X',
    };
    expect(fingerprintOf(same)).toBe(one);
    expect(fingerprintOf(BASE, 'what the vendor says')).toBe(one);
  });

  it('differs where an account points elsewhere', () => {
    const { organizationId: _, ...own } = BASE;
    const all = [
      fingerprintOf(BASE),
      fingerprintOf({ ...BASE, instance: 'h' }),
      fingerprintOf({ ...BASE, organizationId: ORGANIZATION.replace('6', '7') }),
      fingerprintOf({ ...BASE, endpoint: 'http://127.0.0.1:1' }),
      fingerprintOf({ ...BASE, endpoint: 'http://127.0.0.1:2' }),
      fingerprintOf(own),
      fingerprintOf(own, 'tenant-1'),
      fingerprintOf(ABR),
      fingerprintOf({ ...ABR, dataCenter: 'dc2' }),
      fingerprintOf(ABR, 'tenant-1'),
      fingerprintOf(ABR, 'tenant-2'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the settings’ digest', () => {
  const digest = settingsDigest(settingsOf([BASE, ABR]));

  it('stays where nothing that bears on decisions changed', () => {
    expect(digest).toMatch(/^[\da-f]{64}$/);
    expect(
      settingsDigest(settingsOf([ABR, { ...BASE, apiToken: { command: ['op'] }, label: 'L', contactDetails: true }])),
    ).toBe(digest);
    expect(settingsDigest(settingsOf([BASE, ABR], { confirmation: { waitSeconds: 3 } }))).toBe(digest);
    const [one, other] = ['ONE', 'OTHER'].map((env) => settingsOf([{ ...BASE, unattended: { secret: { env } } }, ABR]));
    expect(one && settingsDigest(one)).toBe(other && settingsDigest(other));
    expect(settingsDigest(settingsOf([{ ...BASE, assistants: 'propose' }, ABR]))).toBe(digest);
  });

  it.each([
    [{ ...BASE, assistants: 'read' }, {}],
    [{ ...BASE, channels: ['terminal'] }, {}],
    [{ ...BASE, elicitationReach: 'any' }, {}],
    [{ ...BASE, unattended: { secret: { env: 'ONE' } } }, {}],
    [{ ...BASE, includeChildOrganizations: false }, {}],
    [{ ...BASE, instance: 'h' }, {}],
    [{ ...BASE, endpoint: 'http://127.0.0.1:1' }, {}],
    [BASE, { approver: { email: 'kim@acme.example' } }],
    [BASE, { guardrails: { severity: { 'vague-reason': 'stop' } } }],
    [BASE, { guardrails: { remoteAccessTools: ['Acme Remote'] } }],
    [BASE, { confirmation: { expiresMinutes: 11 } }],
    [BASE, { confirmation: { approverKeys: [`ed25519:${'A'.repeat(43)}=`] } }],
  ])('changes with %j %j', (account, rest) => {
    expect(settingsDigest(settingsOf([account, ABR], rest))).not.toBe(digest);
  });
});
