import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { carriedOut } from './carried-out.ts';
import { type Assistant, connectAssistant } from './connect-assistant.ts';
import { narrowestPermit } from './narrowest-permit.ts';
import { phraseAsked } from './phrase-asked.ts';
import { useStage } from './use-stage.ts';

// The window is loaded again in the middle of a decision, as "Developer: Reload Window" does: its extension host begins anew.

const PERMIT = '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication';
const AWAITING = 'Awaiting Your Countersignature';
const REASON = 'Please ask the service desk, with a ticket.';
const FILE = 'pdf-merge-portable.exe';

let assistant: Assistant | undefined;
let arrived: readonly string[] = [];

let writtenOfFive = 0;

const stage = useStage(
  {
    // Longer than a test takes, so that no call ends before its person has answered.
    accounts: { more: { confirmation: { waitSeconds: 300 } } },
    workbench: { size: { width: 1400, height: 1400 } },
    before: (sandbox) => {
      const file = sandbox.raw('threatlocker', sandbox.id('obsidian-contoso'))?.file ?? {};
      arrived = ['FRONT-11', 'FRONT-12'].map((hostname) =>
        sandbox.arrive({ vendor: 'threatlocker', name: hostname, hostname, username: `CONTOSO\\${hostname}`, file }),
      );
    },
  },
  async (opened) => {
    await opened.workbench.openView('Countersign');
    assistant = await connectAssistant(opened);
  },
);

beforeEach(async () => {
  const { dialog, quickInput, reload } = stage().workbench;
  // What a test that failed has left open would be in the way of the next.
  if ((await dialog.or(quickInput).count()) > 0) await reload();
});
afterEach(() => stage().sandbox.faults.clear());
afterAll(() => assistant?.close());

function propose(...proposal: Parameters<Assistant['propose']>): ReturnType<Assistant['propose']> {
  if (!assistant) throw new Error('No assistant is connected.');
  return assistant.propose(...proposal);
}

const approveOnPage = (file = FILE) =>
  stage()
    .workbench.webviewFrame()
    .getByRole('button', { name: `Approve ${file} …` });

/** Opens a request's page, and waits until a window that is loaded again would open it too. */
async function openPage(name: string, file: string): Promise<void> {
  const { workbench, sandbox } = stage();
  await workbench.row(file, 'Pending').click();
  await approveOnPage(file).waitFor();
  await expect.poll(() => workbench.isEditorKept(sandbox.id(name))).toBe(true);
}

/** From the page, up to the dialog. */
async function openDialog(name: string, file: string): Promise<void> {
  await openPage(name, file);
  await approveOnPage(file).click();
  await stage().workbench.modal();
}

test('with a page open: the page is there again, and nothing was written', async () => {
  const { workbench, sandbox } = stage();
  await openPage('unsigned-downloads', FILE);
  await workbench.reload();
  await approveOnPage().waitFor();
  expect(sandbox.record).toEqual([]);
});

test('with the dialog open: nothing is sent, and the same can be asked again', async () => {
  const { workbench, sandbox } = stage();
  await openDialog('unsigned-downloads', FILE);
  await workbench.reload();
  await approveOnPage().waitFor();
  expect(await workbench.dialog.count()).toBe(0);
  await approveOnPage().click();
  await workbench.modal();
  await workbench.dismissModal();
  await workbench.dialog.waitFor({ state: 'detached' });
  expect(sandbox.record).toEqual([]);
});

test('with the dialog open, while somebody else decides: nothing is sent, and the page says who it was', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('escalated-msp');
  await openDialog('escalated-msp', 'netscan64.exe');
  sandbox.rivalDecides('threatlocker', id, 'deny');
  await workbench.reload();
  const page = workbench.webviewFrame();
  await page.getByText(/^Robin Rival, /).waitFor();
  await page.getByText('Its status is denied, so nothing waits for a decision.').first().waitFor();
  await approveOnPage('netscan64.exe').and(page.locator('[aria-disabled="true"]')).waitFor();
  expect(await workbench.dialog.count()).toBe(0);
  expect(writesOn(id)).toEqual([]);
  await workbench.runCommand('View: Close Editor');
});

test('directly after it was confirmed, while the write is under way: it is written once, and what became of it is found out', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('unsigned-downloads');
  const wrongWith = await narrowestPermit(sandbox, id, FILE);
  sandbox.faults.add({ when: { path: PERMIT }, do: { kind: 'hang', applied: true } });
  await openDialog('unsigned-downloads', FILE);
  await workbench.answerModal(`Approve ${FILE}`);
  await expect.poll(() => writesOn(id).length).toBe(1);
  await workbench.reload();
  await workbench.unfoldView('Decided');
  // Now and then the former extension host outlives its window, and waits until the vendor has not answered for half a minute.
  await carriedOut(workbench, `Approve "${FILE}"`).waitFor({ timeout: 60_000 });
  await workbench.row(FILE, 'Pending').waitFor({ state: 'detached' });
  await approveOnPage().waitFor({ state: 'detached' });
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied', status: null }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
});

test('in the middle of five at once: no write is repeated, none is begun any more, and what became of each is found out', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const known = ['obsidian-contoso', 'obsidian-fabrikam', 'obsidian-harbor'].map((name) => sandbox.id(name));
  const ids = [...known, ...arrived];
  const rows = ids.map((id) =>
    workbench.row('Obsidian.exe', 'Pending').filter({ hasText: sandbox.raw('threatlocker', id)?.hostname ?? '' }),
  );
  for (const [at, row] of rows.entries()) await row.click({ modifiers: at === 0 ? [] : ['Control'] });
  await rows[1]?.click({ button: 'right' });
  await workbench.chooseFromMenu('Approve…');
  await workbench.modal();
  await workbench.answerModal('Show Everything');
  await workbench.answerNotification('Read it to its end, then answer.', 'Answer');
  await workbench.modal();
  const before = sandbox.record.length;
  sandbox.faults.add({ when: { path: PERMIT }, after: 2, do: { kind: 'hang', applied: true } });
  await workbench.answerModal('Approve 5 requests');
  await expect.poll(() => sandbox.record.length - before).toBe(3);
  await workbench.reload();
  await workbench.unfoldView('Decided');
  const decided = workbench.row('Approve 5 requests', 'Decided');
  const ended = workbench.page.locator('.label-description', {
    hasText: /^\s*(carried out|its requests ended differently) · /,
  });
  await decided.filter({ has: ended }).waitFor({ timeout: 90_000 });
  await decided.click();
  await workbench.row('"Obsidian.exe"', 'Decided').nth(4).waitFor();
  const parts = (await workbench.treeRows('Decided')).filter(({ level }) => level === 2);
  const written = ids.map((id) => writesOn(id).map(({ effect }) => effect));
  // The last two only where the former extension host outlived its window, and went on with what was confirmed.
  expect(written.slice(0, 3)).toEqual([['applied'], ['applied'], ['applied']]);
  for (const [at, id] of ids.entries()) {
    const told = parts.find(({ description }) => description.includes(id))?.description;
    expect(told).toMatch(written[at]?.length === 0 ? / · expired, nothing sent$/ : / · carried out, by us, /);
    expect(written[at]?.length).toBeLessThanOrEqual(1);
  }
  writtenOfFive = written.flat().length;
});

test('with the phrase of a stop asked for, and with its dialog open: nothing is sent, and the phrase is asked for anew', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('abr-cmd');
  const row = workbench.row('cmd.exe', 'Pending');
  const ask = async () => {
    await row.click({ button: 'right' });
    await workbench.chooseFromMenu('Approve…');
    return await phraseAsked(workbench);
  };
  await ask();
  await workbench.reload();
  await row.waitFor();
  expect(await workbench.quickInput.count()).toBe(0);
  await workbench.answerInput(await ask());
  await workbench.modal();
  await workbench.reload();
  await row.waitFor();
  expect(await workbench.dialog.count()).toBe(0);
  const phrase = await ask();
  expect(writesOn(id)).toEqual([]);
  await workbench.answerInput(phrase);
  await workbench.modal();
  await workbench.answerModal('Approve cmd.exe');
  await workbench.told(/Approve "cmd\.exe": /);
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
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
  await carriedOut(workbench, 'Deny "toolchain.pkg"').waitFor();
  await workbench.row('toolchain.pkg', 'Pending').waitFor({ state: 'detached' });
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied', status: null }]);
});

test('while an assistant waits, with its dialog open: nothing is sent, and it can still be answered', async () => {
  const { workbench, writesOn } = stage();
  const { id, answer } = propose('approve_request', 'vague-linux');
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

test('while an assistant waits, with its dialog open: it can still be rejected, and nothing is sent', async () => {
  const { workbench, writesOn } = stage();
  const { id, answer } = propose('deny_request', 'anydesk', { reason: 'Not this week.' });
  const row = workbench.row('Deny "AnyDesk.exe"', AWAITING);
  await row.click();
  await workbench.modal();
  await workbench.reload();
  await row.click();
  await workbench.modal();
  await workbench.answerModal('Reject Proposal');
  expect(await answer).toMatchObject({ isError: false, structured: { status: 'declined' } });
  await row.waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);
});

test('the record has each decision once, and no other attempt to write', () => {
  expect(stage().sandbox.record.map(({ verdict }) => verdict)).toEqual([
    'approve',
    ...Array.from({ length: writtenOfFive }, () => 'approve'),
    'approve',
    ...['deny', 'deny'],
    'approve',
  ]);
});
