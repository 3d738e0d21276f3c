import type { Sandbox } from '@countersign/shared/sandbox';
import { startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { UNATTENDED_SECRET, UNATTENDED_VARIABLE } from '../../support/world.ts';
import { type Carrying, carrying } from './carrying.ts';
import { accountsOf, buildIfMissing, countersign, unattendedAccountsOf } from './command.ts';

beforeAll(buildIfMissing);

const unattended = { unattended: { secret: { env: UNATTENDED_VARIABLE } } };
const PERSON = ['--countersigned-by', 'Kim Approver', '--ticket', 'INC0010042'];
const OF_TICKET = { countersignedBy: 'Kim Approver', ticket: 'INC0010042' };

let sandbox: Sandbox;
let env: Record<string, string>;
beforeEach(async () => {
  sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  env = unattendedAccountsOf(sandbox);
});

function named(name: string): string {
  const found = sandbox.requests.find((request) => request.name === name);
  if (!found) throw new Error(`no request named ${name}`);
  return `${found.vendor === 'threatlocker' ? 'acme' : 'acme-abr'}/${found.id}`;
}
const idOf = (reference: string) => reference.slice(reference.indexOf('/') + 1);
const run = (...args: readonly string[]) => countersign(args, env);
const approval = (name: string, more: object = {}) => ({
  request: named(name),
  verdict: 'approve',
  ...OF_TICKET,
  ...more,
});
const denial = (name: string, more: object = {}) => ({
  request: named(name),
  verdict: 'deny',
  ...OF_TICKET,
  reason: 'Not needed.',
  ...more,
});

function carry(verb: 'approve' | 'deny', ...decisions: readonly object[]): Carrying {
  const job = carrying(verb, env);
  for (const decision of decisions) job.line(decision);
  return job;
}

describe('one decision, by options', () => {
  test('an approval is carried out without a terminal, and the ticket stands at the vendor too', async () => {
    const request = named('unsigned-downloads');
    const { code, stdout, stderr } = await run('approve', request, ...PERSON);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('The request is approved.');
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'applied', requestId: idOf(request) }]);
    expect(sandbox.record[0]?.body).toContain('INC0010042');
    expect((await run('journal', 'list')).stdout).toMatch(/countersigned by "Kim Approver" for ticket "INC0010042"/);
  });

  test('a denial is too, and --json answers as the tools do', async () => {
    const request = named('abr-cmd');
    const { code, stdout } = await run('deny', request, ...PERSON, '--reason', 'Not needed.', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'applied', targets: [{ request, status: 'applied' }] });
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied', requestId: idOf(request) }]);
  });

  test('delivered again, ends with 3 and names what carried it out for this ticket', async () => {
    const again = () => run('deny', named('abr-cmd'), ...PERSON, '--reason', 'Not needed.', '--json');
    const first = JSON.parse((await again()).stdout);
    const { code, stdout } = await again();
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'already-handled', carriedOut: first.decision });
    expect(sandbox.record).toHaveLength(1);
  });

  test('where several have to approve, each of them is carried back once, in the same ticket', async () => {
    const request = named('unsigned-downloads');
    sandbox.change('threatlocker', idOf(request), (stored) => Object.assign(stored, { tiersNeeded: 2 }));
    const approve = async (...by: readonly string[]) => {
      const { code, stdout } = await run('approve', request, ...by, '--json');
      return { code, answer: JSON.parse(stdout) };
    };
    const first = await approve(...PERSON);
    expect(first).toMatchObject({ code: 0, answer: { status: 'applied', stillWaits: true } });
    const again = await approve('--countersigned-by', 'Approver, kim', '--ticket', 'INC0010042');
    expect(again).toMatchObject({
      code: 3,
      answer: { status: 'already-handled', carriedOut: first.answer.decision, stillWaits: true },
    });
    expect(sandbox.record).toHaveLength(1);
    const second = await approve('--countersigned-by', 'Robin Second', '--ticket', 'INC0010042');
    expect(second).toMatchObject({ code: 0, answer: { status: 'applied' } });
    expect(second.answer).not.toHaveProperty('stillWaits');
    expect(sandbox.record.map(({ effect }) => effect)).toEqual(['applied', 'applied']);
    const { code, answer } = await approve(...PERSON);
    expect({ code, answer }).toMatchObject({ code: 3, answer: { status: 'already-handled' } });
    expect(answer).not.toHaveProperty('stillWaits');
  });

  test('what needs a choice ends with 3, the choices named', async () => {
    const { code, stdout } = await run('approve', named('payroll'), ...PERSON);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ +1 .*\n/m);
    const { choices } = JSON.parse((await run('approve', named('payroll'), ...PERSON, '--json')).stdout);
    expect(choices.length).toBeGreaterThan(1);
    expect(sandbox.record).toEqual([]);
  });

  test.each([
    ['a stop', () => ['approve', named('abr-cmd'), ...PERSON], /never carried out unattended/],
    ['a malicious file', () => ['approve', named('abr-malicious'), ...PERSON], /can be denied/],
  ] as const)('%s is refused with 3', async (_what, args, why) => {
    const { code, stdout } = await run(...args());
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(why);
    expect(sandbox.record).toEqual([]);
  });

  test.each([
    ['their account', 'CONTOSO\\mia.novak', 'obsidian-harbor'],
    ['their account in other letters', ' contoso\\Mia.Novak', 'obsidian-harbor'],
    ['their name', 'Alva Nilsson', 'abr-obsidian'],
    ['their name as directories write it', 'Nilsson, Alva', 'abr-obsidian'],
    ['their e-mail', 'Alva.Nilsson@northwind.example', 'abr-obsidian'],
  ] as const)('nobody approves what they asked for themselves, by %s; they may deny it', async (_what, who, name) => {
    const by = ['--countersigned-by', who, '--ticket', 'INC0010042'];
    const { code, stdout } = await run('approve', named(name), ...by);
    expect(sandbox.record).toEqual([]);
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/is the one who asked\. .* never carried out unattended/);
    expect(await run('deny', named(name), ...by, '--reason', 'Not needed.')).toMatchObject({ code: 0 });
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('an administrator session on a server is not approved so, and is denied', async () => {
    const { code, stdout } = await run('approve', named('abr-server'), ...PERSON);
    expect(sandbox.record).toEqual([]);
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/administrator session on a server, .* never carried out unattended/);
    expect(await run('deny', named('abr-server'), ...PERSON, '--reason', 'Not needed.')).toMatchObject({ code: 0 });
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('one on a workstation is approved, unless nobody knows whether it is a server', async () => {
    const request = named('abr-session');
    const wire = (computer: object) =>
      sandbox.change('admin-by-request', idOf(request), (stored) => Object.assign(stored, { wire: computer }));
    wire({ computer: { name: 'NW-LT-203', platform: null, platformCode: null } });
    expect(await run('approve', request, ...PERSON)).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/may\s+be\s+a\s+server/),
    });
    expect(sandbox.record).toEqual([]);
    wire({});
    expect(await run('approve', request, ...PERSON)).toMatchObject({ code: 0 });
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  });

  test('without the secret it is refused with 3, and told what to put where', async () => {
    env = { ...env, ...accountsOf(sandbox) };
    const { code, stdout } = await run('deny', named('abr-cmd'), ...PERSON, '--reason', 'Not needed.');
    expect(code).toBe(3);
    expect(stdout).toContain('put "unattended": { "secret": … } into its entry in the accounts file');
    expect(sandbox.record).toEqual([]);
  });

  test.each([
    ['no ticket', ['approve', 'acme-abr/1', '--countersigned-by', 'Kim'], /--ticket/],
    ['a ticket alone', ['deny', 'acme-abr/1', '--ticket', 'INC1', '--reason', 'No.'], /--countersigned-by/],
    ['no reason', ['deny', 'acme-abr/1', ...PERSON], /--reason/],
    ['several requests', ['approve', 'acme-abr/1', 'acme-abr/2', ...PERSON], /one request/],
    ['a scope', ['approve', 'acme/1', ...PERSON, '--scope', 'organization'], /"--scope" can make/],
    ['an existing application', ['approve', 'acme/1', ...PERSON, '--existing', 'x'], /"--existing" can make/],
    ['something beside "-"', ['approve', '-', ...PERSON], /nothing else stands beside it/],
    ['a reference beside "-"', ['deny', '-', 'acme-abr/1'], /nothing else stands beside it/],
  ] as const)('%s is wrong usage', async (_what, args, why) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(why);
  });
});

describe('decisions as JSON Lines', () => {
  test('are answered each in its turn, as they come, with the line they are about', async () => {
    const job = carry('deny', denial('abr-cmd'));
    expect(await job.answer()).toMatchObject({ line: 1, status: 'applied' });
    job.send('\n');
    const half = JSON.stringify(denial('obsidian-contoso'));
    job.send(half.slice(0, 40));
    job.send(`${half.slice(40)}\r\n`);
    expect(await job.answer()).toMatchObject({ line: 3, status: 'applied' });
    job.send(JSON.stringify(denial('abr-obsidian')));
    job.end();
    const { code, answers, stderr } = await job.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(answers.map(({ line, status }) => [line, status])).toEqual([
      [1, 'applied'],
      [3, 'applied'],
      [4, 'applied'],
    ]);
    expect(sandbox.record.map(({ verdict }) => verdict)).toEqual(['deny', 'deny', 'deny']);
  });

  test.each([
    ['approve', 'deny', denial],
    ['deny', 'approve', approval],
  ] as const)('of %s never carry the other verdict: nothing is sent for such a line', async (verb, other, wrong) => {
    const right = verb === 'approve' ? approval('abr-obsidian') : denial('abr-obsidian');
    const unsaid = { ...right, request: named('abr-cmd'), verdict: undefined };
    const job = carry(
      verb,
      wrong('abr-cmd'),
      unsaid,
      { ...unsaid, verdict: 'Approve' },
      { ...unsaid, verdict: [verb] },
      right,
    );
    job.end();
    const { code, answers } = await job.ended;
    expect(code).toBe(2);
    expect(answers.map(({ status }) => status)).toEqual(['refused', 'refused', 'refused', 'refused', 'applied']);
    expect(answers[0]?.message).toContain(`Line 1 was not taken: its "verdict" is "${other}"`);
    expect(sandbox.record).toMatchObject([{ verdict: verb, requestId: idOf(named('abr-obsidian')) }]);
  });

  test.each<readonly [string, () => string | object, RegExp]>([
    ['no JSON', () => 'approve everything', /it is no JSON object/],
    ['a list', () => [denial('abr-cmd')], /it is no JSON object/],
    ['an unknown key', () => denial('abr-cmd', { resaon: 'x' }), /resaon is not known; did you mean reason\?/],
    ['an option that could widen it', () => denial('abr-cmd', { scope: 'organization' }), /scope is not known/],
    ['no reason', () => ({ ...denial('abr-cmd'), reason: undefined }), /its "reason" is missing/],
    ['no ticket', () => ({ ...denial('abr-cmd'), ticket: undefined }), /its "ticket" is missing/],
    ['a number for a name', () => denial('abr-cmd', { countersignedBy: 7 }), /its "countersignedBy" won't do/],
    ['a long line', () => denial('abr-cmd', { reason: 'x'.repeat(70_000) }), /longer than 65536 bytes/],
    ['what is no UTF-8', () => '\u0000', /no JSON object|UTF-8/],
  ])('with %s are told with their number, and the others still go', async (_what, wrong, why) => {
    const given = wrong();
    const job = carrying('deny', env);
    job.send(`${typeof given === 'string' ? given : JSON.stringify(given)}\n`);
    job.line(denial('abr-obsidian'));
    job.end();
    const { code, answers } = await job.ended;
    expect(code).toBe(2);
    expect(answers).toMatchObject([
      { line: 1, decision: null, status: 'refused', by: 'client', message: expect.stringMatching(why) },
      { line: 2, status: 'applied' },
    ]);
    expect(sandbox.record).toHaveLength(1);
  });

  test.each([
    ['approve', 'scope', { scope: 'organization' }, /scope is not known/],
    ['approve', 'rule', { rule: { by: 'maintenance', mode: 'learning' } }, /rule is not known/],
    [
      'approve',
      'application',
      { application: { use: 'existing', id: '00000000-0000-4000-8000-000000000000' } },
      /its "application.use" won't do/,
    ],
  ] as const)('%s: nothing widens whom it reaches (%s)', async (verb, _what, more, why) => {
    const job = carry(verb, approval('unsigned-downloads', more));
    job.end();
    const { code, answers } = await job.ended;
    expect(code).toBe(2);
    expect(answers[0]?.message).toMatch(why);
    expect(sandbox.record).toEqual([]);
  });

  test('with a choice take it, where it is one of a matching application on this computer', async () => {
    const asking = carry('approve', approval('acrobat-install'));
    asking.end();
    const [answer] = (await asking.ended).answers;
    const options = answer?.choices?.map((choice) => choice.options) ?? [];
    expect(answer?.status).toBe('needs-choice');
    const job = carry('approve', ...options.map((option) => approval('acrobat-install', option)));
    job.end();
    const { answers } = await job.ended;
    expect(sandbox.record.length).toBeLessThanOrEqual(1);
    expect(answers.every(({ status }) => status !== 'unknown')).toBe(true);
  });

  test('approve the file that the ticket showed, by its SHA-256, and no other', async () => {
    const { stdout } = await run('show', named('unsigned-downloads'), '--json');
    const sha256 = /"sha256": "([0-9a-f]{64})"/.exec(stdout)?.[1] ?? '';
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const other = sha256.replaceAll(/[0-9]/g, '0');
    const wrong = [approval('unsigned-downloads', { sha256: other }), approval('abr-session', { sha256 })];
    const right = [approval('unsigned-downloads', { sha256: sha256.toUpperCase() })];
    const job = carry('approve', ...wrong, approval('unsigned-downloads', { sha256: 'abc' }), ...right);
    job.end();
    const { answers } = await job.ended;
    const isOther = { status: 'refused', by: 'guardrail', message: expect.stringMatching(/not the file .* SHA-256/) };
    expect(answers).toMatchObject([
      isOther,
      isOther,
      { status: 'refused', by: 'client', message: expect.stringMatching(/its "sha256" won't do/) },
      { status: 'applied' },
    ]);
    expect(sandbox.record).toHaveLength(1);
  });

  test('end with the worst of their exit codes', async () => {
    sandbox.faults.add({
      when: { where: ({ method, path }) => method === 'DELETE' && path.includes(idOf(named('abr-obsidian'))) },
      do: { kind: 'resetBeforeEffect' },
    });
    const job = carry('deny', denial('abr-cmd'), denial('abr-cmd'), denial('abr-obsidian'));
    job.end();
    const { code, answers } = await job.ended;
    expect(answers.map(({ status }) => status)).toEqual(['applied', 'already-handled', 'not-applied']);
    // That one may have arrived all the same.
    expect(code).toBe(4);
  });

  test.each([401, 429])(
    'after HTTP %i the rest of that account is not tried, and each line says so',
    async (status) => {
      const job = carrying('deny', env);
      job.line(denial('abr-cmd'));
      expect(await job.answer()).toMatchObject({ status: 'applied' });
      sandbox.faults.add({
        when: { vendor: 'admin-by-request' },
        do: { kind: 'status', status, headers: { 'retry-after': '0' } },
      });
      job.line(denial('abr-obsidian'));
      expect((await job.answer()).status).not.toBe('applied');
      const before = sandbox.calls.filter(({ vendor }) => vendor === 'admin-by-request').length;
      job.line(denial('abr-mac-unscanned'));
      job.line(denial('obsidian-contoso'));
      job.end();
      const { code, answers } = await job.ended;
      expect(code).toBe(1);
      expect(answers.slice(2)).toMatchObject([
        { line: 3, status: 'not-applied', message: expect.stringMatching(/^Not begun, because an earlier one failed/) },
        { line: 4, status: 'applied' },
      ]);
      expect(sandbox.calls.filter(({ vendor }) => vendor === 'admin-by-request')).toHaveLength(before);
    },
  );

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends after the one it is at, whose outcome is told', async (signal) => {
    const job = carrying('deny', env);
    sandbox.faults.add({
      when: { where: ({ method }) => method === 'DELETE' },
      times: 1,
      do: { kind: 'meanwhile', run: () => job.signal(signal) },
    });
    job.line(denial('abr-cmd'));
    job.line(denial('abr-obsidian'));
    const { code, answers } = await job.ended;
    expect({ code, answers }).toMatchObject({ code: 0, answers: [{ line: 1, status: 'applied' }] });
    expect(sandbox.record).toHaveLength(1);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s while no line comes ends it at once', async (signal) => {
    const job = carry('deny', denial('abr-cmd'));
    await job.answer();
    job.signal(signal);
    expect((await job.ended).code).toBe(0);
  });

  test('whoever reads no answers has no more done in their name', async () => {
    const job = carrying('deny', env);
    job.line(denial('abr-cmd'));
    await job.answer();
    job.leave();
    job.line(denial('abr-obsidian'));
    job.line(denial('abr-mac-unscanned'));
    job.end();
    const { code, stderr } = await job.ended;
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^Line 2: It was carried out \(decision [\w-]{22}\), but standard output could not be written \(EPIPE\)\. No line after it was begun\.\n$/,
    );
    expect(sandbox.record).toHaveLength(2);
  });

  test.each([
    ['the same', PERSON],
    ["another person's", ['--countersigned-by', 'Robin Second', '--ticket', 'INC0010043']],
  ] as const)('of two jobs at once the second, with %s, is told to try again', async (_what, by) => {
    const when = { where: ({ method }: { readonly method: string }) => method === 'DELETE' };
    const { promise: isSent, resolve } = Promise.withResolvers<void>();
    sandbox.faults.add({ when, times: 1, do: { kind: 'meanwhile', run: resolve } });
    sandbox.faults.add({ when, times: 1, do: { kind: 'hang' } });
    carry('deny', denial('abr-cmd'));
    await isSent;
    const { code, stdout } = await run('deny', named('abr-cmd'), ...by, '--reason', 'Not needed.', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      decision: null,
      status: 'unknown',
      message: expect.stringMatching(
        /is being carried out by another job just now.*try again\. Nothing was sent by this/,
      ),
      targets: [{ request: named('abr-cmd'), status: 'unknown' }],
    });
    expect(code).toBe(4);
    expect(sandbox.record.length).toBeLessThanOrEqual(1);
  });

  test('for an account that allows none are refused, line by line', async () => {
    env = { ...env, ...accountsOf(sandbox, { threatLocker: unattended }) };
    const job = carry('deny', denial('abr-cmd'), denial('obsidian-contoso'));
    job.end();
    const { answers, code } = await job.ended;
    expect(answers).toMatchObject([{ status: 'refused', by: 'guardrail' }, { status: 'applied' }]);
    expect(code).toBe(3);
  });

  test('are proved afterwards by the secret, and by no other', async () => {
    const job = carry('deny', denial('abr-cmd'), denial('obsidian-contoso'));
    job.end();
    await job.ended;
    const proved = await run('journal', 'verify', '--unattended');
    expect(proved).toMatchObject({ code: 0, stderr: '' });
    expect(proved.stdout).toContain('2 decisions carried back by a job, each proved by its secret.');
    expect(JSON.parse((await run('journal', 'verify', '--unattended', '--json')).stdout)).toMatchObject({
      unattended: 2,
      flaws: [],
    });
    env = { ...env, [UNATTENDED_VARIABLE]: `${UNATTENDED_SECRET}-of-another` };
    const other = await run('journal', 'verify', '--unattended');
    expect(other.code).toBe(1);
    expect(other.stdout.match(/made with another secret/g)).toHaveLength(2);
    expect((await run('journal', 'verify')).code).toBe(0);
  });

  test('no secret stands in what is answered, nor in the journal', async () => {
    const job = carry('deny', denial('abr-cmd'));
    job.end();
    const { answers } = await job.ended;
    const { stdout } = await run('journal', 'export');
    for (const secret of [UNATTENDED_SECRET, sandbox.adminByRequest.apiKey]) {
      expect(JSON.stringify(answers) + stdout).not.toContain(secret);
    }
    expect(stdout).toContain('"unattended');
  });
});
