import * as vscode from 'vscode';
import type { Dialogs, PickItem, Step, StepPlace } from '../dialogs.ts';
import { plainLabel, plainMessage } from '../plain-message.ts';

export const dialogs: Dialogs = {
  ask: async ({ message, detail, actions }) =>
    (await vscode.window.showWarningMessage(message, { modal: true, detail }, ...actions)) ?? null,
  notify: async (level, text, ...actions) => {
    const message = plainMessage(text);
    switch (level) {
      case 'info':
        return (await vscode.window.showInformationMessage(message, ...actions)) ?? null;
      case 'warning':
        return (await vscode.window.showWarningMessage(message, ...actions)) ?? null;
      case 'error':
        return (await vscode.window.showErrorMessage(message, ...actions)) ?? null;
      default:
        return level satisfies never;
    }
  },
  pick: async (items, place) => {
    const picked = await pickFrom(items, place, false);
    if (picked.kind !== 'done') return picked;
    const [only] = picked.value;
    return only ? { kind: 'done', value: only.value } : { kind: 'cancelled' };
  },
  pickSeveral: async (items, place) => {
    const picked = await pickFrom(items, place, true);
    return picked.kind === 'done' ? { kind: 'done', value: picked.value.map(({ value }) => value) } : picked;
  },
  input: ({ prompt, placeholder, value, password, validate, ...place }) => {
    const box = vscode.window.createInputBox();
    at(box, place);
    // A prompt's links may run commands.
    box.prompt = plainMessage(prompt);
    if (placeholder !== undefined) box.placeholder = placeholder;
    box.value = value ?? '';
    box.password = password ?? false;
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    return shown(box, () => {
      const wrong = validate?.(box.value) ?? null;
      if (wrong === null) return { kind: 'done', value: box.value };
      box.validationMessage = plainMessage(wrong);
      return null;
    });
  },
  progress: async (title, cancellable, work) =>
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable },
      async (_, token) => {
        const controller = new AbortController();
        const listening = token.onCancellationRequested(() => controller.abort());
        try {
          return await work(controller.signal);
        } finally {
          listening.dispose();
        }
      },
    ),
  openFile: async (title) => {
    const [file] =
      (await vscode.window.showOpenDialog({ title, canSelectMany: false, filters: { JSON: ['json'] } })) ?? [];
    return await onDisk(file);
  },
  saveFile: async (title, name) => {
    const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
    const suggestion = folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {};
    return await onDisk(await vscode.window.showSaveDialog({ title, ...suggestion }));
  },
};

/** The path of what lies in a file system of ours; a place elsewhere has none, whatever its `fsPath` says. */
async function onDisk(uri: vscode.Uri | undefined): Promise<string | null> {
  if (uri === undefined || uri.scheme === 'file') return uri?.fsPath ?? null;
  await vscode.window.showErrorMessage(vscode.l10n.t('That is no file of this computer. Choose one that is.'));
  return null;
}

interface Chosen<T> extends vscode.QuickPickItem {
  readonly of: PickItem<T>;
}

function pickFrom<T>(
  items: readonly PickItem<T>[],
  place: StepPlace & { readonly placeholder: string },
  several: boolean,
): Promise<Step<readonly PickItem<T>[]>> {
  const box = vscode.window.createQuickPick<Chosen<T>>();
  at(box, place);
  box.placeholder = place.placeholder;
  box.canSelectMany = several;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.items = items.map((of) => ({
    of,
    label: plainLabel(of.label),
    ...(of.description === undefined ? {} : { description: plainLabel(of.description) }),
    ...(of.detail === undefined ? {} : { detail: plainLabel(of.detail) }),
    ...(of.icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(of.icon) }),
    ...(of.separator ? { kind: vscode.QuickPickItemKind.Separator } : {}),
  }));
  const picked = box.items.filter(({ of }) => of.picked);
  if (several) box.selectedItems = picked;
  else box.activeItems = picked;
  return shown(box, () => ({ kind: 'done', value: box.selectedItems.map(({ of }) => of) }));
}

function at(box: vscode.QuickInput, { title, step, totalSteps }: StepPlace): void {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  // Whoever looks elsewhere for what to answer comes back to the same question.
  box.ignoreFocusOut = true;
}

type Box<T> = (vscode.QuickPick<Chosen<T>> | vscode.InputBox) & { buttons: readonly vscode.QuickInputButton[] };

/** @param accept the answer, `null` while it can't be taken */
function shown<T, Answer>(box: Box<T>, accept: () => Step<Answer> | null): Promise<Step<Answer>> {
  if ((box.step ?? 1) > 1) box.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (step: Step<Answer>) => {
      resolve(step);
      box.dispose();
    };
    box.onDidTriggerButton(() => end({ kind: 'back' }));
    box.onDidAccept(() => {
      const step = accept();
      if (step) end(step);
    });
    box.onDidHide(() => end({ kind: 'cancelled' }));
    box.show();
  });
}
