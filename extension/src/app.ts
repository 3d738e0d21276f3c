import * as l10n from '@vscode/l10n';
import { createAccountCommands, createAccountsStore, createTryAccount } from './accounts/index.ts';
import { announceAwaiting, createAnswering, createAwaiting, createSigningKeys, type Every } from './confirm/index.ts';
import { fetchOnce } from './fetch-once.ts';
import { COMMANDS, type CommandHandler, type CommandHandlers, type CommandName, type Host } from './host/index.ts';
import { createJournalCommands } from './journal/index.ts';
import { createQueue } from './queue/index.ts';
import { createRuntime } from './runtime.ts';
import { showAwaiting } from './views/awaiting.ts';
import { showDecided } from './views/decided.ts';

/** Everything behind the views and commands, loaded when the editor has started. */
export interface App {
  readonly commands: CommandHandlers;
}

/** @param strings file with the strings in the editor's language; `null`: they are English */
export async function createApp(host: Host, strings: string | null): Promise<App> {
  if (strings !== null) await l10n.config({ fsPath: strings });
  const accounts = createAccountsStore(host);
  const keys = createSigningKeys(host);
  const runtime = createRuntime({
    host,
    accounts,
    keys,
    sqlite: () => process.getBuiltinModule('node:sqlite'),
    fetch: fetchOnce,
    now: Date.now,
  });
  host.subscriptions.add({ dispose: runtime.close });
  const awaiting = createAwaiting({ host, runtime, keys, every });
  const answering = createAnswering(host, runtime, keys, awaiting);
  announceAwaiting(host, runtime, awaiting, () => answering.answer());
  showAwaiting(host, runtime, awaiting);
  const decided = showDecided(host, runtime);
  createQueue(host, runtime, accounts);
  const todo: CommandHandler = async () => {
    await host.dialogs.notify('info', l10n.t('Not built yet.'));
  };
  const commands = Object.fromEntries((Object.keys(COMMANDS) as CommandName[]).map((name) => [name, todo]));
  const accountCommands = createAccountCommands({
    host,
    accounts,
    runtime,
    tryAccount: createTryAccount({ fetch: fetchOnce, userAgent: `countersign-vscode/${host.version}`, now: Date.now }),
    loadSandbox: () => import('./sandbox.ts'),
  });
  return {
    commands: {
      ...(commands as CommandHandlers),
      ...accountCommands,
      ...answering,
      ...createJournalCommands(host, runtime, keys),
      loadMore: async (clicked) => {
        decided.loadMore(clicked);
      },
    },
  };
}

const every: Every = (ms, work) => {
  const timer = setInterval(work, ms);
  return { dispose: () => clearInterval(timer) };
};
