import path from 'node:path';
import { nodeIo, places, type Settings, SettingsError } from '@countersign/shared/account';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { AccountsStore } from '../accounts/index.ts';
import { type SigningKeys, whyNoKey } from '../confirm/index.ts';
import type { Event, Host, McpServer, McpServers } from '../host/index.ts';

export interface McpServersOptions {
  readonly host: Host;
  readonly accounts: Pick<AccountsStore, 'load' | 'file'>;
  readonly keys: SigningKeys;
  /** Whether decisions can be recorded here; without a ledger the server would be of no use. */
  readonly hasLedger: () => boolean;
  /** The accounts are others than before. */
  readonly changed: Event<void>;
}

/**
 * The bundled server, for the editor's own assistant, run by the editor's own Node. What it is told before it starts holds no
 * secret; with them go the accounts file, the state folder and the public key that answers its proposals here.
 */
export function createMcpServers({ host, accounts, keys, hasLedger, changed }: McpServersOptions): McpServers {
  const server = (settings: Settings): McpServer => ({
    label: 'Countersign',
    command: process.execPath,
    args: [path.join(host.places.extension, 'dist', 'server', 'server.mjs'), 'mcp'],
    env: {
      ELECTRON_RUN_AS_NODE: '1',
      COUNTERSIGN_CONFIG: accounts.file().path,
      COUNTERSIGN_STATE_DIR: stateDir(),
    },
    // Another one when accounts come or go, so that the editor asks for the tools anew.
    version: [host.version, ...settings.accounts.map(({ id, assistants }) => `${id}-${assistants}`)].join('+'),
  });
  return {
    onDidChange: changed,
    servers: async () => {
      const settings = await loaded(accounts);
      return settings instanceof SettingsError || !hasLedger() ? [] : [server(settings)];
    },
    resolve: async (offered) => {
      const settings = await loaded(accounts);
      const key = await keys.get();
      if (settings instanceof SettingsError || key === null) {
        const why = settings instanceof SettingsError ? cleanLine(settings.message, 500) : whyNoKey();
        await host.dialogs.notify('error', l10n.t("Countersign's server was not started. {0}", why));
        return null;
      }
      const secrets = accounts.file().isOwn ? await secretsOf(settings, host) : {};
      return { ...offered, env: { ...offered.env, ...secrets, COUNTERSIGN_APPROVER_KEY: key.publicKey.text } };
    },
  };
}

/** The error where there are no accounts, or they can't be used. */
export async function loaded(accounts: Pick<AccountsStore, 'load'>): Promise<Settings | SettingsError> {
  return await accounts.load().catch((error: unknown) => {
    if (error instanceof SettingsError) return error;
    throw error;
  });
}

/** A secret that isn't there is left out: its account is signed out in the server as it is here. */
async function secretsOf({ accounts }: Settings, { secrets }: Host): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(
    accounts.map(async ({ secret }) => {
      const value = 'env' in secret ? await secrets.get(secret.env).catch(() => null) : null;
      return 'env' in secret && value !== null ? [[secret.env, value] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

function stateDir(): string {
  const { platform, env, homedir } = nodeIo();
  return places(platform, env, homedir).stateDir;
}
