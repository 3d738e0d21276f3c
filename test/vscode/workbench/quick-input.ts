import type { Locator, Page } from 'playwright-core';
import { exactly } from './views.ts';

/** The box at the top: the command palette, lists to pick from, questions with one line to answer. */
export interface QuickInput {
  /** Runs a command as a person does, by the label that the palette shows (`Countersign: Refresh`). */
  runCommand(label: string): Promise<void>;
  /** Labels that the palette offers for a text, in its order; closes it again. */
  offeredCommands(text: string): Promise<string[]>;
  /** The box itself, to wait for or to look at. */
  readonly quickInput: Locator;
  /** Its title with the count of steps, such as `Deny (2/3)`. */
  readonly quickTitle: Locator;
  /** What it says about what was typed, or asks for. */
  readonly quickMessage: Locator;
  /** Its line. */
  readonly inputBox: Locator;
  /** Types into the line and presses Enter. */
  answerInput(text: string): Promise<void>;
  /** Its rows, by the label that stands on them. */
  quickRow(label: string | RegExp): Locator;
  /** Labels of the rows, once there are any. */
  quickPick(): Promise<string[]>;
  /** Chooses a row. */
  pick(label: string | RegExp): Promise<void>;
}

export function quickInputOf(page: Page): QuickInput {
  const quickInput = page.locator('.quick-input-widget:visible');
  const inputBox = quickInput
    .locator('.quick-input-header input:is([type="text"], [type="password"], :not([type]))')
    .first();
  const rows = quickInput.locator('.monaco-list-row');
  const quickRow = (label: string | RegExp) =>
    rows.filter({ has: page.locator('.label-name', { hasText: exactly(label) }) });
  const labels = () =>
    rows.locator('.quick-input-list-rows > .quick-input-list-row:first-child .label-name').allInnerTexts();
  const palette = async (text: string) => {
    await page.keyboard.press('F1');
    await inputBox.waitFor();
    await inputBox.fill(`>${text}`);
    await rows.first().waitFor();
  };
  return {
    runCommand: async (label) => {
      await palette(label);
      await quickRow(label).first().click();
    },
    offeredCommands: async (text) => {
      await palette(text);
      const offered = await labels();
      await page.keyboard.press('Escape');
      await quickInput.waitFor({ state: 'detached' });
      return offered;
    },
    quickInput,
    quickTitle: quickInput.locator('.quick-input-title'),
    quickMessage: quickInput.locator('.quick-input-message'),
    inputBox,
    answerInput: async (text) => {
      await inputBox.waitFor();
      await inputBox.fill(text);
      await page.keyboard.press('Enter');
    },
    quickRow,
    quickPick: async () => {
      await rows.first().waitFor();
      return labels();
    },
    pick: async (label) => {
      await rows.first().waitFor();
      // A long list shows only what fits.
      if (typeof label === 'string') await inputBox.fill(label);
      await quickRow(label).first().click();
    },
  };
}
