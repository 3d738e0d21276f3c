import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type RecordedWrite,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
  type Vendor,
} from '@countersign/shared/sandbox';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE } from '../../support/world.ts';

export const SERVER = path.resolve('mcp-server/dist/main.cjs');

export type AccountsChange = Parameters<typeof accountsFile>[1];

/** Both vendors on loopback, and a folder of its own with the accounts file that a server process reads. */
export interface Place {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** What a server process gets as its environment, and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes the accounts file anew. */
  settings(change: AccountsChange): Promise<void>;
  /** Writes anything at all in place of the accounts file. */
  settingsText(text: string): Promise<void>;
  /** A new request and its reference. Accounts take turns, since each has a pace of its own. */
  arrival(vendor: Vendor, draft?: object): { readonly id: string; readonly reference: string };
  /** Every attempt to write that names this request. */
  writesOn(id: string): readonly RecordedWrite[];
  close(): Promise<void>;
}

/** @param lanes how many accounts name each tenant: `acme`, `acme-2`, … and `acme-abr`, `acme-abr-2`, … */
export async function openPlace({
  lanes = 1,
  accounts,
  sandbox: options,
}: {
  readonly lanes?: number;
  readonly sandbox?: SandboxOptions;
  readonly accounts?: AccountsChange;
} = {}): Promise<Place> {
  const sandbox = await startSandbox(options);
  const folder = await mkdtemp(path.join(tmpdir(), 'countersign-mcp-'));
  const file = path.join(folder, 'accounts.json');
  const settingsText = (text: string) => writeFile(file, text);
  const settings = (change: AccountsChange) => settingsText(withLanes(accountsFile(sandbox, change), lanes));
  await settings(accounts);
  const turns: Record<Vendor, number> = { threatlocker: 0, 'admin-by-request': 0 };
  return {
    sandbox,
    folder,
    env: {
      ...getDefaultEnvironment(),
      HOME: folder,
      COUNTERSIGN_CONFIG: file,
      COUNTERSIGN_STATE_DIR: path.join(folder, 'state'),
      [TOKEN_VARIABLE]: sandbox.threatLocker.token,
      [KEY_VARIABLE]: sandbox.adminByRequest.apiKey,
    },
    settings,
    settingsText,
    arrival: (vendor, draft) => {
      const id = sandbox.arrive({ vendor, ...draft });
      const lane = (turns[vendor]++ % lanes) + 1;
      return { id, reference: `${laneOf(vendor === 'threatlocker' ? 'acme' : 'acme-abr', lane)}/${id}` };
    },
    writesOn: (id) => sandbox.record.filter((write) => write.requestIds.includes(id)),
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function laneOf(account: string, lane: number): string {
  return lane === 1 ? account : `${account}-${lane}`;
}

function withLanes(text: string, lanes: number): string {
  const settings = JSON.parse(text) as { accounts: { id: string }[] };
  const accounts = Array.from({ length: lanes }, (_, index) =>
    settings.accounts.map((account) => ({ ...account, id: laneOf(account.id, index + 1) })),
  ).flat();
  return JSON.stringify({ ...settings, accounts });
}
