import type { ApproveOptions, Effect } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { SEED, seedPortal } from './seed-portal.ts';
import { DECISION, providerAt, ready, world } from './setup.ts';

async function effectOf(options: ApproveOptions): Promise<Effect> {
  const { origin } = await seedPortal();
  const acme = providerAt(origin);
  return acme.describe(ready(await acme.prepare(SEED.request, { verdict: 'approve', options }, DECISION)).target);
}

const NEW = { use: 'new', name: 'Label Designer' } as const;
const BUILT_IN = { use: 'matching', id: SEED.builtIn } as const;
const OWN = { use: 'matching', id: SEED.own } as const;
const OF_PARENT = { use: 'existing', id: SEED.ofParent } as const;
const PATH = 'C:\\Users\\lena.fischer\\Downloads\\LabelDesigner.exe';
const PROPERTIES = {
  by: 'properties',
  path: 'C:\\Users\\*\\LabelDesigner.exe',
  certificate: 'CN=Label Works, O=Label Works, C=NL',
} as const;

test.each<readonly [string, ApproveOptions, Effect['reach']['level'], readonly RegExp[]]>([
  [
    'a new application with one hash on this computer is the narrowest',
    { application: NEW },
    'computer',
    [/^Permits this exact file on "CONTOSO-FRONT-02" only\.$/],
  ],
  [
    'a rule by properties with a wildcard',
    { application: NEW, rule: PROPERTIES },
    'unknown',
    [/every file that fits the rule, whose wildcards leave open which, on "CONTOSO-FRONT-02" only/],
  ],
  [
    'a rule by properties without one',
    { application: NEW, rule: { ...PROPERTIES, path: PATH } },
    'computer',
    [/^Permits every file that fits the rule on "CONTOSO-FRONT-02" only\.$/],
  ],
  [
    'a group',
    { application: NEW, scope: { group: SEED.group } },
    'group',
    [/every computer of the group "Workstations" of "Contoso Dental Group"/, /only after "Deploy Policies"/],
  ],
  [
    'an organization',
    { application: NEW, scope: 'organization' },
    'organization',
    [/on every computer of "Contoso Dental Group"\. /, /only after "Deploy Policies"/],
  ],
  [
    'a matching application permits everything in it',
    { application: OWN },
    'computer',
    [/^Permits everything in the application "Label Printing" on "CONTOSO-FRONT-02" only\.$/],
  ],
  [
    'a built-in application: the whole organization, by name',
    { application: BUILT_IN, scope: 'organization' },
    'organization',
    [/everything in the application "Label Designer \(Built-In\)" on every computer of "Contoso Dental Group"/],
  ],
  [
    'an existing application of a parent: other organizations too, and nobody knows how many computers',
    { application: OF_PARENT },
    'unknown',
    [/wherever a policy points/, /belongs to "Northwind Managed IT", so in other organizations too/, /is not known\.$/],
  ],
  [
    'the same for the whole organization is no narrower',
    { application: OF_PARENT, scope: 'organization' },
    'unknown',
    [/in other organizations too/],
  ],
  [
    'a maintenance mode opens the computer for an hour',
    { application: OF_PARENT, rule: { by: 'maintenance', mode: 'installation' } },
    'unknown',
    [/^Opens "CONTOSO-FRONT-02" for an hour \(installation mode\)/, /in other organizations too/],
  ],
])('reach: %s', async (_name, options, level, sentences) => {
  const { reach } = await effectOf(options);
  expect(reach.level).toBe(level);
  for (const sentence of sentences) expect(reach.sentence).toMatch(sentence);
});

test("an organization's own existing application is not said to reach others", async () => {
  const { acme, named, sandbox } = await world();
  const { id } = named('unsigned-downloads');
  const { existing } = await acme.permitOptions(id);
  const own = existing.find(({ owner }) => owner.id === sandbox.threatLocker.organizations.contoso);
  const options = { application: { use: 'existing', id: own?.id ?? '' } } as const;
  const { reach } = acme.describe(ready(await acme.prepare(id, { verdict: 'approve', options }, DECISION)).target);
  expect(reach.level).toBe('unknown');
  expect(reach.sentence).not.toContain('other organizations');
});

test.each<readonly [string, ApproveOptions, readonly RegExp[]]>([
  ['nothing more', {}, [/no administrator rights/, /^It is not ringfenced\.$/m, /has no end/, /sent no message/]],
  ['the hash', {}, [/Only this exact file: ThreatLocker's hash 6f1b2e7c9a0d4f58b3c6e1a2d7f8094b, SHA-256 9b74c9/]],
  ['the properties', { rule: PROPERTIES }, [/all of: path "C:\\Users\\\*\\LabelDesigner\.exe", signed by "CN=Label/]],
  [
    'an elevation',
    { elevation: { mode: 'elevate', hours: 4 } },
    [/administrator rights, and the user is told\. For 4 h/],
  ],
  ['a silent one', { elevation: { mode: 'silent' } }, [/administrator rights silently\. Without an end/]],
  ['an end', { expires: '2026-12-24T19:00:00+01:00' }, [/ends at 2026-12-24T18:00:00\.000Z/]],
  ['a ticket', { ticket: 'INC-7' }, [/Ticket INC-7/]],
  ['a message', { notify: 'Go ahead.' }, [/The requester is told: "Go ahead\."/]],
])('what else is decided is said: %s', async (_name, options, sentences) => {
  const { summary, details } = await effectOf({ application: NEW, ...options });
  expect(summary).toBe(
    'Approve "LabelDesigner.exe" on "CONTOSO-FRONT-02" of "Contoso Dental Group": make the new application "Label Designer".',
  );
  for (const sentence of sentences) expect(details.join('\n')).toMatch(sentence);
});

test('a whole application is not called a file', async () => {
  const { summary, details } = await effectOf({ application: BUILT_IN, scope: 'organization' });
  expect(summary).toContain('permit the whole application "Label Designer (Built-In)" maintained by ThreatLocker');
  expect(details).toContain('Everything in that application is permitted, not only this file.');
});

test('the effect is told from the write, not from the options beside it', async () => {
  const { origin } = await seedPortal();
  const acme = providerAt(origin);
  const { target } = ready(
    await acme.prepare(
      SEED.request,
      { verdict: 'approve', options: { application: BUILT_IN, scope: 'organization' } },
      DECISION,
    ),
  );
  const dressed = { ...target, options: { application: { use: 'new', name: 'harmless' }, scope: 'computer' } };
  expect(acme.describe(dressed)).toEqual(acme.describe(target));
  for (const body of ['{}', '[]', 'null', '{"policyLevel":5,"matchingApplications":"x","policyConditions":[]}']) {
    const effect = acme.describe({ ...target, write: { ...target.write, body } });
    expect(effect.details.length).toBeGreaterThan(0);
  }
});

test('a denial and an ownership permit nothing', async () => {
  const { origin } = await seedPortal();
  const acme = providerAt(origin);
  const denial = ready(
    await acme.prepare(SEED.request, { verdict: 'deny', options: { reason: 'No.', notify: 'Sorry.' } }, DECISION),
  ).target;
  expect(acme.describe(denial)).toEqual({
    summary: 'Deny "LabelDesigner.exe" on "CONTOSO-FRONT-02".',
    details: ['Reason: "No.".', 'The requester is told: "Sorry.".'],
    reach: { level: 'none', sentence: 'Nothing is permitted.' },
  });
  const ownership = ready(await acme.prepare(SEED.request, { verdict: 'take-ownership' }, DECISION)).target;
  expect(acme.describe(ownership).reach.level).toBe('none');
});
