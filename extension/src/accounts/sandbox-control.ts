import { connect } from 'node:net';
import { isJsonObject, type JsonObject } from '@countersign/shared/approval';
import type { Sandbox, SandboxAccounts } from '@countersign/shared/sandbox';
import * as l10n from '@vscode/l10n';
import type { CommandHandler } from '../host/index.ts';
import {
  accountIn,
  accountsIn,
  memberText,
  secretNameOf,
  variableOf,
  withAccount,
  withoutAccounts,
  withSecret,
} from './content.ts';
import { type Desk, ownContent, persist } from './desk.ts';

/** The sandbox's code, loaded when somebody tries it. */
export interface SandboxCode {
  readonly startSandbox: () => Promise<Sandbox>;
  readonly sandboxAccounts: (sandbox: Sandbox) => SandboxAccounts;
}

export interface SandboxControl {
  readonly start: CommandHandler;
  readonly stop: CommandHandler;
  /** Takes away the accounts of sandboxes that ended with their windows, unless one of this editor's runs. */
  clear(): Promise<void>;
}

/** Endpoints of sandboxes that windows of this editor started, and did not stop. */
const STARTED = 'sandbox.endpoints';

export function createSandboxControl(desk: Desk, load: () => Promise<SandboxCode>): SandboxControl {
  const { host, accounts } = desk;
  let running: Sandbox | null = null;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, so that none takes away what another has just added. Nobody is asked meanwhile. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
  const started = () => host.memory.get<readonly string[]>(STARTED) ?? [];
  const isAmong = (endpoints: readonly string[]) => (entry: JsonObject) =>
    endpoints.includes(memberText(entry, 'endpoint'));
  const end = async () => {
    const ending = running;
    running = null;
    host.setContext('isSandboxRunning', false);
    await ending?.close();
  };
  const withdraw = async (endpoints: readonly string[]) => {
    await accounts.save((now) =>
      withoutAccounts(
        now,
        accountsIn(now)
          .filter(isAmong(endpoints))
          .map((entry) => memberText(entry, 'id')),
      ),
    );
    const others = started().filter((endpoint) => !endpoints.includes(endpoint));
    await host.memory.update(STARTED, others.length === 0 ? undefined : others);
  };

  /** @throws NotSavedError @returns why there is none; `null`: it runs */
  async function start(content: JsonObject): Promise<string | null> {
    if (running) return null;
    const { startSandbox, sandboxAccounts } = await load();
    const sandbox = await startSandbox();
    try {
      const made = accountsOf(sandboxAccounts(sandbox));
      const problem = await whyNot(made.map(({ id }) => accountIn(content, id)).filter((entry) => entry !== null));
      if (problem !== null) return problem;
      await host.memory.update(STARTED, [...started(), ...made.map(({ entry }) => memberText(entry, 'endpoint'))]);
      await accounts.save(
        (now) => made.reduce((all, { entry }) => withAccount(all, entry), now),
        new Map(made.map(({ id, secret }) => [secretNameOf(id), secret])),
      );
      running = sandbox;
    } finally {
      if (running === null) await sandbox.close();
    }
    host.setContext('isSandboxRunning', true);
    // Where the window has closed meanwhile, at once.
    host.subscriptions.add({ dispose: () => void end() });
    return null;
  }

  // The editor may know it from an extension host that ended.
  host.setContext('isSandboxRunning', false);
  return {
    start: async () => {
      const content = await ownContent(desk);
      const started = content && (await persist(desk, () => inTurn(() => start(content))));
      if (!started) return;
      if (started.saved !== null) {
        await host.dialogs.notify('info', started.saved);
        return;
      }
      await host.runBuiltIn('countersign.pending.focus');
      await host.dialogs.notify(
        'info',
        l10n.t(
          'The sandbox runs in this window: ThreatLocker and Admin By Request, simulated on this computer, with made-up people and files. Review, approve and deny what waits; nothing leaves this computer. It ends with the window.',
        ),
      );
    },
    stop: async () => {
      if (!running) return;
      await inTurn(end);
      const done = await persist(desk, () => inTurn(() => withdraw(started())));
      if (done) await host.dialogs.notify('info', l10n.t('The sandbox has ended, and its accounts were taken away.'));
    },
    clear: () =>
      inTurn(async () => {
        const over = started();
        if (running || over.length === 0) return;
        try {
          if ((await Promise.all(over.map((endpoint) => listens(new URL(endpoint))))).includes(true)) return;
          await withdraw(over);
        } catch {
          host.log.warn('The accounts of a sandbox that has ended could not be taken away.');
        }
      }),
  };
}

/** Why a sandbox can't take the place of accounts that have its ids; `null`: it can. */
async function whyNot(entries: readonly JsonObject[]): Promise<string | null> {
  const [real] = entries.filter((entry) => !('endpoint' in entry));
  if (real) {
    return l10n.t(
      'There is an account "{0}" already, which is no sandbox. Remove it to try the sandbox.',
      memberText(real, 'id'),
    );
  }
  if (!(await anyListens(entries))) return null;
  return l10n.t('A sandbox runs already, in another window or at a terminal; what waits in it is in the list.');
}

/** The sandbox's accounts, as they stand in our file. */
function accountsOf({ file, secrets }: SandboxAccounts): readonly { id: string; entry: JsonObject; secret: string }[] {
  const content: unknown = JSON.parse(JSON.stringify(file));
  if (!isJsonObject(content)) return [];
  const approver = isJsonObject(content['approver']) ? content['approver'] : {};
  return accountsIn(content).map((entry) => {
    const id = memberText(entry, 'id');
    // Of its own: the person's name for real accounts is not the sandbox's to set.
    const named = entry['provider'] === 'admin-by-request' ? { approverEmail: memberText(approver, 'email') } : {};
    return {
      id,
      entry: { ...withSecret(entry, { env: secretNameOf(id) }), ...named },
      secret: secrets[variableOf(entry) ?? ''] ?? '',
    };
  });
}

async function anyListens(entries: readonly JsonObject[]): Promise<boolean> {
  const answers = await Promise.all(entries.map((entry) => listens(new URL(memberText(entry, 'endpoint')))));
  return answers.includes(true);
}

/** Whether anybody takes connections there. Only endpoints on this computer are ever in the file. */
function listens({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
