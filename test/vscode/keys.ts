import type { Workbench } from './workbench/index.ts';

/** What a person does who has a keyboard and no mouse. */
export interface Keys {
  /** Runs a command of the palette by its whole label. */
  command(label: string): Promise<void>;
  /** Moves to a row of a view that has the focus. */
  toRow(name: string): Promise<void>;
  /** Opens the menu of the row that has the focus. */
  menu(): Promise<void>;
  /** Chooses from the menu that is open. */
  choose(label: string): Promise<void>;
  /** Narrows a list to pick from by typing, and takes what is left. */
  pick(label: string): Promise<void>;
  /** Moves to a button of the modal dialog. */
  toButton(label: string): Promise<void>;
  press(key: string): Promise<void>;
}

/** More steps than any list or dialog here takes. */
const MOST_STEPS = 80;

export function keysOf(workbench: Workbench): Keys {
  const { page, quickInput, inputBox, quickRow, dialog } = workbench;
  const press = (key: string) => page.keyboard.press(key);
  const menu = page.locator('.monaco-menu');

  /** Presses a key until what has the focus is what is wanted. */
  async function pressUntil(key: string, wanted: string, focused: () => Promise<string>): Promise<void> {
    const passed: string[] = [];
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const now = await focused();
      if (now === wanted) return;
      passed.push(now);
      await press(key);
    }
    throw new Error(`${key} never led to "${wanted}", but to: ${passed.join(', ')}`);
  }

  return {
    press,
    command: async (label) => {
      await press('F1');
      await inputBox.waitFor();
      await page.keyboard.type(label);
      await quickRow(label).and(page.locator('.focused')).waitFor();
      await press('Enter');
    },
    toRow: async (name) => {
      await press('Home');
      const row = page.locator('.part.sidebar .monaco-list.element-focused .monaco-list-row.focused .label-name');
      await row.waitFor();
      await pressUntil('ArrowDown', name, () => row.innerText());
    },
    menu: async () => {
      await press('Shift+F10');
      await menu.waitFor();
    },
    choose: async (label) => {
      const item = menu.locator('.action-item.focused .action-label');
      await pressUntil('ArrowDown', label, async () => ((await item.count()) > 0 ? item.innerText() : ''));
      await press('Enter');
    },
    pick: async (label) => {
      await quickRow(label).waitFor();
      await page.keyboard.type(label);
      await quickRow(label).and(page.locator('.focused')).waitFor();
      await press('Enter');
      void quickInput;
    },
    toButton: async (label) => {
      await dialog.waitFor();
      const focused = dialog.locator('.monaco-button:focus');
      await pressUntil('Tab', label, async () => ((await focused.count()) > 0 ? focused.innerText() : ''));
    },
  };
}
