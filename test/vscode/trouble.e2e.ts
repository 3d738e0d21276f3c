import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { carriedOut } from './carried-out.ts';
import { narrowestPermit } from './narrowest-permit.ts';
import type { Stage } from './stage.ts';
import { useStage } from './use-stage.ts';

// A vendor that no longer lets anybody in, or can't be reached. The accounts are the extension's own, so that one can sign in there.

const REJECT = '/portalapi/ApprovalRequest/ApprovalRequestUpdateForReject';

const stage = useStage({ isConfigured: false, workbench: { size: { width: 1400, height: 1400 } } }, importAccounts);

/** Takes the terminal command's accounts over, as a person does. */
async function importAccounts({ workbench, place }: Stage): Promise<void> {
  const usual = path.join(workbench.folders.home, '.config/countersign/accounts.json');
  await mkdir(path.dirname(usual), { recursive: true });
  await copyFile(place.accounts, usual);
  await workbench.openView('Countersign');
  await workbench.page.getByText('Import its accounts file').click();
  await workbench.pick("The terminal command's file");
  await workbench.quickRow('acme-abr').waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.pick('Take what the file says');
  await workbench.modal();
  await workbench.answerModal('Import');
  await workbench.told('Imported accounts: 2.');
  await workbench.row('AnyDesk.exe').waitFor();
  for (const name of ['acme', 'acme-abr']) await isRead(workbench.row(name, 'Pending'));
}

const isRead = (account: Locator, timeout?: number) =>
  account.filter({ hasText: /\d requests wait$/ }).waitFor(timeout === undefined ? {} : { timeout });
const account = (name: 'acme' | 'acme-abr') => stage().workbench.row(name, 'Pending');
const inStatusBar = async () => (await stage().workbench.statusBarItems()).join('\n');
const inBadge = () => stage().workbench.badge('Countersign').allInnerTexts();

/** A denial of AnyDesk from the palette, up to what it leads to. */
async function askToDeny(): Promise<void> {
  const { runCommand, pick } = stage().workbench;
  await runCommand('Countersign: Deny…');
  for (const choice of ['AnyDesk.exe', 'Please ask the service desk, with a ticket.', 'Tell the requester nothing']) {
    await pick(choice);
  }
}

/** Both accounts say what they had when they were last read, and nothing says that nothing waits. */
async function bothAreStale(): Promise<void> {
  for (const name of ['acme', 'acme-abr'] as const) {
    await account(name)
      .filter({ hasText: /stale: \d+ waited .+ ago; could not be read now: / })
      .waitFor();
  }
  const spoken = (await stage().workbench.treeRows('Pending')).map((row) => row.spoken).join('\n');
  expect(spoken).not.toMatch(/nothing waits/i);
}

/** From now on both vendors break every connection off before they have read it. */
function cutNetwork(): void {
  stage().sandbox.faults.add({ do: { kind: 'resetBeforeEffect' } });
}

afterEach(() => stage().sandbox.faults.clear());

test('a token that is revoked: what is confirmed is not sent, the view and the badge say so, and a new one brings all back', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('unsigned-downloads');
  const wrongWith = await narrowestPermit(sandbox, id, 'pdf-merge-portable.exe');
  // Once both accounts have been read.
  const certain = /Countersign: (\d+) requests wait for a decision\./;
  await expect.poll(inStatusBar).toMatch(certain);
  const waiting = certain.exec(await inStatusBar())?.[1];
  await expect.poll(inBadge).toEqual([waiting]);
  await workbench.row('pdf-merge-portable.exe').click();
  const page = workbench.webviewFrame();
  const approve = page.getByRole('button', { name: 'Approve pdf-merge-portable.exe …' });
  const banner = page.locator('.banner');
  await approve.click();
  await workbench.modal();
  sandbox.faults.add({
    when: { where: ({ headers }) => headers['authorization'] === sandbox.threatLocker.token },
    do: { kind: 'status', status: 401, body: { message: 'Unauthorized' } },
  });
  await workbench.answerModal('Approve pdf-merge-portable.exe');
  await banner.filter({ hasText: 'Approve: ' }).waitFor();
  expect(sandbox.record).toEqual([]);
  await banner.filter({ hasText: 'Approve: Not carried out' }).filter({ hasText: 'Nothing was sent.' }).waitFor();

  await workbench.runCommand('Countersign: Refresh');
  await workbench.row('AnyDesk.exe').waitFor({ state: 'detached' });
  await expect.poll(() => account('acme').innerText()).toContain('signed out: ');
  const spoken = (await workbench.treeRows('Pending')).map((row) => row.spoken).join('\n');
  expect(spoken).toContain('scansnap-update.exe');
  expect(spoken).not.toMatch(/nothing waits/i);
  // What waited is not forgotten, and not said to be certain.
  await expect
    .poll(inStatusBar)
    .toMatch(
      /Countersign: \d+ requests wait for a decision, as far as is known\. .*acme \(SANDBOX\) is signed out\. .* waited when it was last read\./,
    );
  await expect.poll(inBadge).toEqual([waiting]);

  await approve.click();
  await banner.filter({ hasText: 'Nothing was planned, and nothing was sent.' }).waitFor();
  expect(await workbench.dialog.count()).toBe(0);
  expect(sandbox.record).toEqual([]);

  // A window that has never read the account knows no more.
  await expect.poll(() => workbench.isEditorKept(id)).toBe(true);
  await workbench.reload();
  await expect.poll(() => account('acme').allInnerTexts()).toEqual([expect.stringContaining('signed out: ')]);
  await page.getByText('The request could not be read, so nothing can be decided.').waitFor();
  expect(await approve.count()).toBe(0);
  await expect.poll(inStatusBar).toMatch(/as far as is known\. .*acme \(SANDBOX\) is signed out\./);

  await account('acme').click();
  await workbench.quickTitle.filter({ hasText: 'Sign In to acme' }).waitFor();
  await workbench.answerInput(sandbox.threatLocker.tokens.global);
  await workbench.told(/You are signed in to account "acme"/);
  await workbench.row('AnyDesk.exe').waitFor();
  await isRead(account('acme'));
  await expect.poll(inStatusBar).not.toMatch(/as far as is known|signed out/);

  // The new token is kept.
  await workbench.reload();
  await isRead(account('acme'));
  await approve.click();
  await workbench.modal();
  await workbench.answerModal('Approve pdf-merge-portable.exe');
  await banner.filter({ hasText: 'Approve: Carried out' }).waitFor();
  expect(writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(wrongWith(writesOn(id)[0])).toEqual([]);
});

test('a network that is gone: what is shown says how old it is, and nothing can be decided until it is back', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('anydesk');
  await askToDeny();
  await workbench.modal();
  cutNetwork();
  await workbench.answerModal('Deny AnyDesk.exe');
  await workbench.told('Deny "AnyDesk.exe": ');
  expect(writesOn(id)).toEqual([]);
  await workbench.told(
    /Deny "AnyDesk\.exe": The request could not be read again before the decision: .* Nothing was sent\./,
  );

  await workbench.runCommand('Countersign: Refresh');
  await bothAreStale();
  await workbench.hoverTells(workbench.row('AnyDesk.exe'), /As it was .+ ago; it may have been decided since\./);
  await expect.poll(inStatusBar).toMatch(/acme \(SANDBOX\): as of .+ ago\./);

  // A window that has never read anything itself shows what was read last, and says so once it could not read either.
  await workbench.reload();
  await workbench.row('AnyDesk.exe').waitFor();
  await workbench.runCommand('Countersign: Refresh');
  await bothAreStale();
  await workbench.row('AnyDesk.exe').waitFor();
  await expect.poll(inStatusBar).toMatch(/acme \(SANDBOX\): as of .+ ago\./);

  await askToDeny();
  await workbench.told(/connection.*Nothing was planned, and nothing was sent\./);
  expect(await workbench.dialog.count()).toBe(0);
  expect(writesOn(id)).toEqual([]);

  sandbox.faults.clear();
  await account('acme').click();
  await isRead(account('acme'));
  // By itself, half a minute after it failed.
  await isRead(account('acme-abr'), 70_000);
  await expect.poll(inStatusBar).not.toMatch(/as far as is known|as of/);
  await workbench.row('AnyDesk.exe').waitFor();
  expect(writesOn(id)).toEqual([]);
});

test('a network that is gone when a write has left: its outcome is said to be unknown, and found out once it is back', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('anydesk');
  sandbox.faults.add({ when: { path: REJECT }, do: { kind: 'meanwhile', run: cutNetwork } });
  sandbox.faults.add({ when: { path: REJECT }, do: { kind: 'resetAfterEffect' } });
  await workbench.unfoldView('Decided');
  const decided = workbench.row('Deny "AnyDesk.exe"', 'Decided').first();
  await askToDeny();
  await workbench.modal();
  await workbench.answerModal('Deny AnyDesk.exe');
  await workbench.told(
    /Deny "AnyDesk\.exe": .* it is unknown whether it was decided\. .* it is not sent a second time\./,
  );
  await decided.filter({ hasText: 'unclear whether carried out' }).waitFor();
  expect(writesOn(id)).toHaveLength(1);

  sandbox.faults.clear();
  // Whatever is decided next, what is open is looked at before.
  await workbench.runCommand('Countersign: Deny…');
  await workbench.pick('scansnap-update.exe');
  await workbench.pick('Please ask the service desk, with a ticket.');
  await workbench.modal();
  await workbench.dismissModal();
  await carriedOut(workbench, 'Deny "AnyDesk.exe"').waitFor();
  await workbench.row('AnyDesk.exe', 'Pending').waitFor({ state: 'detached' });
  expect(writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied', path: REJECT, status: null }]);
});

test('the record has the two decisions that took effect, and no other attempt to write', () => {
  expect(stage().sandbox.record.map(({ verdict }) => verdict)).toEqual(['approve', 'deny']);
});
