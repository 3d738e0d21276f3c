import type { Locator, Page } from 'playwright-core';
import type { Host } from '../setup/host.ts';
import type { QuickInput } from './quick-input.ts';

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

/** As the list of themes names them, by version, and the class by which the window says what it shows. */
const THEMES = {
  light: { current: 'Light 2026', floor: 'Light Modern', shown: 'vs' },
  dark: { current: 'Dark 2026', floor: 'Dark Modern', shown: 'vs-dark' },
  'high-contrast': { current: 'Dark High Contrast', floor: 'Dark High Contrast', shown: 'hc-black' },
  'high-contrast-light': { current: 'Light High Contrast', floor: 'Light High Contrast', shown: 'hc-light' },
} as const;

/** What settings call a theme, by version. */
const SETTINGS = {
  light: { current: 'Light 2026', floor: 'Default Light Modern' },
  dark: { current: 'Dark 2026', floor: 'Default Dark Modern' },
  'high-contrast': { current: 'Default High Contrast', floor: 'Default High Contrast' },
  'high-contrast-light': { current: 'Default High Contrast Light', floor: 'Default High Contrast Light' },
} as const;

/** Settings for a window that begins in this theme. */
export function themeSettings(theme: Theme, host: Host): Readonly<Record<string, unknown>> {
  return { 'workbench.colorTheme': SETTINGS[theme][host.name], 'window.autoDetectColorScheme': false };
}

export interface Appearance {
  /** Chooses a theme from VS Code's list of them. */
  setTheme(theme: Theme): Promise<void>;
  /** The window's size in CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  /** Drags the sidebar's edge. VS Code keeps it at least 170 wide. */
  setSidebarWidth(width: number): Promise<void>;
  /** An item of the status bar, by what a screen reader says of it. */
  statusBar(spoken: string | RegExp): Locator;
  /** What stands in the status bar, from left to right. */
  statusBarItems(): Promise<string[]>;
}

export function appearanceOf(page: Page, host: Host, { runCommand, pick, quickInput }: QuickInput): Appearance {
  const items = page.locator('.part.statusbar .statusbar-item');
  return {
    setTheme: async (theme) => {
      const { [host.name]: name, shown } = THEMES[theme];
      await runCommand('Preferences: Color Theme');
      await pick(name);
      await quickInput.waitFor({ state: 'detached' });
      await page.locator(`.monaco-workbench.${shown}`).waitFor();
    },
    resize: (width, height) => page.setViewportSize({ width, height }),
    setSidebarWidth: async (width) => {
      const box = await page.locator('.part.sidebar').boundingBox();
      if (!box) throw new Error('The sidebar is closed: it has no edge to drag.');
      const middle = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width, middle);
      await page.mouse.down();
      await page.mouse.move(box.x + width, middle, { steps: 4 });
      await page.mouse.up();
      // Away from the edge, which is lit while the mouse is over it.
      await page.mouse.move(box.x + width + 200, middle);
    },
    statusBar: (spoken) =>
      typeof spoken === 'string'
        ? items.and(page.locator(`[aria-label*=${JSON.stringify(spoken)}]`))
        : items.filter({ hasText: spoken }),
    statusBarItems: () =>
      items.evaluateAll((all) => all.map((item) => item.getAttribute('aria-label') ?? '').filter(Boolean)),
  };
}
