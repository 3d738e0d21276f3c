import { afterAll, expect, test } from 'vitest';
import { type Assistant, connectAssistant } from './connect-assistant.ts';
import { type Keys, keysOf } from './keys.ts';
import { narrowestPermit } from './narrowest-permit.ts';
import { phraseAsked } from './phrase-asked.ts';
import { useStage } from './use-stage.ts';

// Nothing that a test does here is clicked or hovered over. Each way is left with Escape at every step before it is taken to its end, so that what a
// step had sent all the same would stand in the record beside it.

const VIEW = 'Countersign: Focus on Pending View';
const AWAITING = 'Countersign: Focus on Awaiting Your Countersignature View';
const REJECT = '/portalapi/ApprovalRequest/ApprovalRequestUpdateForReject';
const TEMPLATE = 'We could not verify where this file comes from.';

/** What has the focus on the way from the page's beginning to its denial. */
const ORDER = [
  'b-skip',
  'b-copy-reference',
  'b-copy-sha256',
  'b-copy-vendor-hash',
  'b-open-0',
  'b-read-history-file',
  'b-read-history-computer',
  'b-read-history-user',
  'b-read-raw',
  'f-preset-0',
  'b-more',
  'b-decide-approve',
  'f-template',
  'f-reason',
  'f-denyNotify',
];

let assistant: Assistant | undefined;

const stage = useStage(
  {
    // Longer than a test takes, so that no call ends before its person has answered.
    accounts: { more: { confirmation: { waitSeconds: 300 } } },
    workbench: { size: { width: 1400, height: 1400 } },
  },
  async (opened) => {
    assistant = await connectAssistant(opened);
  },
);

afterAll(() => assistant?.close());

/** Goes to a row of the queue and selects it, which moving about does not. */
async function select(keys: Keys, file: string): Promise<void> {
  await keys.command(VIEW);
  await keys.toRow(file);
  if ((await stage().workbench.treeRows()).every(({ name, selected }) => name !== file || !selected)) {
    await keys.press('Control+Shift+Enter');
  }
}

/** Takes one step more each time, and leaves. Every step ends with something open. */
async function leavingEach(keys: Keys, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const { sandbox } = stage();
  const before = sandbox.record.length;
  for (const last of steps.keys()) {
    for (const step of steps.slice(0, last + 1)) await step();
    await keys.leave();
    expect(sandbox.record.slice(before)).toEqual([]);
  }
}

test('approved from the menu of a row: exactly one permit, the narrowest', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const keys = keysOf(workbench);
  const id = sandbox.id('unsigned-downloads');
  const wrongWith = await narrowestPermit(sandbox, id, 'pdf-merge-portable.exe');
  const steps = [
    async () => {
      await keys.command(VIEW);
      await keys.toRow('pdf-merge-portable.exe');
      await keys.menu();
    },
    async () => {
      await keys.choose('Approve…');
      await workbench.quickRow('Something else …').first().waitFor();
    },
    async () => {
      await keys.pick('This file alone, on this computer');
      await workbench.quickRow('Go on to the confirmation').first().waitFor();
    },
    async () => {
      await keys.pick('Go on to the confirmation');
      await workbench.modal();
    },
  ] as const;
  await leavingEach(keys, steps);
  for (const step of steps) await step();
  await keys.toButton('Cancel');
  await keys.press('Enter');
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);

  // Meant for something else, when the dialog came between.
  for (const step of steps) await step();
  await keys.press('Space');
  await workbench.told('Read it to its end, then answer.');
  expect(writesOn(id)).toEqual([]);
  await keys.command('Notifications: Clear All Notifications');

  for (const step of steps) await step();
  await keys.toButton('Approve pdf-merge-portable.exe');
  await keys.press('Enter');
  await workbench.told(/Approve "pdf-merge-portable\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
  expect(sandbox.record).toHaveLength(1);
});

test('denied by the key for it: exactly that denial', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const keys = keysOf(workbench);
  const id = sandbox.id('anydesk');
  const steps = [
    async () => {
      await select(keys, 'AnyDesk.exe');
      await keys.press('Control+Alt+d');
      await workbench.quickRow(TEMPLATE).first().waitFor();
    },
    async () => {
      await keys.pick(TEMPLATE);
      await workbench.quickRow('Tell the requester nothing').first().waitFor();
    },
    async () => {
      await keys.pick('Tell the requester nothing');
      await workbench.modal();
    },
  ] as const;
  await leavingEach(keys, steps);
  for (const step of steps) await step();
  await keys.toButton('Deny AnyDesk.exe');
  await keys.press('Enter');
  await workbench.told(/Deny "AnyDesk\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied', path: REJECT }]);
  expect(JSON.parse(writesOn(id)[0]?.body ?? '')).toMatchObject({
    approvalRequestDtos: [{ approvalRequestId: id }],
    rejectReason: TEMPLATE,
  });
});

test('the page is gone through in the order in which it is read, and what has the focus is seen to have it', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const keys = keysOf(workbench);
  const id = sandbox.id('escalated-msp');
  const wrongWith = await narrowestPermit(sandbox, id, 'netscan64.exe');
  await keys.command(VIEW);
  await keys.toRow('netscan64.exe');
  await keys.press('Enter');
  const page = workbench.webviewFrame();
  await page.getByRole('button', { name: 'Approve netscan64.exe …' }).waitFor();

  await keys.inPageTo('b-skip');
  expect(await keys.inPageTo('b-decide-deny')).toEqual(ORDER);

  // From the beginning straight to what is to be decided.
  await keys.press('Tab');
  await keys.inPageTo('b-skip');
  await keys.press('Enter');
  for (const end of ['', 'Cancel', 'Approve netscan64.exe']) {
    // Also after a dialog, and never on a button that decides.
    await expect.poll(keys.inPage).toEqual({ id: 'h-decide', isSeen: true });
    await keys.inPageTo('b-decide-approve');
    await keys.press('Enter');
    await workbench.modal();
    expect(writesOn(id)).toEqual([]);
    if (end === '') await keys.leave();
    else {
      await keys.toButton(end);
      await keys.press('Enter');
      await workbench.dialog.waitFor({ state: 'detached' });
    }
    const title = end.startsWith('Approve') ? /^Approve: / : 'Nothing was sent';
    await page.locator('.banner .title', { hasText: title }).waitFor();
  }
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
  expect(sandbox.record).toHaveLength(3);
});

test('what an assistant proposes, confirmed in the view where it waits: exactly that approval', async () => {
  const { workbench, sandbox, writesOn } = stage();
  if (!assistant) throw new Error('No assistant is connected.');
  const keys = keysOf(workbench);
  const wrongWith = await narrowestPermit(sandbox, sandbox.id('vague-linux'), 'kubectl');
  const { id, answer } = assistant.propose('approve_request', 'vague-linux');
  const steps = [
    async () => {
      await keys.command(AWAITING);
      await keys.toRow('Approve "kubectl"');
      await keys.press('Enter');
      await workbench.modal();
    },
  ] as const;
  await leavingEach(keys, steps);
  for (const step of steps) await step();
  await keys.toButton('Approve kubectl');
  await keys.press('Enter');
  expect((await answer).structured).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
  expect(sandbox.record).toHaveLength(4);
});

test('what a stop speaks against, approved by the key for it: its phrase is typed, and the dialog asks the rest', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const keys = keysOf(workbench);
  const id = sandbox.id('abr-cmd');
  const steps = [
    async () => {
      await select(keys, 'cmd.exe');
      await keys.press('Control+Alt+a');
      await phraseAsked(workbench);
    },
    async () => {
      await workbench.page.keyboard.type(await phraseAsked(workbench));
      await keys.press('Enter');
      await workbench.modal();
    },
  ] as const;
  await leavingEach(keys, steps);
  for (const step of steps) await step();
  await keys.toButton('Approve cmd.exe');
  await keys.press('Enter');
  await workbench.told(/Approve "cmd\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied', method: 'PUT' }]);
  expect(sandbox.record).toHaveLength(5);
});
