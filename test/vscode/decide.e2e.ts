import { readFile } from 'node:fs/promises';
import type { JournalRow } from '@countersign/shared/ledger';
import { expect, test } from 'vitest';
import { carriedOut } from './carried-out.ts';
import { narrowestPermit } from './narrowest-permit.ts';
import { phraseAsked } from './phrase-asked.ts';
import { useStage } from './use-stage.ts';

// Everything is decided at last, so that what a cancelled question had sent all the same would stand in the record beside it.

const REJECT = '/portalapi/ApprovalRequest/ApprovalRequestUpdateForReject';
const TEMPLATE = 'We could not verify where this file comes from.';

let arrived: readonly string[] = [];

const stage = useStage(
  {
    workbench: { size: { width: 1400, height: 1400 } },
    before: (sandbox) => {
      const file = sandbox.raw('threatlocker', sandbox.id('obsidian-contoso'))?.file ?? {};
      arrived = ['FRONT-11', 'FRONT-12'].map((hostname) =>
        sandbox.arrive({ vendor: 'threatlocker', name: hostname, hostname, username: `CONTOSO\\${hostname}`, file }),
      );
    },
  },
  async ({ workbench }) => {
    await workbench.openView('Countersign');
    await workbench.row('AnyDesk.exe').waitFor();
  },
);

/**
 * The dialog, once it asks. Nothing was written until then; had nobody been asked, the record would tell, since how a decision
 * ended is waited for as well.
 */
async function asked(about: string, ...ids: readonly string[]) {
  const { workbench, writesOn } = stage();
  await Promise.any([workbench.dialog.waitFor(), workbench.told(`${about}: `)]);
  expect(ids.flatMap(writesOn)).toEqual([]);
  return await workbench.modal();
}

test('denied from the palette with a reason to choose: exactly that denial; cancelled at any step: nothing', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('anydesk');
  const { pick, quickTitle, quickInput, page } = workbench;
  const steps = [
    () => workbench.runCommand('Countersign: Deny…'),
    () => pick('AnyDesk.exe'),
    () => pick(TEMPLATE),
    () => pick('Tell the requester nothing'),
  ] as const;
  const titles = ['Deny', /^Deny AnyDesk\.exe \(1\/2\)$/, /^Deny AnyDesk\.exe \(2\/2\)$/];
  for (const [taken, title] of titles.entries()) {
    for (const step of steps.slice(0, taken + 1)) await step();
    await quickTitle.filter({ hasText: title }).waitFor();
    await page.keyboard.press('Escape');
    await quickInput.waitFor({ state: 'detached' });
  }
  for (const step of steps) await step();
  expect(await asked('Deny "AnyDesk.exe"', id)).toMatchObject({
    message: 'Deny "AnyDesk.exe"?',
    detail: expect.stringContaining(TEMPLATE),
    buttons: expect.arrayContaining(['Deny AnyDesk.exe', 'Cancel']),
  });
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  for (const step of steps) await step();
  await asked('Deny "AnyDesk.exe"', id);
  await workbench.answerModal('Deny AnyDesk.exe');
  await workbench.told(/Deny "AnyDesk\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied', path: REJECT }]);
  const [write] = writesOn(id);
  expect(JSON.parse(write?.body ?? '')).toMatchObject({
    approvalRequestDtos: [{ approvalRequestId: id }],
    rejectReason: TEMPLATE,
    notifyOnResponse: false,
    allowedApprovalRequestDtos: null,
  });
  await workbench.row('AnyDesk.exe').waitFor({ state: 'detached' });
});

test('denied from the palette with a reason of its own in Admin By Request: exactly one DELETE', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('abr-expiring');
  const ask = async (reason: string) => {
    await workbench.runCommand('Countersign: Deny…');
    await workbench.pick('scansnap-update.exe');
    await workbench.pick('Write a reason …');
    await workbench.quickMessage.filter({ hasText: 'Why is it denied?' }).waitFor();
    await workbench.answerInput(reason);
  };
  await ask('');
  await workbench.quickMessage.filter({ hasText: 'Write a sentence, or go back.' }).waitFor();
  await workbench.page.keyboard.press('Escape');
  await workbench.quickInput.waitFor({ state: 'detached' });
  await ask('The scanner is replaced on Monday.');
  const { detail } = await asked('Deny "scansnap-update.exe"', id);
  expect(detail).toContain('The scanner is replaced on Monday.');
  await workbench.answerModal('Deny scansnap-update.exe');
  await workbench.told(/Deny "scansnap-update\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied', method: 'DELETE' }]);
  expect(decodeURIComponent(writesOn(id)[0]?.url ?? '').replaceAll('+', ' ')).toContain(
    'The scanner is replaced on Monday.',
  );
});

test('approved from its page: exactly one permit, the narrowest; closed in the dialog: none', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('unsigned-downloads');
  const wrongWith = await narrowestPermit(sandbox, id, 'pdf-merge-portable.exe');
  await workbench.row('pdf-merge-portable.exe').click();
  const page = workbench.webviewFrame();
  const approve = page.getByRole('button', { name: 'Approve pdf-merge-portable.exe …' });
  await approve.click();
  const { message, detail } = await asked('Approve "pdf-merge-portable.exe"', id);
  expect(message).toBe('Approve "pdf-merge-portable.exe"?');
  expect(detail).toContain('Reach: Permits this exact file on "CONTOSO-FRONT-05" only.');
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  await approve.click();
  await asked('Approve "pdf-merge-portable.exe"', id);
  await workbench.answerModal('Approve pdf-merge-portable.exe');
  await page.locator('.banner .title', { hasText: /^Approve: / }).waitFor();
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
  await approve.waitFor({ state: 'detached' });
  await workbench.row('pdf-merge-portable.exe').waitFor({ state: 'detached' });
});

test('denied from its page with a reason that was typed there: exactly that denial; closed in the dialog: none', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('escalated-msp');
  const reason = 'Scanners are run by the network team alone.';
  await workbench.row('netscan64.exe').click();
  const page = workbench.webviewFrame();
  const deny = page.getByRole('button', { name: 'Deny netscan64.exe …' });
  await page.getByLabel('Reason for the denial').fill(reason);
  await deny.click();
  expect(await asked('Deny "netscan64.exe"', id)).toMatchObject({
    message: 'Deny "netscan64.exe"?',
    detail: expect.stringContaining(reason),
  });
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  await deny.click();
  await asked('Deny "netscan64.exe"', id);
  await workbench.answerModal('Deny netscan64.exe');
  await page.locator('.banner .title', { hasText: /^Deny: Carried out$/ }).waitFor();
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied', path: REJECT }]);
  expect(JSON.parse(writesOn(id)[0]?.body ?? '')).toMatchObject({
    approvalRequestDtos: [{ approvalRequestId: id }],
    rejectReason: reason,
    notifyOnResponse: false,
    allowedApprovalRequestDtos: null,
  });
  await deny.waitFor({ state: 'detached' });
  await workbench.row('netscan64.exe').waitFor({ state: 'detached' });
});

test('five approved at once from the tree: one dialog that names them all, exactly five permits; closed: none', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const known = ['obsidian-contoso', 'obsidian-fabrikam', 'obsidian-harbor'].map((name) => sandbox.id(name));
  const targets = await Promise.all(
    [...known, ...arrived].map(async (id) => {
      const { hostname = '', username = '' } = sandbox.raw('threatlocker', id) ?? {};
      return {
        id,
        username,
        row: workbench.row('Obsidian.exe').filter({ hasText: hostname }),
        wrongWith: await narrowestPermit(sandbox, id, 'Obsidian.exe'),
      };
    }),
  );
  const ask = async () => {
    for (const [at, { row }] of targets.entries()) await row.click({ modifiers: at === 0 ? [] : ['Control'] });
    await targets[1]?.row.click({ button: 'right' });
    await workbench.chooseFromMenu('Approve…');
  };
  const written = () => targets.map(({ id }) => writesOn(id).map(({ verdict, effect }) => `${verdict} ${effect}`));
  await ask();
  const ids = targets.map(({ id }) => id);
  const { message, detail, buttons } = await asked('Approve 5 requests', ...ids);
  expect(message).toBe('Approve 5 requests?');
  for (const { username } of targets) expect(detail).toContain(`"Obsidian.exe" for "${username}"`);
  expect([...buttons].sort()).toEqual(['Cancel', 'Show Everything']);
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(written()).toEqual([[], [], [], [], []]);

  // The dialog has no room for all that five would do.
  const askWhole = async () => {
    await ask();
    await asked('Approve 5 requests', ...ids);
    await workbench.answerModal('Show Everything');
    await workbench.answerNotification('Read it to its end, then answer.', 'Answer');
    expect((await workbench.modal()).buttons).toContain('Approve 5 requests');
  };
  await askWhole();
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(written()).toEqual([[], [], [], [], []]);

  await askWhole();
  await workbench.answerModal('Approve 5 requests');
  await workbench.told(/Approve 5 requests: /);
  expect(written()).toEqual(targets.map(() => ['approve applied']));
  for (const { id, wrongWith } of targets) expect(wrongWith(writesOn(id)[0])).toEqual([]);
});

test('what a scanner calls malicious is refused before anybody is asked', async () => {
  const { workbench, sandbox, writesOn } = stage();
  await workbench.row('codec-pack.exe').click({ button: 'right' });
  await workbench.chooseFromMenu('Approve…');
  await workbench.told(/A scanner calls this file malicious.* Nothing was sent\./);
  expect(await workbench.dialog.count()).toBe(0);
  expect(writesOn(sandbox.id('abr-malicious'))).toEqual([]);
});

test('what a stop speaks against asks for its phrase first: another phrase sends nothing, the right one asks the rest', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('abr-cmd');
  const ask = async () => {
    await workbench.row('cmd.exe').click({ button: 'right' });
    await workbench.chooseFromMenu('Approve…');
    await workbench.quickTitle.filter({ hasText: 'Approve "cmd.exe"?' }).waitFor();
  };
  await ask();
  const phrase = await phraseAsked(workbench);
  expect(phrase).toMatch(/^approve cmd\.exe despite \S+/);
  await workbench.answerInput('approve cmd.exe');
  await workbench.told('That is not the phrase that was asked for, so nothing was sent.');
  expect(await workbench.dialog.count()).toBe(0);
  await ask();
  await workbench.answerInput(phrase);
  await asked('Approve "cmd.exe"', id);
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  await ask();
  await workbench.answerInput(phrase);
  expect((await asked('Approve "cmd.exe"', id)).detail).toContain('STOP');
  await workbench.answerModal('Approve cmd.exe');
  await workbench.told(/Approve "cmd\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied', method: 'PUT' }]);
});

test('the journal has every decision: verified, exported whole, and verified again against the head that was named', async () => {
  const { workbench } = stage();
  await workbench.runCommand('Countersign: Verify Journal');
  await workbench.quickTitle.filter({ hasText: 'Verify Journal' }).waitFor();
  await workbench.answerInput('');
  await workbench.told(/^.*\d+ lines, none of them changed\. Head of the journal: \d+:/);

  await workbench.runCommand('Countersign: Export Journal…');
  await workbench.quickTitle.filter({ hasText: 'Export the Journal' }).waitFor();
  // What is typed here VS Code takes over a moment later only.
  await expect.poll(() => workbench.inputBox.inputValue()).toMatch(/\/countersign-journal\.jsonl$/);
  const file = await workbench.inputBox.inputValue();
  await workbench.page.keyboard.press('Enter');
  await workbench.told(/\d+ lines were exported/);
  const lines = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalRow);
  expect(lines.filter(({ phase }) => phase === 'confirmed')).toHaveLength(6);
  expect(lines.filter(({ phase }) => phase === 'applied')).toHaveLength(10);

  await workbench.runCommand('Countersign: Verify Journal');
  const last = lines.at(-1);
  await expect.poll(() => workbench.inputBox.inputValue()).toBe(`${last?.seq}:${last?.digest}`);
  await workbench.page.keyboard.press('Enter');
  await workbench.told(new RegExp(`${lines.length} lines, none of them changed`));
});

test('what was approved by mistake tells where it is undone', async () => {
  const { workbench } = stage();
  await workbench.unfoldView('Decided');
  await carriedOut(workbench, 'Approve "cmd.exe"').click({ button: 'right' });
  await workbench.chooseFromMenu('What to Do After a Mistake');
  const text = workbench.page.locator('.editor-instance .view-lines');
  await expect
    .poll(() => text.innerText())
    .toMatch(/What.was.carried.out:[\s\S]*Countersign.takes.nothing.back[\s\S]*The.journal.keeps/);
  // Lines are broken, so that all of it is in sight.
  const box = await workbench.page.locator('.editor-instance .editor-scrollable').boundingBox();
  const rights = await text
    .locator('.view-line > span')
    .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect().right));
  expect(Math.max(...rights)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
});

test('the record has what was confirmed, and no other attempt to write', () => {
  expect(stage().sandbox.record.map(({ verdict }) => verdict)).toEqual([
    'deny',
    'deny',
    'approve',
    'deny',
    ...Array.from({ length: 6 }, () => 'approve'),
  ]);
});
