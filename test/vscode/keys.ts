import type { Locator } from 'playwright-core';
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
  /** Moves on in the page until this has the focus. Answers what had it on the way, '' where that was outside the page. */
  inPageTo(id: string): Promise<readonly string[]>;
  /** What has the focus in the page, and whether that can be seen. */
  inPage(): Promise<{ readonly id: string; readonly isSeen: boolean }>;
  /** Leaves the menu, the list, the question or the dialog that is open. */
  leave(): Promise<void>;
  press(key: string): Promise<void>;
}

/** More steps than any list or dialog here takes. */
const MOST_STEPS = 80;

/** What stands there at this moment; '' for nothing, which is not waited for. */
async function textOf(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts())[0] ?? '';
}

export function keysOf(workbench: Workbench): Keys {
  const { page, quickInput, inputBox, quickRow, dialog } = workbench;
  const press = (key: string) => page.keyboard.press(key);
  const menu = page.locator('.monaco-menu');

  const inPage = () =>
    workbench
      .webviewFrame()
      .locator('body')
      .evaluate(() => {
        const active = document.hasFocus() ? document.activeElement : null;
        if (!active || active === document.body) return { id: '', isSeen: false };
        const { outlineStyle, outlineWidth } = getComputedStyle(active);
        const { top, bottom } = active.getBoundingClientRect();
        const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
        return { id: active.id, isSeen: isOutlined && bottom > 0 && top < window.innerHeight };
      });

  /** Presses a key until what has the focus is what is wanted. */
  async function pressUntil(key: string, wanted: string, focused: () => Promise<string>): Promise<readonly string[]> {
    const passed: string[] = [];
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const now = await focused();
      if (now === wanted) return passed;
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
      await quickRow(label).and(page.locator('.focused')).first().waitFor();
      await press('Enter');
    },
    toRow: async (name) => {
      await workbench.row(name).first().waitFor();
      // A view is given the keys a moment after the command for it, and remembers its row until then.
      const list = page.locator('.part.sidebar .monaco-list:focus');
      await list.waitFor();
      const row = list.locator('.monaco-list-row.focused .label-name');
      if ((await textOf(row)) === name) return;
      await press('Home');
      await pressUntil('ArrowDown', name, () => textOf(row));
    },
    menu: async () => {
      await press('Shift+F10');
      await menu.waitFor();
    },
    choose: async (label) => {
      const item = menu.locator('.action-item.focused .action-label');
      await pressUntil('ArrowDown', label, () => textOf(item));
      await press('Enter');
    },
    pick: async (label) => {
      await quickRow(label).first().waitFor();
      await page.keyboard.type(label);
      await quickRow(label).and(page.locator('.focused')).first().waitFor();
      await press('Enter');
    },
    toButton: async (label) => {
      await dialog.waitFor();
      const focused = dialog.locator('.monaco-button:focus');
      await pressUntil('Tab', label, () => textOf(focused));
    },
    inPage,
    inPageTo: (wanted) =>
      pressUntil('Tab', wanted, async () => {
        const { id, isSeen } = await inPage();
        if (id !== '' && !isSeen) throw new Error(`That "${id}" has the focus can't be seen.`);
        return id;
      }),
    leave: async () => {
      const open = quickInput.or(menu).or(dialog);
      await open.first().waitFor();
      await press('Escape');
      await open.first().waitFor({ state: 'detached' });
    },
  };
}
