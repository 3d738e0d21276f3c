import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../extension/src/app.ts';
import { type Asked, createMemoryHost } from '../../support/memory-host.ts';
import { actIn, notices, openEditorPlace, questions, requestAt, writesIn } from '../window.ts';

// A person's own decisions in steps, through the whole extension.

const GO_ON = 'Go on to the confirmation';
const NOT_NEEDED = 'Not needed for your work. Please describe what you want to do with it.';
const FILE = 'pdf-merge-portable.exe';

async function open() {
  const place = await openEditorPlace();
  const host = createMemoryHost();
  onTestFinished(() => host.close());
  host.set('accountsFile', path.join(place.folder, 'accounts.json'));
  host.set('groupBy', 'none');
  const { commands } = await createApp(host, null);
  const labels = async () => (await host.seen.pending.rows()).map(({ label }) => label);
  await expect.poll(labels).toEqual(expect.arrayContaining([FILE, 'cmd.exe']));
  return { place, host, commands, at: (name: string) => requestAt(place, name), node: host.seen.pending.node };
}

/** Answers what is asked by its title, placeholder or prompt, and presses the act in the dialog. */
function person(answers: Readonly<Record<string, string | readonly string[] | null>> = {}) {
  return (asked: Asked): string | readonly string[] | null => {
    if (asked.kind === 'ask') return actIn(asked.actions);
    const text = 'placeholder' in asked ? asked.placeholder : 'prompt' in asked ? asked.prompt : '';
    const known = Object.keys(answers).find((start) => text.startsWith(start));
    if (known !== undefined) return answers[known] ?? null;
    if (asked.kind === 'pick') return asked.labels.includes(GO_ON) ? GO_ON : (asked.labels[0] ?? null);
    return null;
  };
}

describe('approving one', () => {
  test('begins with the narrowest approval and ends in the dialog', async () => {
    const { place, host, commands, node } = await open();
    host.reply(person());
    await commands.approve(await node(FILE));
    expect(writesIn(place)).toEqual(['approve applied']);
    const [first] = host.asked;
    expect(first).toMatchObject({
      kind: 'pick',
      title: `Approve ${FILE}`,
      step: '1/2',
      labels: [
        'This file alone, on this computer',
        'This file alone, on the group "Workstations"',
        'This file alone, on the group "Servers"',
        'This file alone, in the whole organization',
        'Something else …',
      ],
    });
    const [dialog, ...others] = questions(host);
    expect(others).toEqual([]);
    expect(dialog?.actions).toEqual(['Show Everything', `Approve ${FILE}`]);
    expect(dialog?.detail).toContain('Reach: Permits this exact file on "CONTOSO-FRONT-05" only.');
  });

  test('sends a comment and a message that were written, and nothing that was not', async () => {
    const { place, host, commands, node } = await open();
    const wanted = ['Add a comment for colleagues …', 'Send the requester a message …', GO_ON];
    host.reply((asked) => {
      if (asked.kind === 'pick' && asked.labels.includes(GO_ON)) return wanted.shift() ?? null;
      return person({ 'A comment': 'Seen on the vendor’s page.', 'A message': 'You can install it now.' })(asked);
    });
    await commands.approve(await node(FILE));
    expect(writesIn(place)).toEqual(['approve applied']);
    const [dialog] = questions(host);
    expect(dialog?.detail).toContain('You can install it now.');
    expect(JSON.stringify(place.sandbox.record)).toContain('Seen on the vendor’s page.');
  });

  test('opens the review for whatever the steps do not offer', async () => {
    const { place, host, commands, node } = await open();
    host.reply(person({ 'What is to be approved?': 'Something else …' }));
    await commands.approve(await node(FILE));
    expect(host.ran).toContainEqual(expect.objectContaining({ command: 'review' }));
    expect(writesIn(place)).toEqual([]);
  });

  test('from the palette asks which', async () => {
    const { place, host, commands } = await open();
    host.reply(person({ 'Which request?': FILE }));
    await commands.approve();
    expect(writesIn(place)).toEqual(['approve applied']);
  });
});

describe('denying', () => {
  test('takes a reason from those of the settings, and tells the requester nothing unless asked to', async () => {
    const { place, host, commands, node, at } = await open();
    host.reply(person());
    await commands.deny(await node(FILE));
    expect(writesIn(place)).toEqual(['deny applied']);
    expect(place.sandbox.record).toMatchObject([{ verdict: 'deny' }]);
    expect(JSON.stringify(place.sandbox.record)).toContain(NOT_NEEDED);
    expect(questions(host)[0]?.detail).toContain(`Request: ${at('unsigned-downloads')}`);
  });

  test('takes a reason that was written, after going back from it too', async () => {
    const { place, host, commands, node } = await open();
    const typed = ['<back>', 'We could not find out who made it.'];
    host.reply((asked) =>
      asked.kind === 'input'
        ? (typed.shift() ?? null)
        : person({ 'Why is it denied? The requester': 'Write a reason …' })(asked),
    );
    await commands.deny(await node('cmd.exe'));
    expect(writesIn(place)).toEqual(['deny applied']);
    expect(JSON.stringify(place.sandbox.record)).toMatch(/We(\+|%20| )could/);
  });

  test('several of both vendors, asks once for each vendor, since one decision covers one', async () => {
    const { place, host, commands, node } = await open();
    host.reply(person());
    const nodes = [await node(FILE), await node('cmd.exe'), await node('netscan64.exe')];
    await commands.deny(nodes[0], nodes);
    expect(writesIn(place)).toEqual(['deny applied', 'deny applied', 'deny applied']);
    expect(questions(host)).toHaveLength(2);
  });
});

describe('nothing is sent', () => {
  test.each(['approve', 'deny', 'takeOwnership'] as const)(
    'when %s is left at any of its questions',
    async (verdict) => {
      const { place, host, commands, node } = await open();
      const closedAt: string[] = [];
      // One question further each time, up to the dialog.
      while (closedAt.at(-1) !== 'ask') {
        let left = closedAt.length;
        const before = host.asked.length;
        host.reply((asked) => {
          left -= 1;
          return left < 0 ? null : person()(asked);
        });
        await commands[verdict](await node(FILE));
        const asked = host.asked.slice(before).filter(({ kind }) => kind !== 'notify');
        // Whoever closed a question is asked nothing more.
        expect(asked).toHaveLength(closedAt.length + 1);
        closedAt.push(asked.at(-1)?.kind ?? '');
        expect(writesIn(place)).toEqual([]);
      }
    },
  );

  test('where nothing that is selected can be decided so, and a sentence says why', async () => {
    const { place, host, commands, node } = await open();
    host.reply(person());
    await commands.takeOwnership(await node('cmd.exe'));
    expect(notices(host)).toMatchObject([{ message: expect.stringContaining('can not be decided in this way') }]);
    expect(writesIn(place)).toEqual([]);
  });
});

test.each(['approve', 'deny', 'takeOwnership'] as const)(
  'rows of which VS Code has forgotten some are not taken for fewer (%s)',
  async (verdict) => {
    const { place, host, commands, node } = await open();
    host.reply(person());
    const clicked = await node(FILE);
    await commands[verdict](clicked, [clicked, undefined]);
    await commands[verdict](undefined, [undefined]);
    const isTold = { kind: 'notify', message: expect.stringContaining('select it again') };
    expect(host.asked).toMatchObject([isTold, isTold]);
    expect(writesIn(place)).toEqual([]);
  },
);
