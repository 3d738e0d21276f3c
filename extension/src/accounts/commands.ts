import { type AccountIo, nodeIo } from '@countersign/shared/account';
import type { CommandHandlers, Host } from '../host/index.ts';
import type { QueueState, QueueStore } from '../queue/index.ts';
import type { Runtime } from '../runtime.ts';
import type { OwnAccounts } from './accounts-store.ts';
import { createAddAccount } from './add.ts';
import { createCheckConnection } from './check.ts';
import type { TryAccount } from './connection.ts';
import { type Desk, openAccountsFile } from './desk.ts';
import { createEditAccount, createSignIn } from './edit.ts';
import { createImportAccounts } from './import.ts';
import { createRemoveAccount } from './remove.ts';
import { createSandboxControl, type SandboxCode } from './sandbox-control.ts';

type AccountCommands = Pick<
  CommandHandlers,
  | 'addAccount'
  | 'editAccount'
  | 'removeAccount'
  | 'signIn'
  | 'importAccounts'
  | 'openAccountsFile'
  | 'checkConnection'
  | 'trySandbox'
  | 'stopSandbox'
  | 'showLog'
  | 'openWalkthrough'
>;

/** As the manifest names it. */
const WALKTHROUGH = 'firstSteps';

export interface AccountCommandsOptions {
  readonly host: Host;
  readonly accounts: OwnAccounts;
  readonly runtime: Pick<Runtime, 'book'>;
  readonly queue: Pick<QueueStore, 'onDidChange'>;
  readonly tryAccount: TryAccount;
  readonly loadSandbox: () => Promise<SandboxCode>;
  readonly io?: AccountIo;
}

/** The commands about accounts and the sandbox. Takes away what a sandbox left that ended with its window, also another one. */
export function createAccountCommands(options: AccountCommandsOptions): AccountCommands {
  const { host, accounts, runtime, queue, tryAccount, loadSandbox, io = nodeIo() } = options;
  const desk: Desk = { host, accounts, tryAccount, io };
  const sandbox = createSandboxControl(desk, loadSandbox);
  void sandbox.clear();
  host.subscriptions.add(
    queue.onDidChange((state) => {
      if (isSandboxAway(state)) void sandbox.clear();
    }),
  );
  return {
    addAccount: createAddAccount(desk),
    editAccount: createEditAccount(desk),
    removeAccount: createRemoveAccount(desk),
    signIn: createSignIn(desk),
    importAccounts: createImportAccounts(desk),
    openAccountsFile: () => openAccountsFile(desk),
    checkConnection: createCheckConnection(desk, runtime),
    trySandbox: sandbox.start,
    stopSandbox: sandbox.stop,
    showLog: async () => host.log.show(),
    openWalkthrough: async () =>
      await host.runBuiltIn('workbench.action.openWalkthrough', `${host.id}#${WALKTHROUGH}`, false),
  };
}

function isSandboxAway({ entries, sources }: QueueState): boolean {
  return sources.some(
    (source) =>
      'error' in source &&
      source.error?.kind === 'network' &&
      entries.some(({ account }) => account.id === source.account && account.sandbox),
  );
}
