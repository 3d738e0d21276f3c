import type { Locator, Page } from 'playwright-core';

/** A row of a tree as it stands on the screen. */
interface Row {
  readonly name: string;
  readonly description: string;
  /** 1 at the root. */
  readonly level: number;
  /** Undefined where nothing can be opened. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  /** What a screen reader says. */
  readonly spoken: string;
}

export interface Views {
  /** The activity bar's entry of a container, by its title. */
  container(title: string): Locator;
  /** The number on a container's entry. The first badge is the best sign that the extension has been activated. */
  badge(title: string): Locator;
  /** Shows a container in the sidebar. */
  openView(title: string): Promise<void>;
  /** One of the container's views, by its title, with its header. */
  view(title: string): Locator;
  /** Opens one of the container's views, where it is folded. */
  unfoldView(title: string): Promise<void>;
  /** Rows that are on the screen, by the name that they begin with; of one view, or of the whole sidebar. */
  row(name: string | RegExp, view?: string): Locator;
  /** Every row on the screen. VS Code draws only those. */
  treeRows(view?: string): Promise<Row[]>;
  /** Clicks a button that stands beside a row while the mouse is over it. */
  clickBeside(row: Locator, label: string): Promise<void>;
  /** Holds the mouse over a row until what is told there says this. */
  hoverTells(row: Locator, text: RegExp): Promise<void>;
  /** Chooses from the menu that a click with the right button opened. */
  chooseFromMenu(label: string): Promise<void>;
  /** A button of a view's welcome text. */
  welcomeButton(label: string): Locator;
}

const MOST_TRIES = 9;
const TRY_MS = 2000;

/** For the whole text of an element; a string has to be all of it. Readable in Playwright's messages, unlike RegExp.escape's. */
export function exactly(text: string | RegExp): RegExp {
  return typeof text === 'string' ? new RegExp(`^\\s*${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\s*$`) : text;
}

export function viewsOf(page: Page): Views {
  const sidebar = page.locator('.part.sidebar');
  const container = (title: string) =>
    page.locator('.part.activitybar .action-item', {
      has: page.locator(`.action-label[aria-label^=${JSON.stringify(title)}]`),
    });
  const view = (title: string) =>
    sidebar.locator('.split-view-view', {
      has: page.locator(`.pane-header[aria-label^=${JSON.stringify(title)}]`),
    });
  const overRow = async (row: Locator, act: (timeoutMs: number) => Promise<void>) => {
    for (let more = MOST_TRIES; ; more -= 1) {
      await row.hover();
      const missed = await act(TRY_MS).then(
        () => null,
        (error: unknown) => error,
      );
      if (missed === null) return;
      // Rows that came meanwhile have moved it away from under the mouse.
      if (more === 0) throw missed;
      await page.mouse.move(0, 0);
    }
  };
  const rows = (title?: string) => (title === undefined ? sidebar : view(title)).locator('.monaco-list-row');
  return {
    container,
    badge: (title) => container(title).locator('.badge-content'),
    openView: async (title) => {
      const entry = container(title);
      await entry.waitFor();
      // A second click on an open container closes the sidebar.
      if (!(await entry.evaluate((element) => element.classList.contains('checked')))) await entry.click();
      await sidebar.locator('.composite.title', { hasText: title }).waitFor();
      // Off the entry, whose tooltip would stay.
      await page.mouse.move(0, 0);
    },
    view,
    unfoldView: async (title) => {
      const header = view(title).locator('.pane-header');
      await header.waitFor();
      if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    },
    row: (name, title) => rows(title).filter({ has: page.locator('.label-name', { hasText: exactly(name) }) }),
    treeRows: (title) =>
      rows(title).evaluateAll((elements) =>
        elements.map((element) => ({
          name: element.querySelector('.label-name')?.textContent ?? '',
          description: element.querySelector('.label-description')?.textContent ?? '',
          level: Number(element.getAttribute('aria-level')),
          expanded: element.hasAttribute('aria-expanded')
            ? element.getAttribute('aria-expanded') === 'true'
            : undefined,
          selected: element.getAttribute('aria-selected') === 'true',
          spoken: element.getAttribute('aria-label') ?? '',
        })),
      ),
    clickBeside: (row, label) =>
      overRow(row, (timeout) => row.locator(`.action-label[aria-label^=${JSON.stringify(label)}]`).click({ timeout })),
    hoverTells: (row, text) =>
      overRow(row, (timeout) =>
        page.locator('.workbench-hover:visible').filter({ hasText: text }).waitFor({ timeout }),
      ),
    chooseFromMenu: async (label) => {
      const item = page.locator('.monaco-menu .action-item', {
        has: page.locator('.action-label', { hasText: exactly(label) }),
      });
      await item.hover();
      // For a moment a menu takes no click, lest the one that opened it chooses something; keys it takes at once.
      await item.and(page.locator('.focused')).waitFor();
      await page.keyboard.press('Enter');
    },
    welcomeButton: (label) => sidebar.locator('.welcome-view-content .monaco-button', { hasText: exactly(label) }),
  };
}
