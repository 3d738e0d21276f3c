import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Plan, planDigest } from '@countersign/shared/approval';
import type { Vendor } from '@countersign/shared/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { run } from '../../../mcp-server/src/terminal/program.ts';
import { decisionIdOf } from '../../../shared/src/decide/decision-id.ts';
import { forbiddenIn, hostileCorpus } from '../../hostile-corpus.ts';
import { inFile } from '../../shared/ledger/setup.ts';
import { type Connection, connect } from '../mcp/client.ts';
import { type Clock, clockOf, hurried } from '../mcp/clock.ts';
import { answerIn, openLines } from '../mcp/lines.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { buildIfMissing, countersign, temporaryFolder } from './command.ts';
import { stage } from './stage.ts';
import { atTerminal, HAS_TERMINALS } from './terminal.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const HOUR = 3_600_000;

let place: Place;
beforeAll(async () => {
  buildIfMissing();
  place = await openPlace();
});
afterAll(() => place.close());

/** An assistant's client that can show no form. */
async function client(at = place, name = 'an assistant'): Promise<Connection> {
  const connection = await connect(at, { era: 'modern', forms: false, name });
  onTestFinished(() => connection.close());
  return connection;
}

/** Once its server process is gone. */
async function killed({ client: { transport }, pid }: Connection): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    const closed = transport?.onclose;
    if (transport)
      transport.onclose = () => {
        closed?.();
        resolve();
      };
  });
  process.kill(pid, 'SIGKILL');
  await gone;
}

interface Proposed {
  readonly decision: string;
  readonly id: string;
  readonly reference: string;
  readonly client: Connection;
  /** What the client was told. */
  readonly answer: string;
}

const TOOLS = { approve: 'approve_request', deny: 'deny_request', 'take-ownership': 'take_ownership' } as const;
const OPTIONS = { approve: {}, deny: { reason: 'Not needed.' }, 'take-ownership': {} } as const;

/** A request has arrived, and an assistant proposes to decide it. */
async function proposed(
  verdict: keyof typeof TOOLS = 'approve',
  {
    vendor = 'threatlocker',
    by,
    draft,
  }: { readonly vendor?: Vendor; readonly by?: Connection; readonly draft?: object } = {},
): Promise<Proposed> {
  const { id, reference } = place.arrival(vendor, draft);
  const assistant = by ?? (await client());
  const { structured, text } = await assistant.call(TOOLS[verdict], { requests: [reference], ...OPTIONS[verdict] });
  expect(structured).toMatchObject({ status: 'awaiting-confirmation' });
  return { decision: String(structured['decision']), id, reference, client: assistant, answer: text };
}

const confirming = (decision: string, env: Readonly<Record<string, string>> = {}) =>
  atTerminal(['confirm', decision], { ...place.env, ...env });

/** The text that a question asks for. */
function textIn(words: string): string {
  const text = /Type ((?:approve|deny|take-ownership) [A-Za-z0-9._-]{1,24}) to confirm it/.exec(words)?.[1];
  if (text === undefined) throw new Error(`no text to type in: ${words}`);
  return text;
}

const inLedger = (sql: string, ...values: readonly string[]) =>
  inFile(path.join(place.folder, 'state'), (db) => db.prepare(sql).all(...values));

const phaseOf = ({ decision }: Proposed) =>
  inLedger('SELECT phase FROM decisions WHERE decision = ?', decision)[0]?.['phase'];

describe.runIf(HAS_TERMINALS)('at a terminal', () => {
  test.each<readonly [verdict: 'approve' | 'deny', vendor: Vendor]>([
    ['approve', 'threatlocker'],
    ['deny', 'threatlocker'],
    ['approve', 'admin-by-request'],
    ['deny', 'admin-by-request'],
  ])(
    '%s, %s: what a client proposed that shows no form, a person confirms, and it happens once',
    async (verdict, vendor) => {
      const it = await proposed(verdict, { vendor });
      expect(it.answer).toContain(`countersign confirm ${it.decision}`);
      const terminal = confirming(it.decision);
      const question = await terminal.asked();
      expect(question).toContain(`${verdict.toUpperCase()}, proposed by "an assistant", account`);
      expect(question).toContain('(SANDBOX)');
      expect(question).toContain(`Request: ${it.reference} (SANDBOX)`);
      for (const part of ['Reach: ', 'Asked for by ', 'Their reason ', 'File ', 'Signed by ', 'Scan ']) {
        expect(question).toContain(part);
      }
      expect(question).toMatch(/It can be answered until [\d-]{10} [\d:]{8} UTC \((9|10) min from now\)\./);
      expect(place.writesOn(it.id)).toEqual([]);
      terminal.type(textIn(question));
      const { code, words } = await terminal.ended();
      expect(code).toBe(0);
      expect(words).toContain(`The request is ${verdict === 'approve' ? 'approved' : 'denied'}.`);
      expect(words).toMatch(/Journal head: \d+:[\da-f]{64}/);
      expect(place.writesOn(it.id)).toMatchObject([{ verdict, effect: 'applied' }]);
      const { text } = await it.client.call('get_request', { request: it.reference });
      expect(text).toContain(verdict === 'approve' ? 'approved' : 'denied');
    },
  );

  test('--json prints what became of it, as the tools answer, and nothing else to standard output', async () => {
    const it = await proposed();
    const printed = path.join(temporaryFolder(), 'out');
    const left = atTerminal(['confirm', it.decision, '--json'], place.env, 80, `< /dev/null > ${printed}`);
    await left.asked();
    left.press(CTRL_C);
    expect(await left.ended()).toMatchObject({ code: 3 });
    expect(JSON.parse(readFileSync(printed, 'utf8'))).toMatchObject({
      decision: it.decision,
      status: 'awaiting-confirmation',
    });
    const terminal = atTerminal(['confirm', it.decision, '--json'], place.env, 80, `< /dev/null > ${printed}`);
    terminal.type(textIn(await terminal.asked()));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(printed, 'utf8'))).toMatchObject({
      decision: it.decision,
      status: 'applied',
      targets: [{ request: it.reference, attribution: 'ours' }],
    });
    expect(place.writesOn(it.id)).toHaveLength(1);
  });

  test('a taking of ownership says from whom, and the journal whose it is now', async () => {
    const assignee = {
      userId: '7d9f3c52-50f0-4d1e-8d7e-2b8b0f6a1c11',
      username: 'robin',
      firstName: 'R',
      lastName: 'R',
    };
    const it = await proposed('take-ownership', { draft: { assignee } });
    const terminal = confirming(it.decision);
    const question = await terminal.asked();
    expect(question).toContain('TAKE OWNERSHIP, proposed by "an assistant", account');
    expect(question).toContain('away from "robin"');
    expect(textIn(question)).toMatch(/^take-ownership /);
    terminal.type(textIn(question));
    const { code, words } = await terminal.ended();
    expect(code).toBe(0);
    expect(words).toContain('is assigned to "Northwind Approvals API" now');
    expect(place.writesOn(it.id)).toMatchObject([{ verdict: 'take-ownership', effect: 'applied' }]);
    const journal = await countersign(['journal', 'list', '--json'], place.env);
    expect(journal.code).toBe(0);
    expect(journal.stdout).toMatch(/"verdict": ?"take-ownership"/);
    expect(journal.stdout).toMatch(/"decidedBy": ?"Northwind Approvals API"/);
  });

  test('another text confirms nothing and ends nothing; the right one does afterwards', async () => {
    const it = await proposed();
    const terminal = confirming(it.decision);
    const text = textIn(await terminal.asked());
    for (const wrong of [
      'yes',
      'approve',
      text.replace('approve', 'deny'),
      text.toUpperCase(),
      `${text} ${text}`,
      it.decision,
    ]) {
      terminal.type(wrong);
      expect(await terminal.asked()).toContain(`Nothing was done: that is neither "${text}" nor "decline". > `);
    }
    expect(place.writesOn(it.id)).toEqual([]);
    terminal.type(text);
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(it.id)).toHaveLength(1);
  });

  describe('a request at stop', () => {
    const draft = { application: { file: 'invoice.pdf.exe', path: 'C:\\Tools' } };
    const atStop = (verdict: 'approve' | 'deny') => proposed(verdict, { vendor: 'admin-by-request', draft });

    test('asks a second time, by the name of what was found, and takes no other text', async () => {
      const it = await atStop('approve');
      const terminal = confirming(it.decision);
      const question = await terminal.asked();
      expect(question).toContain('STOP: A program that is named like a document.');
      const text = textIn(question);
      terminal.type(text);
      expect(await terminal.asked()).toContain('To confirm it all the same, type "despite masquerade".');
      terminal.type(text);
      expect(await terminal.asked()).toContain('Nothing was done: that is neither "despite masquerade" nor "decline".');
      expect(place.writesOn(it.id)).toEqual([]);
      terminal.type('despite masquerade');
      expect(await terminal.ended()).toMatchObject({ code: 0 });
      expect(place.writesOn(it.id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    });

    test('left at the second question, it stays open and nothing is sent', async () => {
      const it = await atStop('approve');
      const terminal = confirming(it.decision);
      terminal.type(textIn(await terminal.asked()));
      await terminal.asked();
      terminal.press('\r');
      expect(await terminal.ended()).toMatchObject({ code: 3 });
      expect(phaseOf(it)).toBe('planned');
      expect(place.writesOn(it.id)).toEqual([]);
    });

    test('is denied like any other', async () => {
      const it = await atStop('deny');
      const terminal = confirming(it.decision);
      terminal.type(textIn(await terminal.asked()));
      expect(await terminal.ended()).toMatchObject({ code: 0 });
      expect(place.writesOn(it.id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    });
  });

  test.each([
    ['Enter alone', '\r'],
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('%s leaves it open for everybody', async (_name, keys) => {
    const it = await proposed();
    const terminal = confirming(it.decision);
    await terminal.asked();
    terminal.press(keys);
    const { code, words } = await terminal.ended();
    expect(code).toBe(3);
    expect(words).toMatch(/Nothing was sent\. It stays open until .* UTC \(.*\): countersign confirm [\w-]{22}/);
    expect(phaseOf(it)).toBe('planned');
    const again = confirming(it.decision);
    again.type(textIn(await again.asked()));
    expect(await again.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(it.id)).toHaveLength(1);
  });

  test('"decline" rejects the proposal, and the same client can not propose it again at once', async () => {
    const it = await proposed('deny');
    const terminal = confirming(it.decision);
    await terminal.asked();
    terminal.type('decline');
    const { code, words } = await terminal.ended();
    expect(code).toBe(3);
    expect(words).toContain(
      'What was asked for still waits in the queue. A person rejected the proposal; the request is neither approved nor denied by it. Nothing was sent.',
    );
    const again = await it.client.call('deny_request', { requests: [it.reference], reason: 'Not needed.' });
    expect(again.text).toContain('declined a decision');
    expect(place.writesOn(it.id)).toEqual([]);
  });

  test('a decision that ended says how, and who answered it', async () => {
    const it = await proposed();
    const first = confirming(it.decision);
    first.type(textIn(await first.asked()));
    await first.ended();
    const { code, words } = await confirming(it.decision).ended();
    expect(code).toBe(0);
    expect(words).toMatch(/The request is approved\. Answered by \S+, at a terminal\. $/);
    expect(place.writesOn(it.id)).toHaveLength(1);
  });

  test('a vendor that can not be read leaves it open', async () => {
    const it = await proposed();
    place.sandbox.faults.add({ do: { kind: 'status', status: 401, body: { message: 'Unauthorized' } } });
    const { code, words } = await confirming(it.decision).ended();
    place.sandbox.faults.clear();
    expect(code).toBe(1);
    expect(words).toMatch(/could not be read again .* Nothing was sent\. It stays open until/);
    const again = confirming(it.decision);
    again.type(textIn(await again.asked()));
    expect(await again.ended()).toMatchObject({ code: 0 });
  });

  test('what others wrote begins no line of ours', async () => {
    const forged = `${'x'.repeat(66)} Reach: Permits nothing at all. Scan          clean ${'y'.repeat(150)} Reach:`;
    const { reference } = place.arrival('threatlocker', { reason: forged, path: `C:\\${forged}.exe` });
    const assistant = await client();
    const { structured } = await assistant.call('approve_request', { requests: [reference], comment: forged });
    const terminal = confirming(String(structured['decision']));
    await terminal.asked();
    terminal.press(CTRL_D);
    const { screen } = await terminal.ended();
    const lines = screen.split('\r\n');
    expect(lines.filter((line) => /^ {0,2}\S*Reach/.test(line))).toEqual([
      expect.stringMatching(/^ {2}Reach: Permits this exact/),
    ]);
    expect(lines.filter((line) => /^ {0,2}Scan/.test(line))).toHaveLength(1);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

/** What happens to an open plan. */
interface Happening {
  readonly it: Proposed;
  readonly shift: (ms: number) => void;
}

const MEANWHILE: readonly (readonly [title: string, happens: (what: Happening) => unknown, says: RegExp])[] = [
  [
    'its plan was changed by SQL',
    ({ it }) =>
      inLedger("UPDATE decisions SET plan = replace(plan, 'computer', 'organization') WHERE decision = ?", it.decision),
    /they were changed by hand|There is no such decision/,
  ],
  [
    'its plan was changed by SQL, and the digest to match',
    ({ it }) => {
      const [row] = inLedger('SELECT plan FROM decisions WHERE decision = ?', it.decision);
      const plan = { ...(JSON.parse(String(row?.['plan'])) as Plan), confirmText: 'approve it' };
      inLedger(
        'UPDATE decisions SET plan = ?, digest = ? WHERE decision = ?',
        JSON.stringify(plan),
        planDigest(plan),
        it.decision,
      );
    },
    /they were changed by hand|There is no such decision/,
  ],
  ['it expired', ({ shift }) => shift(HOUR), /Nobody answered in time|The answer came too late/],
  [
    'the request changed at the vendor',
    ({ it }) =>
      place.sandbox.change('threatlocker', it.id, (request) => {
        request.reason = 'Another reason.';
      }),
    /Since this was planned, the reason changed\. Look at the request again\. Nothing was sent/,
  ],
  [
    'somebody else approved it at the vendor',
    ({ it }) => place.sandbox.rivalDecides('threatlocker', it.id, 'approve'),
    /It is approved already, by .*Rival.* Nothing was sent/,
  ],
  ['its client went away', ({ it }) => it.client.close(), /The client that proposed it is gone\. Nothing was sent/],
  ['its server was killed', ({ it }) => killed(it.client), /The client that proposed it is gone\. Nothing was sent/],
  [
    'another plan of its client took its place',
    async ({ it }) => {
      const deny = { requests: [it.reference], reason: 'No.' };
      expect((await it.client.call('deny_request', deny)).structured).toMatchObject({
        status: 'awaiting-confirmation',
      });
    },
    /The client that proposed it proposed another one instead\. Nothing was sent/,
  ],
];

describe.runIf(HAS_TERMINALS)('nothing is sent', () => {
  let clock: Clock;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    clock = await clockOf(place);
    const fast = await hurried(place);
    env = { NODE_OPTIONS: `${clock.env['NODE_OPTIONS']} ${fast['NODE_OPTIONS']}` };
  });
  const shift = (ms: number) => clock.shift(ms);

  test.each(MEANWHILE)('when before the question %s', async (_title, happens, says) => {
    const it = await proposed();
    onTestFinished(() => clock.reset());
    await happens({ it, shift });
    const { code, words } = await confirming(it.decision, env).ended();
    expect(words).toMatch(says);
    expect(words).not.toContain('to confirm it');
    expect(code).toBe(3);
    expect(place.writesOn(it.id)).toEqual([]);
  });

  test.each(MEANWHILE)('when between question and answer %s', async (_title, happens, says) => {
    const it = await proposed();
    onTestFinished(() => clock.reset());
    const terminal = confirming(it.decision, env);
    const text = textIn(await terminal.asked());
    await happens({ it, shift });
    terminal.type(text);
    const { code, words } = await terminal.ended();
    expect(words).toMatch(says);
    expect(code).toBe(3);
    expect(place.writesOn(it.id)).toEqual([]);
  });

  test('and a question closes by itself when its plan ends', async () => {
    const it = await proposed();
    const terminal = confirming(it.decision, env);
    await terminal.asked();
    await it.client.close();
    const { code, words } = await terminal.ended();
    expect(code).toBe(3);
    expect(words).toContain('It ended meanwhile, without an answer from here. The client that proposed it is gone.');
  });

  test('where the account takes no answer at a terminal', async () => {
    const other = await openPlace({ accounts: { threatLocker: { channels: ['elicitation'] } } });
    onTestFinished(() => other.close());
    const lines = await openLines(other, { era: 'modern' });
    const { id, reference } = other.arrival('threatlocker');
    await lines.ask('approve_request', { requests: [reference] });
    const { stdout } = await countersign(['confirm', '--json'], other.env);
    const [open] = (JSON.parse(stdout) as { open: { decision: string }[] }).open;
    const { code, words } = await atTerminal(['confirm', open?.decision ?? ''], other.env).ended();
    expect(code).toBe(3);
    expect(words).toMatch(/The account "acme" takes no answer through this channel\. Nothing was sent\. It stays open/);
    expect(other.writesOn(id)).toEqual([]);
    await lines.end();
  });
});

describe.runIf(HAS_TERMINALS)('several who are asked', () => {
  test('of two terminals the first answer counts, and the other is told how it ended and who answered', async () => {
    const it = await proposed();
    const [first, second] = [confirming(it.decision), confirming(it.decision)];
    const text = textIn(await first.asked());
    await second.asked();
    first.type(text);
    expect(await first.ended()).toMatchObject({ code: 0 });
    const { code, words } = await second.ended();
    expect(code).toBe(0);
    expect(words).toMatch(
      /It ended meanwhile, without an answer from here\. The request is approved\. .*Answered by \S+, at a terminal\./,
    );
    expect(place.writesOn(it.id)).toHaveLength(1);
  });

  test('of two who answer at the same moment one is heard', async () => {
    const it = await proposed();
    const both = [confirming(it.decision), confirming(it.decision)];
    const texts = await Promise.all(both.map(async (terminal) => textIn(await terminal.asked())));
    for (const [index, terminal] of both.entries()) terminal.type(texts[index] ?? '');
    const ends = await Promise.all(both.map((terminal) => terminal.ended()));
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(ends.filter(({ words }) => words.includes('Answered by'))).toHaveLength(1);
    expect(place.writesOn(it.id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    expect(inLedger("SELECT 1 FROM journal WHERE decision = ? AND phase = 'confirmed'", it.decision)).toHaveLength(1);
  });

  test.each([
    ['confirmed', 'applied', 0],
    ['declined', 'declined', 3],
  ] as const)(
    "a client's open form closes when it is %s at a terminal, and its call says what became of it",
    async (how, status, code) => {
      const lines = await openLines(place, { era: 'legacy', name: 'a client with forms' });
      const { id, reference } = place.arrival('threatlocker');
      const called = lines.request('tools/call', { name: 'approve_request', arguments: { requests: [reference] } });
      const form = await lines.question();
      const { stdout } = await countersign(['confirm', '--json'], place.env);
      const { open } = JSON.parse(stdout) as { open: { decision: string; requests: string[]; channel: string }[] };
      const waiting = open.find(({ requests }) => requests.includes(reference));
      expect(waiting).toMatchObject({ channel: 'elicitation', proposer: 'a client with forms', verdict: 'approve' });
      const terminal = confirming(waiting?.decision ?? '');
      const text = textIn(await terminal.asked());
      terminal.type(how === 'confirmed' ? text : 'decline');
      expect(await terminal.ended()).toMatchObject({ code });
      expect(answerIn(await called)).toMatchObject({ status });
      const cancelled = lines.output.map(
        (line) => JSON.parse(line) as { method?: string; params?: { requestId?: unknown } },
      );
      expect(cancelled.filter(({ method }) => method === 'notifications/cancelled')).toMatchObject([
        { params: { requestId: form.id } },
      ]);
      expect(place.writesOn(id)).toHaveLength(how === 'confirmed' ? 1 : 0);
      expect(await lines.end()).toBe(0);
    },
  );
});

describe('only a person at a terminal confirms', () => {
  test('what is typed ahead of the question answers nothing', async () => {
    const it = await proposed();
    for (const [name, value] of Object.entries(place.env)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const [row] = inLedger(
      "SELECT json_extract(plan, '$.confirmText') AS text FROM decisions WHERE decision = ?",
      it.decision,
    );
    const { surroundings, questions, type } = stage(['']);
    const { output } = surroundings;
    const typingAhead = (text: string) => {
      output.out(text);
      if (text.startsWith('Reading the request again')) type(String(row?.['text']));
    };
    const ahead = { ...output, out: typingAhead };
    const openPrompt = () => {
      const prompt = surroundings.openPrompt();
      return prompt && { ...prompt, output: ahead };
    };
    const code = await run(['confirm', it.decision], { ...surroundings, openPrompt });
    expect({ code, questions: questions() }).toEqual({ code: 3, questions: 1 });
    expect(phaseOf(it)).toBe('planned');
    expect(place.writesOn(it.id)).toEqual([]);
  });

  test('without one it says so with exit code 3, asks no vendor, and leaves it open', async () => {
    const it = await proposed();
    const before = place.sandbox.calls.length;
    const { code, stdout, stderr } = await countersign(['confirm', it.decision], place.env);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(
      'Only a person at a terminal can confirm a decision, and this command was started without one. Nothing was sent.\n',
    );
    expect(place.sandbox.calls).toHaveLength(before);
    expect(phaseOf(it)).toBe('planned');
  });

  test.each([
    ['--yes', /Unknown option '--yes'/],
    ['approve', /too many arguments|Expected 1 argument/i],
  ])('no %s stands in for what a person types', async (argument, says) => {
    const it = await proposed();
    const { code, stderr } = await countersign(['confirm', it.decision, argument], place.env);
    expect(code).toBe(2);
    expect(stderr).toMatch(says);
    expect(phaseOf(it)).toBe('planned');
  });

  test.runIf(HAS_TERMINALS)('an id that there is not is wrong usage, and makes no ledger', async () => {
    const home = temporaryFolder();
    const env = { HOME: home, COUNTERSIGN_STATE_DIR: path.join(home, 'state') };
    const none = await atTerminal(['confirm', 'nonsense'], env).ended();
    expect(none.code).toBe(2);
    expect(none.words).toContain(
      'There is no decision "nonsense" here. "countersign confirm" alone lists what can be answered.',
    );
    expect(existsSync(path.join(home, 'state'))).toBe(false);
    const { code, words } = await confirming('nonsense').ended();
    expect(code).toBe(2);
    expect(words).toContain('There is no decision "nonsense" here.');
  });

  test('no id looks like an option of the command that it is pasted behind', () => {
    for (const first of [0xf8, 0xf9, 0xfa, 0xfb]) {
      const bytes = Buffer.alloc(16, first);
      expect(bytes.toString('base64url')).toMatch(/^-/);
      expect(decisionIdOf(bytes)).toMatch(/^\w[\w-]{21}$/);
    }
  });
});

describe('the list of what is open', () => {
  let own: Place;
  let assistant: Connection;
  beforeEach(async () => {
    own = await openPlace();
    onTestFinished(() => own.close());
    assistant = await client(own, 'Desk "Assistant"');
  });
  const propose = async (tool: string, name: string, options: object = {}) => {
    const account = name.startsWith('abr') ? 'acme-abr' : 'acme';
    const { structured } = await assistant.call(tool, { requests: [`${account}/${own.sandbox.id(name)}`], ...options });
    return String(structured['decision']);
  };

  test('says so when there is nothing, and makes no ledger', async () => {
    expect(await countersign(['confirm'], own.env)).toEqual({
      code: 0,
      stdout: 'No decision waits for a person.\n',
      stderr: '',
    });
    expect(existsSync(path.join(own.folder, 'state'))).toBe(false);
  });

  test('names each with what, file, account, proposer, end and id, oldest first', async () => {
    const decisions = [
      await propose('approve_request', 'obsidian-contoso'),
      await propose('deny_request', 'abr-cmd', { reason: 'No.' }),
    ];
    const { code, stdout } = await countersign(['confirm'], own.env);
    expect(code).toBe(0);
    expect(stdout).toContain('2 decisions wait for a person, oldest first.');
    const rows = stdout
      .split('\n')
      .filter((line) => /^\d {2}/.test(line))
      .map((line) => line.split(/ {2,}/));
    expect(rows).toEqual([
      ['1', 'approve', 'Obsidian.exe', 'acme (SANDBOX)'],
      ['2', 'deny', 'cmd.exe', 'acme-abr (SANDBOX)'],
    ]);
    expect(stdout).toMatch(
      /proposed by "Desk 'Assistant'"\n {3}until [\d-]{10} [\d:]{8} UTC \(9 min from now\)\n {3}[\w-]{22}\n/,
    );
    expect(decisions.map((decision) => stdout.indexOf(decision))).not.toContain(-1);
    const { open } = JSON.parse((await countersign(['confirm', '--json'], own.env)).stdout) as { open: object[] };
    expect(open).toMatchObject([
      {
        decision: decisions[0],
        verdict: 'approve',
        file: 'Obsidian.exe',
        channel: 'terminal',
        accounts: [{ id: 'acme', sandbox: true }],
      },
      {
        decision: decisions[1],
        verdict: 'deny',
        file: 'cmd.exe',
        proposer: 'Desk "Assistant"',
        accounts: [{ id: 'acme-abr', sandbox: true }],
      },
    ]);
  });

  test('leaves out what a client proposed that is gone', async () => {
    await propose('approve_request', 'obsidian-contoso');
    await killed(assistant);
    expect((await countersign(['confirm'], own.env)).stdout).toBe('No decision waits for a person.\n');
  });

  test.runIf(HAS_TERMINALS)('lets a person take one by its number', async () => {
    await propose('approve_request', 'obsidian-contoso');
    await propose('deny_request', 'abr-cmd', { reason: 'No.' });
    const terminal = atTerminal(['confirm'], own.env, 50);
    await terminal.asked();
    for (const wrong of ['0', '3', 'deny', '1.5']) {
      terminal.type(wrong);
      expect(await terminal.asked()).toContain('There are the numbers 1 to 2. > ');
    }
    terminal.type('2');
    const question = await terminal.asked();
    expect(question).toContain('DENY, proposed by "Desk \'Assistant\'", account acme-abr (SANDBOX).');
    terminal.type(textIn(question));
    const { code, screen } = await terminal.ended();
    expect(code).toBe(0);
    const beyond = screen.split('\r\n').filter((line) => line.length > 50 && !line.startsWith('Journal head'));
    expect(beyond).toEqual([]);
    expect(own.sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test.runIf(HAS_TERMINALS)('Enter takes none', async () => {
    await propose('approve_request', 'obsidian-contoso');
    const terminal = atTerminal(['confirm'], own.env);
    await terminal.asked();
    terminal.type('');
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(own.sandbox.record).toEqual([]);
  });
});

test.runIf(HAS_TERMINALS)('no hostile text reaches a terminal raw', async () => {
  const own = await openPlace({ sandbox: { population: 'empty' } });
  onTestFinished(() => own.close());
  const env = { ...own.env, ...(await hurried(own)) };
  const hostile = hostileCorpus.filter(({ text }) => forbiddenIn(text).length > 0);
  const requests = hostile.map(
    ({ text }) =>
      own.arrival('threatlocker', { reason: text, username: text, path: `C:\\${text}`, certificate: text }).reference,
  );
  const all = hostile
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 2_000);
  const assistant = await connect(own, { era: 'modern', forms: false, name: all, env });
  onTestFinished(() => assistant.close());
  const { structured } = await assistant.call('deny_request', { requests, reason: all.slice(0, 300) });
  const decision = String(structured['decision']);
  const list = atTerminal(['confirm'], env);
  await list.asked();
  list.press(CTRL_D);
  const terminal = atTerminal(['confirm', decision], env);
  const question = await terminal.asked();
  expect(question).toContain(`DENY ${requests.length} requests`);
  terminal.type('decline');
  const ends = await Promise.all([list.ended(), terminal.ended()]);
  expect(ends.map(({ code }) => code)).toEqual([0, 3]);
  for (const { screen } of ends) expect(forbiddenIn(screen, '\r\n')).toEqual([]);
  expect(own.sandbox.record).toEqual([]);
});
