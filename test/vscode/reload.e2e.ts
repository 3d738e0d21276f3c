import { afterAll, afterEach, expect, test } from 'vitest';
import { type Assistant, connectAssistant } from './connect-assistant.ts';
import { narrowestPermit } from './narrowest-permit.ts';
import { useStage } from './use-stage.ts';

// The window is loaded again in the middle of a decision, as "Developer: Reload Window" does: its extension host begins anew.

const PERMIT = '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication';
const AWAITING = 'Awaiting Your Countersignature';
const REASON = 'Please ask the service desk, with a ticket.';
const APPROVE = 'Approve pdf-merge-portable.exe';

let assistant: Assistant | undefined;

const stage = useStage({ workbench: { size: { width: 1400, height: 1400 } } }, async (opened) => {
  await opened.workbench.openView('Countersign');
  assistant = await connectAssistant(opened);
});

afterEach(() => stage().sandbox.faults.clear());
afterAll(() => assistant?.close());

const approveOnPage = () =>
  stage()
    .workbench.webviewFrame()
    .getByRole('button', { name: `${APPROVE} …` });

test('with a page open: the page is there again, and nothing was written', async () => {
  const { workbench, sandbox } = stage();
  await workbench.row('pdf-merge-portable.exe').click();
  await approveOnPage().waitFor();
  await expect.poll(() => workbench.isEditorKept(sandbox.id('unsigned-downloads'))).toBe(true);
  await workbench.reload();
  await approveOnPage().waitFor();
  expect(sandbox.record).toEqual([]);
});

test('with the dialog open: nothing is sent, and the same can be asked again', async () => {
  const { workbench, sandbox } = stage();
  await approveOnPage().click();
  await workbench.modal();
  await workbench.reload();
  await approveOnPage().waitFor();
  expect(await workbench.dialog.count()).toBe(0);
  await approveOnPage().click();
  await workbench.modal();
  expect(sandbox.record).toEqual([]);
});

test('directly after it was confirmed, while the write is under way: it is written once, and what became of it is found out', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('unsigned-downloads');
  const wrongWith = await narrowestPermit(sandbox, id, 'pdf-merge-portable.exe');
  sandbox.faults.add({ when: { path: PERMIT }, do: { kind: 'hang', applied: true } });
  await workbench.answerModal(APPROVE);
  await expect.poll(() => writesOn(id).length).toBe(1);
  await workbench.reload();
  await workbench.unfoldView('Decided');
  const decided = workbench.row('Approve "pdf-merge-portable.exe"', 'Decided').filter({ hasText: 'carried out' });
  // Now and then the former extension host outlives its window, and waits until the vendor has not answered for half a minute.
  await decided.waitFor({ timeout: 60_000 });
  await workbench.row('pdf-merge-portable.exe', 'Pending').waitFor({ state: 'detached' });
  await approveOnPage().waitFor({ state: 'detached' });
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied', status: null }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
});

test('with a question of a denial open: nothing is sent, and the same can be asked again', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('abr-expiring');
  const ask = async () => {
    await workbench.runCommand('Countersign: Deny…');
    await workbench.pick('scansnap-update.exe');
    await workbench.quickRow(REASON).waitFor();
  };
  await ask();
  await workbench.reload();
  await workbench.row('scansnap-update.exe', 'Pending').waitFor();
  expect(await workbench.quickInput.count()).toBe(0);
  expect(writesOn(id)).toEqual([]);
  await ask();
  await workbench.pick(REASON);
  await workbench.modal();
  await workbench.answerModal('Deny scansnap-update.exe');
  await workbench.told(/Deny "scansnap-update\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
});

test('while it is unclear whether a write arrived: it is not sent again, and what became of it is found out', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('abr-mac-unscanned');
  const cut = () => {
    sandbox.faults.add({ do: { kind: 'resetBeforeEffect' } });
  };
  sandbox.faults.add({ when: { method: 'DELETE' }, do: { kind: 'meanwhile', run: cut } });
  sandbox.faults.add({ when: { method: 'DELETE' }, do: { kind: 'resetAfterEffect' } });
  await workbench.runCommand('Countersign: Deny…');
  await workbench.pick('toolchain.pkg');
  await workbench.pick(REASON);
  await workbench.modal();
  await workbench.answerModal('Deny toolchain.pkg');
  await workbench.told(/Deny "toolchain\.pkg": .* it is unknown whether it was decided\./);
  sandbox.faults.clear();
  await workbench.reload();
  await workbench.unfoldView('Decided');
  const decided = workbench.row('Deny "toolchain.pkg"', 'Decided');
  await decided.filter({ hasText: 'carried out' }).filter({ hasNotText: 'unclear' }).waitFor();
  await workbench.row('toolchain.pkg', 'Pending').waitFor({ state: 'detached' });
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied', status: null }]);
});

test('while an assistant waits, with its dialog open: nothing is sent, and it can still be answered', async () => {
  const { workbench, writesOn } = stage();
  if (!assistant) throw new Error('No assistant is connected.');
  const { id, answer } = assistant.propose('approve_request', 'vague-linux');
  const row = workbench.row('Approve "kubectl"', AWAITING);
  await row.click();
  await workbench.modal();
  await workbench.reload();
  await row.waitFor();
  expect(writesOn(id)).toEqual([]);
  await row.click();
  await workbench.modal();
  await workbench.answerModal('Approve kubectl');
  expect((await answer).structured).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
});

test('the record has each decision once, and no other attempt to write', () => {
  expect(stage().sandbox.record.map(({ verdict }) => verdict)).toEqual(['approve', 'deny', 'deny', 'approve']);
});
