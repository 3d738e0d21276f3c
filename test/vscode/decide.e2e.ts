import { expect, test } from 'vitest';
import { narrowestPermit } from './narrowest-permit.ts';
import { useStage } from './use-stage.ts';

// Everything is decided at last, so that what a cancelled question had sent all the same would stand in the record beside it.

const REJECT = '/portalapi/ApprovalRequest/ApprovalRequestUpdateForReject';
const TEMPLATE = 'We could not verify where this file comes from.';

const stage = useStage({ workbench: { size: { width: 1400, height: 1400 } } }, async ({ workbench }) => {
  await workbench.openView('Countersign');
  await workbench.row('AnyDesk.exe').waitFor();
});

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
  expect(await workbench.modal()).toMatchObject({
    message: 'Deny "AnyDesk.exe"?',
    detail: expect.stringContaining(TEMPLATE),
    buttons: expect.arrayContaining(['Deny AnyDesk.exe', 'Cancel']),
  });
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  for (const step of steps) await step();
  await workbench.modal();
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
  expect((await workbench.modal()).detail).toContain('The scanner is replaced on Monday.');
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
  const { message, detail } = await workbench.modal();
  expect(message).toBe('Approve "pdf-merge-portable.exe"?');
  expect(detail).toContain('Reach: Permits this exact file on "CONTOSO-FRONT-05" only.');
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  await approve.click();
  await workbench.modal();
  await workbench.answerModal('Approve pdf-merge-portable.exe');
  await page.locator('.banner .title', { hasText: /^Approve: / }).waitFor();
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
  await approve.waitFor({ state: 'detached' });
});

test('three approved at once from the tree: one dialog, exactly three permits; closed: none', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const three = [
    ['obsidian-contoso', 'CONTOSO-FRONT-02'],
    ['obsidian-fabrikam', 'FAB-LT-114'],
    ['obsidian-harbor', 'HARBOR-RECEPT-1'],
  ] as const;
  const targets = await Promise.all(
    three.map(async ([name, computer]) => {
      const id = sandbox.id(name);
      return {
        id,
        computer,
        row: workbench.row('Obsidian.exe').filter({ hasText: computer }),
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
  const { message, detail, buttons } = await workbench.modal();
  expect(message).toBe('Approve 3 requests?');
  for (const { computer } of targets) expect(detail).toContain(computer);
  expect(buttons).toContain('Approve 3 requests');
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(written()).toEqual([[], [], []]);

  await ask();
  await workbench.modal();
  await workbench.answerModal('Approve 3 requests');
  await workbench.told(/Approve 3 requests: /);
  expect(written()).toEqual([['approve applied'], ['approve applied'], ['approve applied']]);
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
  const phrase = /type "([^"]+)"/.exec(await workbench.quickMessage.innerText())?.[1] ?? '';
  expect(phrase).toMatch(/^approve cmd\.exe despite \S+/);
  await workbench.answerInput('approve cmd.exe');
  await workbench.told('That is not the phrase that was asked for, so nothing was sent.');
  expect(await workbench.dialog.count()).toBe(0);
  await ask();
  await workbench.answerInput(phrase);
  await workbench.modal();
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  await ask();
  await workbench.answerInput(phrase);
  expect((await workbench.modal()).detail).toContain('STOP');
  await workbench.answerModal('Approve cmd.exe');
  await workbench.told(/Approve "cmd\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied', method: 'PUT' }]);
});

test('the record has what was confirmed, and no other attempt to write', () => {
  expect(stage().sandbox.record.map(({ verdict }) => verdict)).toEqual([
    'deny',
    'deny',
    'approve',
    'approve',
    'approve',
    'approve',
    'approve',
  ]);
});
