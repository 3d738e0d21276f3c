import { expect, test } from 'vitest';
import { useStage } from './use-stage.ts';

// Robin Rival decides in the vendor's portal while the person of this window is about to decide the same.

const stage = useStage({ workbench: { size: { width: 1400, height: 1400 } } }, async ({ workbench }) => {
  await workbench.openView('Countersign');
  await workbench.row('AnyDesk.exe').waitFor();
});

/** Opens a request's page, as soon as it can be decided there. */
async function openPage(file: string) {
  const { workbench } = stage();
  await workbench.row(file).first().click();
  const page = workbench.webviewFrame();
  const deny = page.getByRole('button', { name: `Deny ${file} …` });
  await deny.waitFor();
  return { approve: page.getByRole('button', { name: `Approve ${file} …` }), deny, page };
}

/** From the palette, up to the dialog. */
async function askToDeny(file: string, ...steps: readonly string[]): Promise<void> {
  const { runCommand, pick, modal } = stage().workbench;
  await runCommand('Countersign: Deny…');
  for (const choice of [file, 'Please ask the service desk, with a ticket.', ...steps]) await pick(choice);
  await modal();
}

test('while a page is open that does not know of it yet: an approval asks nobody, sends nothing and says who it was', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('unsigned-downloads');
  const { approve, page } = await openPage('pdf-merge-portable.exe');
  sandbox.rivalDecides('threatlocker', id, 'deny');
  await approve.click();
  const banner = page.locator('.banner', { has: page.locator('.title', { hasText: 'Approve: Already handled' }) });
  await banner.filter({ hasText: /already denied by Robin Rival\. Nothing was sent\./ }).waitFor();
  expect(await workbench.dialog.count()).toBe(0);
  expect(writesOn(id)).toEqual([]);
  await approve.waitFor({ state: 'detached' });
  await workbench.row('pdf-merge-portable.exe').waitFor({ state: 'detached' });
});

test('while a page is open that learns of it: the page says who it was, and has nothing left to deny with', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('anydesk');
  const { deny, page } = await openPage('AnyDesk.exe');
  await page.getByLabel('Reason for the denial (required)').fill('Not on this computer.');
  sandbox.rivalDecides('threatlocker', id, 'approve');
  await workbench.runCommand('Countersign: Refresh');
  const banner = page.locator('.banner').filter({ hasText: 'It was handled meanwhile: Approved' });
  await banner.filter({ hasText: /Robin Rival.*Nothing of what is chosen here was sent\./ }).waitFor();
  await deny.waitFor({ state: 'detached' });
  await workbench.row('AnyDesk.exe').waitFor({ state: 'detached' });
  expect(writesOn(id)).toEqual([]);
});

test('while the dialog of an approval is open: what is confirmed is not sent, and it says who was first', async () => {
  const { workbench, sandbox, writesOn } = stage();
  const id = sandbox.id('vague-linux');
  const { approve, page } = await openPage('kubectl');
  await approve.click();
  await workbench.modal();
  sandbox.rivalDecides('threatlocker', id, 'deny');
  await workbench.answerModal('Approve kubectl');
  await page.locator('.banner .title', { hasText: /^Approve: / }).waitFor();
  expect(writesOn(id)).toEqual([]);
  await page.locator('.banner').filter({ hasText: 'Approve: Already handled' }).waitFor();
  await workbench.told('Approve "kubectl": It is denied already, by Robin Rival. Nothing was sent.');
  await workbench.row('kubectl').waitFor({ state: 'detached' });
});

test.each([
  ['threatlocker', 'escalated-msp', 'netscan64.exe', ['Tell the requester nothing']],
  ['admin-by-request', 'abr-expiring', 'scansnap-update.exe', []],
] as const)(
  'while the dialog of a denial is open: it is not sent, and it says who was first (%s)',
  async (...given) => {
    const [vendor, name, file, steps] = given;
    const { workbench, sandbox, writesOn } = stage();
    const id = sandbox.id(name);
    await askToDeny(file, ...steps);
    sandbox.rivalDecides(vendor, id, 'approve');
    await workbench.answerModal(`Deny ${file}`);
    await workbench.told(`Deny "${file}": `);
    expect(writesOn(id)).toEqual([]);
    await workbench.told(`Deny "${file}": It is approved already, by Robin Rival. Nothing was sent.`);
    await workbench.row(file).waitFor({ state: 'detached' });
  },
);

test('nothing was written by anybody here', () => {
  expect(stage().sandbox.record).toEqual([]);
});
