import { afterAll, expect, test } from 'vitest';
import { type Assistant, connectAssistant } from './connect-assistant.ts';
import { useStage } from './use-stage.ts';

// An assistant's server is a process of its own; the person answers in the window.

const AWAITING = 'Awaiting Your Countersignature';
const DECIDED = 'Decided';

let assistant: Assistant | undefined;

// Longer than a test takes, so that no call ends before its person has answered.
const accounts = { more: { confirmation: { waitSeconds: 300 } } };

const stage = useStage({ accounts }, async (opened) => {
  await opened.workbench.openView('Countersign');
  assistant = await connectAssistant(opened);
});

afterAll(() => assistant?.close());

function propose(...proposal: Parameters<Assistant['propose']>): ReturnType<Assistant['propose']> {
  if (!assistant) throw new Error('No assistant is connected.');
  return assistant.propose(...proposal);
}

test('what an assistant asks for is carried out once it was confirmed in the dialog', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const { id, answer } = propose('approve_request', 'unsigned-downloads');
  const row = workbench.row('Approve "pdf-merge-portable.exe"', AWAITING);
  await row.waitFor();
  expect((await workbench.treeRows(AWAITING))[0]).toMatchObject({
    name: 'Approve "pdf-merge-portable.exe"',
    description: expect.stringMatching(/^"claude" · /),
  });
  await workbench.answerNotification(/^"claude" proposes to approve "pdf-merge-portable\.exe"/, 'Answer');
  const { message, detail, buttons } = await workbench.modal();
  expect(message).toBe('Approve "pdf-merge-portable.exe"?');
  expect(detail).toMatch(/^"claude" proposes to approve "pdf-merge-portable\.exe"\./);
  expect(detail).toContain('Permits this exact file on "CONTOSO-FRONT-05" only.');
  expect([...buttons].sort()).toEqual([
    'Approve pdf-merge-portable.exe',
    'Cancel',
    'Reject Proposal',
    'Show Everything',
  ]);
  expect(sandbox.record).toEqual([]);
  await workbench.answerModal('Approve pdf-merge-portable.exe');
  expect((await answer).structured).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(sandbox.record).toHaveLength(1);
  await row.waitFor({ state: 'detached' });
  await workbench.unfoldView(DECIDED);
  await workbench.row('Approve "pdf-merge-portable.exe"', DECIDED).waitFor();
});

test('a proposal whose dialog is closed still waits; once rejected it is declined, and nothing is written', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const { id, answer } = propose('deny_request', 'abr-session', { reason: 'Not this week.' });
  const row = workbench.row(/^Deny /, AWAITING);
  await row.click();
  const { message, buttons } = await workbench.modal();
  expect(message).toMatch(/^Deny .*\?$/);
  expect([...buttons].sort()).toEqual(['Cancel', 'Deny this request', 'Reject Proposal', 'Show Everything']);
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  await row.click();
  await workbench.modal();
  await workbench.answerModal('Reject Proposal');
  expect(await answer).toMatchObject({ isError: false, structured: { status: 'declined' } });
  expect(writesOn(id)).toEqual([]);
  await row.waitFor({ state: 'detached' });
  await workbench
    .row(/^Deny /, DECIDED)
    .filter({ hasText: 'proposal rejected' })
    .waitFor();
  await workbench.runCommand('Countersign: Refresh');
  await workbench
    .row(/session/i, 'Pending')
    .first()
    .waitFor();
  expect(sandbox.record).toHaveLength(1);
});
