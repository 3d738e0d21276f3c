import type { Locator, Page } from 'playwright-core';
import { exactly } from './views.ts';

/** A modal dialog as a person reads it. */
interface Modal {
  readonly message: string;
  readonly detail: string;
  /** In the order in which they stand. */
  readonly buttons: readonly string[];
}

export interface Dialogs {
  /** The dialog itself, to wait for or to look at. */
  readonly dialog: Locator;
  /** Waits for a modal dialog and reads it. */
  modal(): Promise<Modal>;
  /**
   * Presses a button of the modal dialog. It doesn't wait until the dialog is gone, since another may follow in its place: wait
   * for what the answer does.
   */
  answerModal(button: string): Promise<void>;
  /** Closes the modal dialog without an answer, as a person does with Escape. */
  dismissModal(): Promise<void>;
  /** A notification on the screen, by its text. */
  notification(text: string | RegExp): Locator;
  /**
   * Waits until a notification says it, on the screen or to a screen reader alone: of more than three within a second VS Code shows
   * no more, and a test is faster than a person.
   */
  told(text: string | RegExp): Promise<void>;
  /** Texts of the notifications on the screen, the newest first. */
  notifications(): Promise<string[]>;
  /** Presses a button of a notification. */
  answerNotification(text: string | RegExp, button: string): Promise<void>;
}

export function dialogsOf(page: Page): Dialogs {
  const dialog = page.locator('.monaco-dialog-box');
  const toasts = page.locator('.notifications-toasts .notification-list-item');
  const button = (label: string) => page.locator('.monaco-button', { hasText: exactly(label) });
  const text = async (selector: string) => {
    const part = dialog.locator(selector);
    return (await part.count()) > 0 ? part.innerText() : '';
  };
  const notification = (wanted: string | RegExp) =>
    toasts.filter({ has: page.locator('.notification-list-item-message', { hasText: wanted }) });
  return {
    dialog,
    modal: async () => {
      await dialog.waitFor();
      return {
        message: await text('.dialog-message-text'),
        detail: await text('.dialog-message-detail'),
        buttons: await dialog.locator('.dialog-buttons .monaco-button').allInnerTexts(),
      };
    },
    answerModal: (label) => dialog.locator('.dialog-buttons').locator(button(label)).click(),
    dismissModal: async () => {
      await dialog.waitFor();
      await page.keyboard.press('Escape');
    },
    notification,
    told: (wanted) =>
      page
        .locator('.notifications-toasts .notification-list-item-message, .monaco-alert')
        .filter({ hasText: wanted })
        .first()
        .waitFor({ state: 'attached' }),
    notifications: () => toasts.locator('.notification-list-item-message').allInnerTexts(),
    answerNotification: (wanted, label) => notification(wanted).locator(button(label)).click(),
  };
}
