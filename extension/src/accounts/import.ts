import { access } from 'node:fs/promises';
import { places, readAccountsFile, SettingsError } from '@countersign/shared/account';
import type { JsonObject } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { CommandHandler } from '../host/index.ts';
import { contentOf, withAccount } from './content.ts';
import { type Desk, ownContent, persist } from './desk.ts';
import { chooseAccounts } from './import-accounts.ts';
import { confirmImport } from './import-confirm.ts';
import { askSecrets } from './import-secrets.ts';
import { chooseSections } from './import-sections.ts';

/** Takes accounts over from a file of the same format, such as the terminal command's. The file itself stays as it is. */
export function createImportAccounts(desk: Desk): CommandHandler {
  const { host, accounts } = desk;
  return async () => {
    const ours = await ownContent(desk);
    const file = ours && (await chooseFile(desk));
    const theirs = file && (await read(desk, file));
    if (!ours || !theirs) return;
    const chosen = await chooseAccounts(host.dialogs, theirs, ours);
    if (chosen === null || chosen.length === 0) return;
    const sections = await chooseSections(host.dialogs, theirs, ours);
    const taken = sections && (await askSecrets(desk, chosen));
    if (!sections || !taken) return;
    if (!(await confirmImport(host, { file, taken, sections }, ours))) return;
    const edit = (content: JsonObject): JsonObject =>
      taken.reduce((all, { entry }) => withAccount(all, entry), { ...content, ...sections });
    const done = await persist(desk, () =>
      accounts.save(edit, new Map(taken.flatMap(({ secret }) => (secret ? [[secret.name, secret.value]] : [])))),
    );
    if (!done) return;
    const signedOut = taken.filter(({ secret }) => secret?.value === null).length;
    const message = l10n.t('Imported accounts: {0}.', taken.length);
    await host.dialogs.notify(
      'info',
      signedOut === 0 ? message : l10n.t('{0} {1} of them are signed out until you sign in.', message, signedOut),
    );
  };
}

async function chooseFile({ host, io }: Desk): Promise<string | null> {
  const usual = usualFile(io);
  if (usual !== null && (await exists(usual))) {
    const other = Symbol('another');
    const step = await host.dialogs.pick<string | typeof other>(
      [
        { label: l10n.t("The terminal command's file"), description: cleanLine(usual), value: usual },
        { label: l10n.t('Another file…'), value: other },
      ],
      { title: l10n.t('Import Accounts'), placeholder: l10n.t('Which accounts file?') },
    );
    if (step.kind !== 'done') return null;
    if (step.value !== other) return step.value;
  }
  return await host.dialogs.openFile(l10n.t('Import Accounts'));
}

function usualFile({ platform, env, homedir }: Desk['io']): string | null {
  if (env['COUNTERSIGN_CONFIG']) return env['COUNTERSIGN_CONFIG'];
  try {
    return places(platform, env, homedir).configFile;
  } catch (error) {
    // It says where the state is, too, and that may be nonsense.
    if (error instanceof SettingsError) return null;
    throw error;
  }
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

async function read(desk: Desk, file: string): Promise<JsonObject | null> {
  try {
    const text = await readAccountsFile(file, desk.io);
    if (text !== null) return contentOf(text, file);
    await desk.host.dialogs.notify('error', l10n.t('{0} does not exist. Nothing was imported.', cleanLine(file)));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    // Not the way of our own file: what would be opened there is not what is wrong.
    for (const problem of error.problems) desk.host.log.error(cleanLine(problem, 500));
    await desk.host.dialogs.notify(
      'error',
      l10n.t('Nothing was imported. {0}', cleanLine(error.problems[0] ?? error.message, 500)),
    );
  }
  return null;
}
