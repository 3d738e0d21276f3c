import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FaultAction, Vendor } from '@countersign/shared/sandbox';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { inFile } from '../../shared/ledger/setup.ts';
import { connect } from '../mcp/client.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { buildIfMissing, countersign, temporaryFolder } from './command.ts';
import { atTerminal, HAS_TERMINALS, type Terminal } from './terminal.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_Z = '\u001a';
const NO_TERMINAL =
  'Only a person at a terminal can confirm a decision, and this command was started without one. Nothing was sent.';

let place: Place;
beforeAll(async () => {
  buildIfMissing();
  place = await openPlace();
});
afterAll(() => place.close());

const at = (args: readonly string[], redirected?: string) => atTerminal(args, place.env, 80, redirected);

/** The text that a question asks for. */
function textIn(words: string): string {
  const text = /Type ((?:approve|deny) [A-Za-z0-9._-]{1,24}) to confirm it/.exec(words)?.[1];
  if (text === undefined) throw new Error(`no text to type in: ${words}`);
  return text;
}

/** What the ledger has of the plans on a request, the oldest first. */
function plansOn(reference: string): readonly unknown[] {
  return inFile(path.join(place.folder, 'state'), (db) =>
    db
      .prepare('SELECT d.phase FROM decisions d JOIN targets t USING (decision) WHERE t.request = ? ORDER BY d.seq')
      .all(reference)
      .map((row) => row['phase']),
  );
}

const VENDORS: readonly Vendor[] = ['threatlocker', 'admin-by-request'];

describe.runIf(HAS_TERMINALS)('at a terminal', () => {
  test.each(VENDORS)('approve, %s: the plan is shown whole, and what is confirmed happens once', async (vendor) => {
    const { id, reference } = place.arrival(vendor);
    const terminal = at(['approve', reference]);
    const question = await terminal.asked();
    expect(question).toMatch(/APPROVE, account acme(-abr)? \(SANDBOX\)\. /);
    for (const part of ['Reach: ', 'Asked for by ', 'Their reason ', 'File ', 'Signed by ', 'Scan ']) {
      expect(question).toContain(part);
    }
    expect(question).toContain(`Request: ${reference} (SANDBOX)`);
    expect(place.writesOn(id)).toEqual([]);
    terminal.type(textIn(question));
    const { code, words } = await terminal.ended();
    expect(code).toBe(0);
    expect(words).toContain('The request is approved.');
    expect(words).toMatch(/Journal head: \d+:[\da-f]{64}/);
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    expect(plansOn(reference)).toEqual(['applied']);
  });

  test.each(VENDORS)('deny, %s: with its reason, in one confirmation', async (vendor) => {
    const { id, reference } = place.arrival(vendor);
    const terminal = at(['deny', reference, '--reason', 'Use the software center.']);
    const question = await terminal.asked();
    expect(question).toContain('Use the software center.');
    terminal.type(textIn(question));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    expect(JSON.stringify(place.writesOn(id))).toMatch(/Use(%20|\+| )the(%20|\+| )software(%20|\+| )center/);
  });

  test('a denial without a reason asks for one', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = at(['deny', reference]);
    expect(await terminal.asked()).toContain('Why is it denied? Type one clear sentence');
    terminal.type('Not a tool of ours.');
    const question = await terminal.asked();
    expect(question).toContain('Reason: "Not a tool of ours."');
    terminal.type(textIn(question));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('another text confirms nothing and ends nothing; the right one does afterwards', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = at(['approve', reference]);
    const text = textIn(await terminal.asked());
    for (const wrong of ['yes', 'approve', text.replace('approve', 'deny'), text.toUpperCase(), 'decline']) {
      terminal.type(wrong);
      expect(await terminal.asked()).toContain(`Nothing was done: that is not "${text}". > `);
    }
    expect(place.writesOn(id)).toEqual([]);
    terminal.type(text);
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test('several are one decision, which is confirmed by their number', async () => {
    const arrived = [place.arrival('threatlocker'), place.arrival('threatlocker')];
    const terminal = at(['deny', ...arrived.map(({ reference }) => reference), '--reason', 'No.']);
    const question = await terminal.asked();
    expect(question).toContain('DENY 2 requests, account acme');
    expect(textIn(question)).toBe('deny 2');
    terminal.type('deny 2');
    const { code, words } = await terminal.ended();
    expect(code).toBe(0);
    expect(words).toContain('2 of 2 were carried out.');
    for (const { id, reference } of arrived) {
      expect(words).toContain(`${reference}: applied.`);
      expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    }
  });
});

/** A way to each question, with a person who has answered those before it. */
const QUESTIONS: Readonly<Record<string, () => Promise<Standing>>> = {
  'at the reason': async () => {
    const it = place.arrival('threatlocker');
    const terminal = at(['deny', it.reference]);
    await terminal.asked();
    return { ...it, terminal, says: 'The question was left without an answer. Nothing was sent.', phases: [] };
  },
  'at the choice': async () => {
    const id = place.sandbox.id('anydesk');
    const reference = `acme/${id}`;
    const terminal = at(['approve', reference]);
    await terminal.asked();
    return {
      id,
      reference,
      terminal,
      says: 'has to be said which application is permitted. Nothing was sent.',
      phases: [],
    };
  },
  'at the text': async () => {
    const it = place.arrival('threatlocker');
    const terminal = at(['approve', it.reference]);
    await terminal.asked();
    return { ...it, terminal, says: LEFT, phases: ['refused'] };
  },
  'at the second text': async () => {
    const it = place.arrival('admin-by-request', AT_STOP);
    const terminal = at(['approve', it.reference]);
    terminal.type(textIn(await terminal.asked()));
    await terminal.asked();
    return { ...it, terminal, says: LEFT, phases: ['refused'] };
  },
};

interface Standing {
  readonly id: string;
  readonly reference: string;
  readonly terminal: Terminal;
  readonly says: string;
  /** Of its plans, afterwards. */
  readonly phases: readonly string[];
}

const LEFT = 'The question was left without an answer. Nothing was sent.';
const AT_STOP = { application: { file: 'invoice.pdf.exe', path: 'C:\\Tools' } };

const WAYS: Readonly<Record<string, (terminal: Terminal) => void | Promise<void>>> = {
  'Enter alone': (terminal) => terminal.press('\r'),
  'Ctrl-C': (terminal) => terminal.press(CTRL_C),
  'Ctrl-D': (terminal) => terminal.press(CTRL_D),
  SIGHUP: (terminal) => terminal.signal('SIGHUP'),
  SIGTERM: (terminal) => terminal.signal('SIGTERM'),
};

describe.runIf(HAS_TERMINALS).each(Object.keys(QUESTIONS))('%s', (question) => {
  const open = async () => {
    const make = QUESTIONS[question];
    if (!make) throw new Error(question);
    return await make();
  };

  test.each(Object.keys(WAYS))('%s sends nothing and leaves nothing open', async (way) => {
    const { id, reference, terminal, says, phases } = await open();
    await WAYS[way]?.(terminal);
    const { code, words } = await terminal.ended();
    expect(code).toBe(3);
    expect(words).toContain(says);
    expect(place.writesOn(id)).toEqual([]);
    expect(plansOn(reference)).toEqual(phases);
  });

  test('a terminal that is gone sends nothing and leaves nothing open', async () => {
    const { id, reference, terminal, phases } = await open();
    terminal.hangUp();
    await terminal.ended();
    expect(place.writesOn(id)).toEqual([]);
    expect(plansOn(reference)).toEqual(phases);
  });
});

describe.runIf(HAS_TERMINALS)('where there is a choice', () => {
  const reference = (name: string) => `acme/${place.sandbox.id(name)}`;
  const writesOn = (name: string) => place.writesOn(place.sandbox.id(name));

  test('it is shown with its reach, and the plan is of the one that is taken', async () => {
    const terminal = at(['approve', reference('acrobat-install'), '--ticket', 'INC-77']);
    expect(await terminal.asked()).toMatch(
      / 1 A new application "Reader_en_install.exe" for this file alone Reach: .* 2 Permit the matching application .* Reach: .* Which one\? Type its number, or press Enter to leave it\. > $/,
    );
    for (const wrong of ['0', '3', 'one']) {
      terminal.type(wrong);
      expect(await terminal.asked()).toContain('There are the numbers 1 to 2. > ');
    }
    terminal.type('2');
    const question = await terminal.asked();
    expect(question).toContain('everything in the application "Adobe Acrobat (Built-In)"');
    expect(question).toContain('INC-77');
    terminal.type(textIn(question));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(writesOn('acrobat-install')).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  });

  test('--new without a name needs none, and takes the name of the file', async () => {
    const terminal = at(['approve', reference('mac-rectangle'), '--new']);
    const question = await terminal.asked();
    expect(question).toContain('APPROVE, account acme');
    expect(question).toContain('this exact file');
    terminal.type(textIn(question));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(writesOn('mac-rectangle')).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  });

  test('--elevation says what an elevation request leaves open', async () => {
    const terminal = at(['approve', reference('elevate-assigned'), '--elevation', 'elevate', '--hours', '4']);
    const question = await terminal.asked();
    expect(question).toMatch(/It runs with administrator rights, .* For 4 h\./);
    terminal.press(CTRL_D);
    expect(await terminal.ended()).toMatchObject({ code: 3 });
    const open = at(['approve', reference('elevate-assigned')]);
    expect(await open.asked()).toMatch(/ 1 .*without elevation .* 3 .*silently .* > $/);
    open.press(CTRL_D);
    expect(await open.ended()).toMatchObject({ code: 3 });
    expect(writesOn('elevate-assigned')).toEqual([]);
  });

  test('several are not asked for one by one, and planned together with --new', async () => {
    const both = [reference('payroll'), reference('shared-dll')];
    const printed = path.join(temporaryFolder(), 'out');
    const left = await at(['approve', ...both, '--json'], `> ${printed}`).ended();
    expect(left.code).toBe(3);
    for (const one of both) expect(left.words).toContain(`${one} 1 A new application`);
    expect(left.words).toContain('Otherwise decide these singly.');
    expect(JSON.parse(readFileSync(printed, 'utf8'))).toMatchObject({
      decision: null,
      status: 'needs-choice',
      targets: both.map((request) => ({ request, status: 'needs-choice' })),
      choices: expect.arrayContaining(both.map((request) => expect.objectContaining({ request }))),
    });
    const terminal = at(['approve', ...both, '--new']);
    expect(await terminal.asked()).toContain('APPROVE 2 requests, account acme');
    terminal.type('approve 2');
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    for (const name of ['payroll', 'shared-dll']) {
      expect(writesOn(name)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    }
  });
});

describe.runIf(HAS_TERMINALS)('a request at stop', () => {
  test('asks a second time, by the name of what was found, and takes no other text', async () => {
    const { id, reference } = place.arrival('admin-by-request', AT_STOP);
    const terminal = at(['approve', reference]);
    const text = textIn(await terminal.asked());
    terminal.type(text);
    expect(await terminal.asked()).toContain('To confirm it all the same, type "despite masquerade".');
    terminal.type(text);
    expect(await terminal.asked()).toContain('Nothing was done: that is not "despite masquerade".');
    expect(place.writesOn(id)).toEqual([]);
    terminal.type('despite masquerade');
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  });

  test('is denied like any other', async () => {
    const { id, reference } = place.arrival('admin-by-request', AT_STOP);
    const terminal = at(['deny', reference, '--reason', 'No.']);
    terminal.type(textIn(await terminal.asked()));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });
});

describe.runIf(HAS_TERMINALS)('nobody is asked in vain', () => {
  test.each<readonly [what: string, name: string, more: readonly string[], says: RegExp]>([
    [
      'what a scanner calls malicious',
      'abr-malicious',
      [],
      /A scanner calls this file malicious\. .* It can be denied\. Nothing was sent\./,
    ],
    [
      'what was decided before',
      'already-denied',
      [],
      /This request is already denied by Robin Rival\. Nothing was sent\./,
    ],
    ['what no approval from here can be', 'usb-read', [], /A storage request can't be approved here/],
    [
      'an option that the vendor has not',
      'abr-cmd',
      ['--new'],
      /An approval in Admin By Request has no choice of an application/,
    ],
    [
      'an application that is not offered',
      'obsidian-harbor',
      ['--existing', '00000000-0000-4000-8000-000000000001'],
      /That application is not offered for this request\. Choose one that is\./,
    ],
  ])('about %s', async (_what, name, more, says) => {
    const id = place.sandbox.id(name);
    const { code, words } = await at([
      'approve',
      `${name.startsWith('abr') ? 'acme-abr' : 'acme'}/${id}`,
      ...more,
    ]).ended();
    expect(code).toBe(3);
    expect(words).toMatch(says);
    expect(words).not.toContain('to confirm it');
    expect(place.writesOn(id)).toEqual([]);
  });

  test('where the account takes no answer at a terminal', async () => {
    const other = await openPlace({ accounts: { threatLocker: { channels: ['extension'] } } });
    onTestFinished(() => other.close());
    const { id, reference } = other.arrival('threatlocker');
    const { code, words } = await atTerminal(['approve', reference], other.env).ended();
    expect(code).toBe(3);
    expect(words).toContain('The account "acme" is set so that nothing is confirmed at a terminal. Nothing was sent.');
    expect(other.writesOn(id)).toEqual([]);
  });

  test.each<readonly [what: string, fault: FaultAction, says: RegExp]>([
    [
      'a token that is refused',
      { kind: 'status', status: 401, body: { message: 'Unauthorized' } },
      /token.* Nothing was planned, and nothing was sent\./,
    ],
    [
      'a vendor that is gone',
      { kind: 'resetBeforeEffect' },
      /connection.* Nothing was planned, and nothing was sent\./i,
    ],
  ])('for %s', async (_what, fault, says) => {
    const { id, reference } = place.arrival('threatlocker');
    place.sandbox.faults.add({ do: fault });
    const { code, words } = await at(['approve', reference]).ended();
    place.sandbox.faults.clear();
    expect(code).toBe(1);
    expect(words).toMatch(says);
    expect(plansOn(reference)).toEqual([]);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('Ctrl-C while it is read ends it at once', async () => {
    const { id, reference } = place.arrival('threatlocker');
    let terminal: Terminal | null = null;
    place.sandbox.faults.add({ do: { kind: 'meanwhile', run: () => terminal?.press(CTRL_C) } });
    place.sandbox.faults.add({ do: { kind: 'hang' } });
    terminal = at(['approve', reference]);
    const { code, words } = await terminal.ended();
    place.sandbox.faults.clear();
    expect(code).toBe(3);
    expect(words).toContain(LEFT);
    expect(place.writesOn(id)).toEqual([]);
  });
});

describe.runIf(HAS_TERMINALS)('between question and answer', () => {
  const answered = async (happens: (it: { readonly id: string }) => unknown) => {
    const it = place.arrival('threatlocker');
    const terminal = at(['deny', it.reference, '--reason', 'No.']);
    const text = textIn(await terminal.asked());
    happens(it);
    terminal.type(text);
    const ended = await terminal.ended();
    place.sandbox.faults.clear();
    return { ...it, ...ended };
  };

  test('somebody else decides first: who, and that nothing was sent', async () => {
    const { id, code, words } = await answered((it) => place.sandbox.rivalDecides('threatlocker', it.id, 'approve'));
    expect(code).toBe(3);
    expect(words).toMatch(/It is approved already, by Robin Rival\. Nothing was sent\./);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('the request changes: what, and that nothing was sent', async () => {
    const { id, code, words } = await answered((it) =>
      place.sandbox.change('threatlocker', it.id, (request) => {
        request.reason = 'Another reason.';
      }),
    );
    expect(code).toBe(3);
    expect(words).toContain('Since this was planned, the reason changed. Look at the request again. Nothing was sent.');
    expect(place.writesOn(id)).toEqual([]);
  });

  test('the token is revoked: that nothing was sent, with exit code 1', async () => {
    const { id, code, words } = await answered(() =>
      place.sandbox.faults.add({ do: { kind: 'status', status: 401, body: { message: 'Unauthorized' } } }),
    );
    expect(code).toBe(1);
    expect(words).toMatch(/could not be read again before the decision: .* Nothing was sent\./);
    expect(place.writesOn(id)).toEqual([]);
  });
});

test.runIf(HAS_TERMINALS)(
  'Ctrl-C while it is carried out takes nothing back, and what became of it is told',
  async () => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = at(['deny', reference, '--reason', 'No.']);
    const text = textIn(await terminal.asked());
    const when = { method: 'POST', path: 'UpdateForReject' };
    place.sandbox.faults.add({ when, do: { kind: 'meanwhile', run: () => terminal.press(CTRL_C) } });
    place.sandbox.faults.add({ when, do: { kind: 'latency', ms: 1_000 } });
    terminal.type(text);
    const { code, words } = await terminal.ended();
    place.sandbox.faults.clear();
    expect(code).toBe(0);
    expect(words).toContain('It is under way and can not be taken back. What became of it is told in a moment.');
    expect(words).toContain('The request is denied.');
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  },
);

test.runIf(HAS_TERMINALS)('a request that an assistant has proposed to decide says how that is answered', async () => {
  const { id, reference } = place.arrival('threatlocker');
  const assistant = await connect(place, { era: 'modern', forms: false, name: 'an assistant' });
  onTestFinished(() => assistant.close());
  const { structured } = await assistant.call('approve_request', { requests: [reference] });
  const { code, words } = await at(['deny', reference, '--reason', 'No.']).ended();
  expect(code).toBe(3);
  expect(words).toContain(
    `a person may answer it with: countersign confirm ${structured['decision']}. Nothing was sent.`,
  );
  expect(place.writesOn(id)).toEqual([]);
});

describe.runIf(HAS_TERMINALS)('Ctrl-Z', () => {
  const stoppedAt = (args: readonly string[]) => atTerminal(args, place.env, 80, '', 'xterm', 'lets go on');

  test('and "fg" find the question where it was, as often as one likes', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = stoppedAt(['deny', reference]);
    await terminal.asked();
    terminal.press(CTRL_Z);
    await terminal.asked();
    terminal.type('Not a tool of ours.');
    const text = textIn(await terminal.asked());
    expect(place.writesOn(id)).toEqual([]);
    terminal.press(CTRL_Z);
    await terminal.asked();
    terminal.type(text);
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('and "fg" leave a question that can be left', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = stoppedAt(['approve', reference]);
    await terminal.asked();
    terminal.press(CTRL_Z);
    await terminal.asked();
    terminal.press(CTRL_C);
    const { code, words } = await terminal.ended();
    expect(code).toBe(3);
    expect(words).toContain(LEFT);
    expect(plansOn(reference)).toEqual(['refused']);
    expect(place.writesOn(id)).toEqual([]);
  });
});

test.runIf(HAS_TERMINALS)('a command that ends with nothing left to wait for has failed', async () => {
  const { id, reference } = place.arrival('threatlocker');
  const preloaded = path.join(temporaryFolder(), 'preload.cjs');
  writeFileSync(preloaded, "process.on('SIGUSR2', () => process._getActiveHandles().forEach((one) => one.unref?.()));");
  const env = { ...place.env, NODE_OPTIONS: `--require ${preloaded}` };
  const terminal = atTerminal(['approve', reference], env);
  await terminal.asked();
  await terminal.signal('SIGUSR2');
  expect(await terminal.ended()).toMatchObject({ code: 1 });
  expect(place.writesOn(id)).toEqual([]);
});

describe.runIf(HAS_TERMINALS)('only what is typed at the question answers it', () => {
  const draft = { application: { file: 'tool.exe', path: 'C:\\Tools' } };

  /** What is typed while the request is read, which takes long enough for it to arrive. */
  async function typedAhead(keys: string) {
    const it = place.arrival('admin-by-request', draft);
    let terminal: Terminal | null = null;
    place.sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run: () => terminal?.press(keys) } });
    place.sandbox.faults.add({ times: 1, do: { kind: 'latency', ms: 1_000 } });
    terminal = at(['deny', it.reference, '--reason', 'No.']);
    expect(textIn(await terminal.asked())).toBe('deny tool.exe');
    place.sandbox.faults.clear();
    return { ...it, terminal };
  }

  test('a whole line that is typed ahead does not', async () => {
    const { id, terminal } = await typedAhead('deny tool.exe\r');
    terminal.press(CTRL_D);
    expect(await terminal.ended()).toMatchObject({ code: 3 });
    expect(place.writesOn(id)).toEqual([]);
  });

  test('nor is a part of one that is typed ahead in the way', async () => {
    const { id, terminal } = await typedAhead('deny to');
    terminal.type('deny tool.exe');
    const { code, words } = await terminal.ended();
    expect(code).toBe(0);
    expect(words).not.toContain('Nothing was done');
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('nor does what is typed on behind the answer to the question before', async () => {
    const { id, reference } = place.arrival('admin-by-request', draft);
    const terminal = at(['deny', reference]);
    await terminal.asked();
    terminal.press('Not ours.\rdeny tool.exe\rdeny to');
    expect(textIn(await terminal.asked())).toBe('deny tool.exe');
    terminal.press(CTRL_D);
    expect(await terminal.ended()).toMatchObject({ code: 3 });
    expect(place.writesOn(id)).toEqual([]);
  });
});

describe.runIf(HAS_TERMINALS)('with something piped', () => {
  test('the question goes to the terminal and is answered there, and the answer alone goes to standard output', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const folder = temporaryFolder();
    const [given, printed] = [path.join(folder, 'in'), path.join(folder, 'out')];
    writeFileSync(given, 'yes\n'.repeat(50));
    const terminal = at(['approve', reference, '--json'], `< ${given} > ${printed}`);
    const text = textIn(await terminal.asked());
    expect(readFileSync(printed, 'utf8')).toBe('');
    terminal.type(text);
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(printed, 'utf8'))).toMatchObject({
      status: 'applied',
      targets: [{ request: reference, status: 'applied', attribution: 'ours' }],
    });
    expect(place.writesOn(id)).toHaveLength(1);
  });
});

describe('without a terminal', () => {
  test.each(['approve', 'deny'])('%s asks nobody and no vendor, with exit code 3', async (verdict) => {
    const { id, reference } = place.arrival('threatlocker');
    const before = place.sandbox.calls.length;
    expect(await countersign([verdict, reference], place.env)).toEqual({
      code: 3,
      stdout: '',
      stderr: `${NO_TERMINAL}\n`,
    });
    const { code, stdout, stderr } = await countersign([verdict, reference, '--json'], place.env);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      decision: null,
      status: 'refused',
      by: 'client',
      message: NO_TERMINAL,
      targets: [],
    });
    expect(place.sandbox.calls).toHaveLength(before);
    expect(place.writesOn(id)).toEqual([]);
  });
});

describe('wrong usage ends with exit code 2 and reads nothing', () => {
  test.each<readonly [args: readonly string[], says: string]>([
    [['approve'], "Missing required argument 'reference'."],
    [['approve', 'nonsense'], '"nonsense" is no reference.'],
    [['deny', 'acne/1'], 'There is no account "acne".'],
    [['approve', 'acme/1', '--matching', 'x'], '"--matching" takes an id'],
    [['approve', 'acme/1', '--matching', 'x', '--existing', 'y'], 'cannot be used with'],
    [['approve', '--new', 'acme/1', 'acme/2'], '"--new" took acme/1 for the application\'s name.'],
    [['approve', 'acme/1', '--path', 'C:\\x'], 'add "--by properties"'],
    [['approve', 'acme/1', '--mode', 'learning'], 'add "--by maintenance"'],
    [['approve', 'acme/1', '--by', 'maintenance'], '"--by maintenance" needs a mode'],
    [['approve', 'acme/1', '--scope', 'everyone'], '"--scope" takes computer, organization, or group:'],
    [['approve', 'acme/1', '--scope', 'group:x'], '"--group" takes an id'],
    [['approve', 'acme/1', '--hours', '4'], 'add "--elevation elevate"'],
    [['approve', 'acme/1', '--hours', '0', '--elevation', 'silent'], 'It must be a whole number of hours.'],
    [['approve', 'acme/1', '--expires', 'tomorrow'], '"--expires" takes an instant with its offset'],
    [['approve', 'acme/1', '--ticket', 'x'.repeat(65)], '"--ticket" takes 64 characters at most'],
    [['deny', 'acme/1', '--reason', ''], '"--reason" must not be empty'],
    [['deny', 'acme/1', '--yes'], "Unknown option '--yes'"],
  ])('%j', async (args, says) => {
    const before = place.sandbox.calls.length;
    const { code, stdout, stderr } = await countersign(args, place.env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(place.sandbox.calls).toHaveLength(before);
  });
});
