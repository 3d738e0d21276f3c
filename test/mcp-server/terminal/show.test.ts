import { type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { inFile, openIn } from '../../shared/ledger/setup.ts';
import { KEY_VARIABLE } from '../../support/world.ts';
import { accountsOf, buildIfMissing, countersign, temporaryFolder } from './command.ts';
import { decideHere } from './decide-here.ts';

beforeAll(buildIfMissing);

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test('shows the facts, the matching applications with owner and reach, the research and the ways to approve', async () => {
  const sandbox = await open();
  const { code, stdout, stderr } = await countersign(['show', `acme/${sandbox.id('payroll')}`], accountsOf(sandbox));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^SANDBOX: nothing here is real\./);
  expect(stdout).toMatch(/^ {2}Path +C:\\Install\\PayrollConnectSetup\.exe$/m);
  expect(stdout).toMatch(/^ {2}Tiers +0 approvals given, waits for tier 1$/m);
  expect(stdout).toMatch(/^ {2}│ Yearly update of the payroll program$/m);
  expect(stdout).toContain('"Payroll Connect (Built-In)", built in, ThreatLocker\'s own');
  expect(stdout).toContain('"Payroll Bridge", of Fabrikam Logistics');
  expect(stdout).toContain('Permits everything in the application "Payroll Bridge" on "FAB-ACCOUNTS-1" only.');
  expect(stdout).toMatch(/^ {4}Ratings +review 4, concern 4, business 7 \(the vendor does not document the scale\)$/m);
  expect(stdout).toMatch(/^ {2}Scope group +"Workstations" [-0-9a-f]{36}\n +"Servers" [-0-9a-f]{36}$/m);
  expect(stdout).toMatch(/^The same file is also asked for in\n {2}Nowhere that is known of\.$/m);
});

test('names who asks by account and full name, where that is another', async () => {
  const sandbox = await open({ population: 'empty' });
  const user = { account: 'NORTHWIND\\bc17', fullName: 'Ben\u202e Carter' };
  const named = `acme-abr/${sandbox.arrive({ vendor: 'admin-by-request', user })}`;
  const unnamed = `acme/${sandbox.arrive({ vendor: 'threatlocker', username: 'CONTOSO\\lena', requestor: 'Lena' })}`;
  const env = accountsOf(sandbox);
  expect((await countersign(['show', named], env)).stdout).toMatch(/^ {2}Requester +NORTHWIND\\bc17 \(Ben Carter\)$/m);
  expect((await countersign(['show', unnamed], env)).stdout).toMatch(/^ {2}Requester +CONTOSO\\lena$/m);
  const { requests } = JSON.parse((await countersign(['list', '--json'], env)).stdout);
  const whoOf = (of: string) => requests.find(({ request }: { request: string }) => request === of);
  expect(whoOf(named)).toMatchObject({ requester: 'NORTHWIND\\bc17', requesterName: 'Ben Carter' });
  expect(whoOf(unnamed)).not.toHaveProperty('requesterName');
});

test("shows the number by which Admin By Request's portal traces a request", async () => {
  const sandbox = await open({ population: 'empty' });
  const id = sandbox.arrive({ vendor: 'admin-by-request', traceNo: '46142793' });
  const { stdout } = await countersign(['show', `acme-abr/${id}`], accountsOf(sandbox));
  expect(stdout).toMatch(/^ {2}Trace number +46142793$/m);
});

test('--search looks among the applications that a file can be added to, and prints the ids that approve takes', async () => {
  const sandbox = await open();
  const env = accountsOf(sandbox);
  const args = ['show', `acme/${sandbox.id('payroll')}`, '--search', 'payroll'];
  const { permitOptions } = JSON.parse((await countersign([...args, '--json'], env)).stdout);
  const found: readonly { readonly id: string; readonly name: string }[] = permitOptions.existing;
  expect(found.map(({ name }) => name)).toEqual(['Northwind Managed IT\\Payroll (all customers)', 'Payroll Bridge']);
  const lines = found.map(({ id, name }) => `"${name}" ${id}`);
  const added = (stdout: string) => /^ {2}Add to +(.*?)^ {2}\w/ms.exec(stdout)?.[1]?.trim().split(/\n +/);
  expect(added((await countersign(args, env)).stdout)).toEqual(lines);
  expect(added((await countersign([...args.slice(0, -1), 'no such'], env)).stdout)).toEqual([
    'No application whose name holds that.',
  ]);
});

test('--search is refused where there is nothing to search', async () => {
  const sandbox = await open();
  const args = ['show', `acme-abr/${sandbox.id('abr-obsidian')}`, '--search', 'x'];
  const { code, stdout, stderr } = await countersign(args, accountsOf(sandbox));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Admin By Request has no applications to search.*Leave --search out\.\n$/);
  expect(sandbox.calls).toEqual([]);
});

test('names the other requests for the same file, whichever vendor they wait at', async () => {
  const sandbox = await open();
  const { stdout } = await countersign(['show', `acme-abr/${sandbox.id('abr-obsidian')}`], accountsOf(sandbox));
  for (const name of ['obsidian-contoso', 'obsidian-fabrikam', 'obsidian-harbor']) {
    expect(stdout).toContain(`  acme/${sandbox.id(name)}`);
  }
});

test('shows the history of file, computer and user where the vendor keeps one', async () => {
  const sandbox = await open();
  const { code, stdout } = await countersign(['show', `acme-abr/${sandbox.id('abr-obsidian')}`], accountsOf(sandbox));
  expect(code).toBe(0);
  for (const of of ['file', 'computer', 'user']) expect(stdout).toContain(`The ${of}'s last 30 days`);
  expect(stdout).toMatch(/Fourth Coffee VPN.* · approved by Robin Rival$/m);
});

test('what cannot be asked is said in its place, and is no failure', async () => {
  const sandbox = await open();
  const { code, stdout } = await countersign(['show', `acme-abr/${sandbox.id('abr-session')}`], accountsOf(sandbox));
  expect(code).toBe(0);
  expect(stdout).toMatch(/^The file's last 30 days\n {2}Admin By Request gives no SHA-256 of the file/m);
});

test('every line of a reason stands behind a bar', async () => {
  const sandbox = await open({ population: 'empty' });
  const id = sandbox.arrive({ vendor: 'admin-by-request', reason: 'first\nDecidable  yes\n\u001b[31mthird' });
  const { stdout } = await countersign(['show', `acme-abr/${id}`], accountsOf(sandbox));
  expect(stdout).toContain('  │ first\n  │ Decidable yes\n  │ third\n');
});

test('a part that fails is said in its place, beside the others, with exit code 1', async () => {
  const sandbox = await open();
  sandbox.faults.add({
    when: { path: 'ApplicationGetResearchDetailsById' },
    do: { kind: 'htmlPage', status: 200 },
  });
  const args = ['show', `acme/${sandbox.id('payroll')}`];
  const { code, stdout } = await countersign(args, accountsOf(sandbox));
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Research\n {2}Research on some of the matching applications could not be read: /m);
  expect(stdout).toContain('"Payroll Bridge", of Fabrikam Logistics');

  const json = await countersign([...args, '--json'], accountsOf(sandbox));
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    research: { research: [], notes: [expect.stringMatching(/could not be read/)] },
    matchingApplications: [{ name: 'Payroll Connect (Built-In)' }, {}, {}],
    errors: [{ part: 'research', kind: 'malformed', message: expect.any(String) }],
  });
});

test('says that other places are not known when another account fails', async () => {
  const sandbox = await open();
  const env = accountsOf(sandbox, {}, { [KEY_VARIABLE]: 'not-the-key' });
  const { code, stdout } = await countersign(['show', `acme/${sandbox.id('payroll')}`], env);
  expect(code).toBe(1);
  expect(stdout).toContain('Looking for the same file elsewhere: acme-abr could not be read');
});

test('--json holds everything that the page shows', async () => {
  const sandbox = await open();
  const { code, stdout } = await countersign(
    ['show', `acme-abr/${sandbox.id('abr-obsidian')}`, '--json'],
    accountsOf(sandbox),
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    request: `acme-abr/${sandbox.id('abr-obsidian')}`,
    subject: { name: 'Obsidian.exe', scan: 'clean' },
    decidable: true,
    matchingApplications: null,
    permitOptions: null,
    research: { scan: { verdict: 'clean' } },
    history: {
      file: { entries: [], notes: [] },
      computer: { entries: expect.any(Array) },
      user: { entries: expect.any(Array) },
    },
    errors: [],
  });
});

test('shows what was decided before on the same file, from here and by the vendor’s record, and how it was told', async () => {
  const sandbox = await open();
  const state = temporaryFolder();
  const decided = `acme/${sandbox.id('obsidian-harbor')}`;
  const decision = await decideHere(sandbox, state, decided);
  const env = accountsOf(sandbox, {}, { COUNTERSIGN_STATE_DIR: state });
  const args = ['show', `acme/${sandbox.id('obsidian-contoso')}`];
  const { code, stdout } = await countersign(args, env);
  expect(code).toBe(0);
  const after = (heading: string) => stdout.split(`${heading}\n`)[1]?.split('\n')[0];
  expect(after('Decided before on the same file, from here')).toMatch(
    new RegExp(`^  [-0-9]+ [:0-9]+ UTC · deny, applied · ${decided} · same SHA-256 · by kim, at a terminal · `),
  );
  expect(after("Decided before on the same file, by the vendor's record")).toMatch(
    new RegExp(`^  .* · denied by .* · ${decided} · .* · same SHA-256`),
  );
  const json = JSON.parse((await countersign([...args, '--json'], env)).stdout);
  expect(json).toMatchObject({
    organizationId: sandbox.threatLocker.organizations.contoso,
    earlierDecisions: {
      ours: [{ decision, request: decided, verdict: 'deny', sameFile: 'sha256', answered: { channel: 'terminal' } }],
      vendor: { lookedUpBy: 'sha256', decisions: [{ request: decided, verdict: 'denied' }] },
      notes: [],
    },
    errors: [],
  });
  // A person sees what assistants may not.
  const closed = accountsOf(sandbox, { threatLocker: { assistants: 'none' } }, { COUNTERSIGN_STATE_DIR: state });
  expect((await countersign(args, closed)).stdout).toContain(`deny, applied · ${decided}`);
});

test('where nothing was decided before it is said so, with how far was looked', async () => {
  const sandbox = await open();
  const args = ['show', `acme/${sandbox.id('obsidian-contoso')}`];
  const { code, stdout } = await countersign(args, accountsOf(sandbox));
  expect(code).toBe(0);
  expect(stdout).toContain('Decided before on the same file, from here\n  Nothing found.\n');
  expect(stdout).toMatch(/by the vendor's record\n {2}Nothing found\.\n {2}Every decided request/);
});

test('a ledger that can not be read is said in its place, beside the others, with exit code 1', async () => {
  const sandbox = await open();
  const state = temporaryFolder();
  openIn(state).close();
  inFile(state, (db) => db.exec('PRAGMA user_version = 99'));
  const env = accountsOf(sandbox, {}, { COUNTERSIGN_STATE_DIR: state });
  const args = ['show', `acme/${sandbox.id('payroll')}`];
  const { code, stdout } = await countersign(args, env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Decided before on the same file, from here\n {2}Could not be read\. .*newer Countersign/m);
  expect(stdout).toMatch(/^Decided before on the same file, by the vendor's record\n {2}Nothing found/m);
  expect(stdout).toContain('"Payroll Bridge", of Fabrikam Logistics');
  const json = await countersign([...args, '--json'], env);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    earlierDecisions: { ours: null, notes: [expect.stringContaining('newer Countersign')] },
    errors: [{ part: 'earlierDecisions.ours', kind: 'newer', message: expect.any(String) }],
  });
});

test("a vendor's record that can not be read is said in its place, with exit code 1", async () => {
  const sandbox = await open();
  sandbox.faults.add({
    when: { where: ({ url }) => url.startsWith('/auditlog?status=') },
    do: { kind: 'htmlPage', status: 200 },
  });
  const args = ['show', `acme-abr/${sandbox.id('abr-obsidian')}`, '--json'];
  const { code, stdout } = await countersign(args, accountsOf(sandbox));
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    earlierDecisions: { ours: [], vendor: null, notes: [expect.any(String)] },
    errors: [{ part: 'earlierDecisions.vendor', kind: 'malformed' }],
  });
});

test('a request that the vendor does not know is one sentence and exit code 1', async () => {
  const { code, stdout, stderr } = await countersign(['show', 'acme-abr/1'], accountsOf(await open()));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Admin By Request knows nothing under this id.*\n$/);
});
