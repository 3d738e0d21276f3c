import { expect, test } from 'vitest';
import { narrowestPermit } from './narrowest-permit.ts';
import { useStage } from './use-stage.ts';
import { makeWitness, type WitnessedCall, witnessed } from './witness/index.ts';

// The whole way of somebody who has just installed it. The sandbox that they try runs inside the extension host, with the same
// requests and secrets as that of the stage, which nobody calls.

const FILE = 'pdf-merge-portable.exe';
const PERMIT = '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication';

/** ThreatLocker reads with POST too; whatever is not known to read is taken for a write. */
const READS: readonly string[] = [
  '/portalapi/ApprovalRequest/ApprovalRequestGetByParameters',
  '/portalapi/Application/ApplicationGetMatchingList',
];

const stage = useStage({
  isConfigured: false,
  besides: [await makeWitness()],
  workbench: { size: { width: 1400, height: 1900 } },
});

test('with no account there is a welcome, and no number', async () => {
  const { workbench } = stage();
  await workbench.openView('Countersign');
  await workbench.welcomeButton('Try the Sandbox').waitFor();
  expect(await workbench.treeRows('Pending')).toEqual([]);
  // While it loads, VS Code has a badge of its own there, without a number.
  expect(await workbench.badge('Countersign').filter({ hasText: /\d/ }).count()).toBe(0);
});

test('the walkthrough starts the sandbox, which brings rows and a badge', async () => {
  const { workbench } = stage();
  if (workbench.host.name === 'floor') {
    // Its own "Open Walkthrough" shows the start page instead of any walkthrough that an extension brings.
    await workbench.welcomeButton('Try the Sandbox').click();
  } else {
    await workbench.runCommand('Countersign: First Steps');
    const walkthrough = workbench.page.locator('.gettingStartedContainer');
    await walkthrough.getByRole('button', { name: 'Try the Sandbox' }).click();
  }
  await workbench.row(FILE, 'Pending').waitFor();
  await workbench.welcomeButton('Try the Sandbox').waitFor({ state: 'detached' });
  await expect.poll(async () => Number(await workbench.badge('Countersign').innerText())).toBeGreaterThan(20);
});

test('by file, one sees what is the same everywhere; a hover tells what stands out', async () => {
  const { workbench } = stage();
  await workbench.runCommand('Countersign: Group By…');
  await workbench.pick('File');
  await workbench.row('Obsidian.exe', 'Pending').filter({ hasText: '4 · the same SHA-256' }).waitFor();
  // The last of that name is the request, below the file that it is about.
  const request = (file: string) => workbench.row(file, 'Pending').last();
  await workbench.hoverTells(request('codec-pack.exe'), /SANDBOX: nothing here is real\..*malicious/s);
  await workbench.hoverTells(request(FILE), /The file is not signed\..*Merging two scanned letters/s);
  await workbench.hoverTells(request(FILE), /C:\\Users\\paul\.meyer\\Downloads\\pdf-merge-portable\.exe/);
});

test('approved from its page, the sandbox has got exactly one right permit, and no other write', async () => {
  const { workbench, sandbox } = stage();
  await workbench.row(FILE, 'Pending').last().click();
  const page = workbench.webviewFrame();
  await page.getByRole('heading', { name: FILE }).waitFor();
  const approve = page.getByRole('button', { name: `Approve ${FILE} …` });
  await approve.click();
  const { detail } = await workbench.modal();
  expect(detail).toContain('Reach: Permits this exact file on "CONTOSO-FRONT-05" only.');
  const before = await witnessed(workbench);
  expect(before.filter(isWrite)).toEqual([]);
  const url = before.find(({ path }) => path.startsWith('/portalapi/'))?.origin ?? '';
  const inHost = { ...sandbox, threatLocker: { ...sandbox.threatLocker, url } };
  const wrongWith = await narrowestPermit(inHost, sandbox.id('unsigned-downloads'), FILE);
  await workbench.answerModal(`Approve ${FILE}`);
  await page.locator('.banner', { hasText: 'Approve: Carried out' }).waitFor();
  const writes = (await witnessed(workbench)).filter(isWrite);
  expect(writes).toMatchObject([{ method: 'POST', path: PERMIT, status: 200 }]);
  expect(wrongWith(writes[0])).toEqual([]);
  await workbench.row(FILE, 'Pending').first().waitFor({ state: 'detached' });
  expect((await witnessed(workbench)).filter(isWrite)).toHaveLength(1);
  expect(sandbox.calls).toEqual([]);
});

test('loaded again, the sandbox has ended with its window: its accounts are gone, and it can be tried anew', async () => {
  const { workbench } = stage();
  await workbench.reload();
  await workbench.welcomeButton('Try the Sandbox').waitFor({ timeout: 60_000 });
  expect(await workbench.treeRows('Pending')).toEqual([]);
  await workbench.welcomeButton('Try the Sandbox').click();
  await workbench.row(FILE, 'Pending').first().waitFor();
});

function isWrite({ method, path }: WitnessedCall): boolean {
  return method !== 'GET' && !READS.includes(path);
}
