import { beforeAll, describe, expect, test } from 'vitest';
import { graveFindings } from './accessibility.ts';
import { keysOf } from './keys.ts';
import { intoReadme, picture } from './looks.ts';
import { useStage } from './use-stage.ts';
import type { Theme, Workbench } from './workbench/index.ts';

// Pictures of what people see, kept in out/looks to be looked at, and what axe says of the review page. With
// COUNTERSIGN_README_PICTURE=1 the first picture becomes the one in the extension's README.

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast'];
const WIDE = { width: 1440, height: 810 };
const TALL = { width: 1500, height: 1300 };

/** Pages of the review, with what stands in each once it is whole. */
const PAGES = [
  { name: 'plain', row: 'pdf-merge-portable.exe', whole: 'Permits this exact file on "CONTOSO-FRONT-05" only.' },
  { name: 'stop', row: 'cmd.exe', whole: 'Stop' },
  { name: 'unread application', row: 'vcruntime140.dll', whole: 'Could not be read.' },
  { name: 'decided', row: 'AnyDesk.exe', whole: /^Deny: / },
] as const;

const stage = useStage(
  {
    before: ({ faults }) =>
      faults.add({
        when: { path: 'ApplicationGetMatchingList', where: ({ body }) => body.includes('vcruntime140') },
        do: { kind: 'status', status: 403 },
      }),
    workbench: { size: WIDE, theme: 'light' },
  },
  async ({ workbench }) => {
    await workbench.openView('Countersign');
    await workbench.setSidebarWidth(420);
    await workbench.row('netscan64.exe').waitFor();
  },
);

async function heading({ webviewFrame }: Workbench, name: string): Promise<void> {
  await webviewFrame().getByRole('heading', { name, level: 1 }).waitFor();
}

/** By keys, since a hover over one row may cover another. */
async function fromMenu(workbench: Workbench, row: string, command: string): Promise<void> {
  const keys = keysOf(workbench);
  await keys.command('Countersign: Focus on Pending View');
  await keys.toRow(row);
  await keys.menu();
  await keys.choose(command);
}

/** How VS Code tells a page which theme the window has. */
const THEME_KINDS: Readonly<Record<Theme, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  'high-contrast': 'vscode-high-contrast',
  'high-contrast-light': 'vscode-high-contrast-light',
};

/** Shows a page that is open, once it has the theme too. */
async function show(name: (typeof PAGES)[number]['name'], theme: Theme): Promise<void> {
  const { workbench } = stage();
  const page = PAGES.find((one) => one.name === name);
  if (!page) throw new Error(`There is no page "${name}".`);
  const { row, whole } = page;
  await workbench.page.locator('.tabs-container .tab', { hasText: row }).click();
  await heading(workbench, row);
  await workbench.webviewFrame().getByText(whole).first().waitFor();
  await workbench.webviewFrame().locator(`body[data-vscode-theme-kind="${THEME_KINDS[theme]}"]`).waitFor();
}

test("the README's picture", async () => {
  const { workbench } = stage();
  await workbench.row('netscan64.exe').click();
  await heading(workbench, 'netscan64.exe');
  await workbench.webviewFrame().getByText('on "FAB-LT-031" only.').first().waitFor();
  // The window's title names the way in which the extension was loaded here.
  const file = await picture(workbench, 'readme', { without: '.part.titlebar' });
  if (process.env['COUNTERSIGN_README_PICTURE'] === '1') await intoReadme(file);
});

describe('with pages open', () => {
  beforeAll(async () => {
    const { workbench } = stage();
    await workbench.resize(TALL.width, TALL.height);
    // VS Code 1.105 shows a walkthrough of its own, whichever was named, when the first one is opened.
    await workbench.runCommand('Countersign: First Steps');
    const first = workbench.page.locator('.tabs-container .tab', { hasText: /Welcome|Walkthrough/ });
    await first.waitFor();
    await workbench.runCommand('View: Close Editor');
    await first.waitFor({ state: 'detached' });
    await workbench.row('AnyDesk.exe').click();
    await heading(workbench, 'AnyDesk.exe');
    const page = workbench.webviewFrame();
    await page.getByLabel('Reason for the denial').fill('We could not find out who asks.');
    await page.getByRole('button', { name: 'Deny AnyDesk.exe …' }).click();
    await workbench.answerModal('Deny AnyDesk.exe');
    await page.locator('.banner .title', { hasText: /^Deny: / }).waitFor();
    await workbench.row('AnyDesk.exe').waitFor({ state: 'detached' });
    for (const { row } of PAGES.filter(({ name }) => name !== 'decided')) {
      await workbench.row(row).click();
      await heading(workbench, row);
    }
    await workbench.unfoldView('Decided');
    await workbench.row('Deny "AnyDesk.exe"', 'Decided').waitFor();
  });

  test.for(THEMES)('people see the sidebar, the dialogs and the first steps (%s)', async (theme) => {
    const { workbench, sandbox } = stage();
    const { page, quickInput } = workbench;
    await workbench.setTheme(theme);
    await workbench.runCommand('Notifications: Clear All Notifications');
    const written = sandbox.record.length;
    await picture(workbench, `${theme} sidebar`);

    await show('plain', theme);
    await workbench.webviewFrame().getByRole('button', { name: 'Approve pdf-merge-portable.exe …' }).click();
    await workbench.modal();
    await picture(workbench, `${theme} modal`);
    await workbench.dismissModal();
    // Which gives the focus back to the page, and would take it from whatever is opened before.
    await workbench.webviewFrame().locator('#h-decide:focus').waitFor();

    await fromMenu(workbench, 'pdf-merge-portable.exe', 'Approve…');
    await workbench.quickRow('Something else …').waitFor();
    await picture(workbench, `${theme} approve`);
    await page.keyboard.press('Escape');
    await quickInput.waitFor({ state: 'detached' });

    await fromMenu(workbench, 'pdf-merge-portable.exe', 'Deny…');
    await workbench.quickRow('Write a reason …').waitFor();
    await picture(workbench, `${theme} deny`);
    await page.keyboard.press('Escape');
    await quickInput.waitFor({ state: 'detached' });

    await fromMenu(workbench, 'cmd.exe', 'Approve…');
    await workbench.quickMessage.filter({ hasText: 'type "' }).waitFor();
    await picture(workbench, `${theme} phrase`);
    await page.keyboard.press('Escape');
    await quickInput.waitFor({ state: 'detached' });

    await workbench.runCommand('Countersign: First Steps');
    await page.getByText('First Steps with Countersign').first().waitFor();
    await picture(workbench, `${theme} walkthrough`);
    await workbench.runCommand('View: Close Editor');
    // The page behind it takes the focus when it has been drawn, and would take it from whatever is opened before.
    await heading(workbench, 'pdf-merge-portable.exe');
    expect(sandbox.record).toHaveLength(written);
  });

  test.for(THEMES)('the review page has no fault that keeps people out (%s)', async (theme) => {
    const { workbench } = stage();
    await workbench.setTheme(theme);
    const found: Record<string, readonly string[]> = {};
    for (const { name } of PAGES) {
      await show(name, theme);
      await picture(workbench, `${theme} review ${name}`);
      found[name] = await graveFindings(workbench.webviewFrame());
    }
    expect(found).toEqual(Object.fromEntries(PAGES.map(({ name }) => [name, []])));
  });

  test('a fault in the page is found', async () => {
    const { workbench } = stage();
    const root = workbench.webviewFrame().locator('body');
    await root.evaluate((body) => body.append(document.createElement('button')));
    expect(await graveFindings(workbench.webviewFrame())).toEqual([expect.stringMatching(/^button-name: /)]);
  });
});
