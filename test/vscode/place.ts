import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Sandbox } from '@countersign/shared/sandbox';
import { accountsFile } from '../support/world.ts';
import type { Settings } from './workbench/index.ts';

export type AccountsChange = NonNullable<Parameters<typeof accountsFile>[1]>;

/** Files below one folder: accounts of the sandbox with their secrets, and where the ledger is to stand. */
export interface Place {
  /** What VS Code's settings and the extension host's environment have to say of it. */
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string>>;
  readonly accounts: string;
  readonly state: string;
  /** Writes the accounts file anew. */
  writeAccounts(change: AccountsChange): Promise<void>;
}

/** Has the extension use the sandbox, as a person would: an accounts file, named by a setting, with secrets in files. */
export async function makePlace(folder: string, sandbox: Sandbox, change: AccountsChange = {}): Promise<Place> {
  const accounts = path.join(folder, 'accounts.json');
  const state = path.join(folder, 'state');
  const token = path.join(folder, 'threatlocker-token');
  const key = path.join(folder, 'admin-by-request-key');
  await mkdir(folder, { recursive: true });
  await writeFile(token, sandbox.threatLocker.token, { mode: 0o600 });
  await writeFile(key, sandbox.adminByRequest.apiKey, { mode: 0o600 });
  const writeAccounts = (changed: AccountsChange) =>
    writeFile(
      accounts,
      accountsFile(sandbox, {
        threatLocker: { apiToken: { file: token }, ...changed.threatLocker },
        adminByRequest: { apiKey: { file: key }, ...changed.adminByRequest },
        ...(changed.more ? { more: changed.more } : {}),
      }),
    );
  await writeAccounts(change);
  return {
    accounts,
    state,
    writeAccounts,
    settings: { 'countersign.accountsFile': accounts },
    env: { COUNTERSIGN_STATE_DIR: state },
  };
}
