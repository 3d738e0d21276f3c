import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AccountIo,
  nodeIo,
  parseSettings,
  type Settings,
  SettingsError,
  unattendedSecret,
} from '@countersign/shared/account';
import { type AccountId, parseVendorId, type VendorId } from '@countersign/shared/approval';
import { createDecisions, type Decisions } from '@countersign/shared/decide';
import type { Fetch, Limits } from '@countersign/shared/http';
import type { OpenLedger } from '@countersign/shared/ledger';
import { type AccountBook, createAccountBook, createProvider, type Provider } from '@countersign/shared/provider';
import { type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import { openLedgerIn } from './ledger.ts';

export const TOKEN_VARIABLE = 'SANDBOX_THREATLOCKER_TOKEN';
export const KEY_VARIABLE = 'SANDBOX_ABR_KEY';
/** Holds the token of one customer alone. */
export const CUSTOMER_TOKEN_VARIABLE = 'SANDBOX_CUSTOMER_TOKEN';

/** Holds the secret with which a job's decisions are countersigned, where an accounts file names it. */
export const UNATTENDED_VARIABLE = 'SANDBOX_UNATTENDED_SECRET';
export const UNATTENDED_SECRET = 'sandbox-unattended-9f3c1d7e5b2a4806';

/** An accounts file for the sandbox, as a person would write it. */
export function accountsFile(
  sandbox: Sandbox,
  change: { threatLocker?: object; adminByRequest?: object; more?: object } = {},
): string {
  return JSON.stringify({
    approver: { name: 'Kim Approver', email: sandbox.adminByRequest.approverEmail },
    accounts: [
      {
        id: 'acme',
        provider: 'threatlocker',
        instance: sandbox.threatLocker.instance,
        endpoint: sandbox.threatLocker.url,
        apiToken: { env: TOKEN_VARIABLE },
        organizationId: sandbox.threatLocker.organizationId,
        includeChildOrganizations: true,
        ...change.threatLocker,
      },
      {
        id: 'acme-abr',
        provider: 'admin-by-request',
        dataCenter: 'dc1',
        endpoint: sandbox.adminByRequest.url,
        apiKey: { env: KEY_VARIABLE },
        approverEmail: sandbox.adminByRequest.approverEmail,
        ...change.adminByRequest,
      },
    ],
    ...change.more,
  });
}

export interface World {
  readonly sandbox: Sandbox;
  readonly book: AccountBook;
  readonly decisions: Decisions;
  readonly ledger: OpenLedger;
  /** Where the ledger stands. */
  readonly folder: string;
  readonly clock: { now: number };
  /** Where its secrets are found. */
  readonly io: AccountIo;
  /** Replaces what the accounts file says from now on; an error stands for a file that can't be read. */
  useSettings(settings: Settings | SettingsError): void;
  provider(account: 'acme' | 'acme-abr'): Promise<Provider>;
  /** A request of the sandbox's population. */
  named(name: string): { readonly id: VendorId; readonly reference: string };
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly sandbox?: SandboxOptions;
  readonly limits?: Partial<Limits>;
  readonly fetch?: Fetch;
  readonly accounts?: Parameters<typeof accountsFile>[1];
  /** Public keys that may countersign besides those that the accounts file names. */
  readonly approverKeys?: readonly string[];
  /** Called whenever a secret is fetched. */
  readonly onSecret?: () => void;
  /** What the variable of the secret for unattended decisions holds; `null`: it isn't set. */
  readonly unattendedSecret?: string | null;
}

/** The sandbox and the client layer over it, with a clock of their own that tests move. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const clock = { now: Date.UTC(2026, 10, 21, 12) };
  const now = () => clock.now;
  const sandbox = await startSandbox({ now, ...options.sandbox });
  const io = {
    ...nodeIo(),
    env: {
      get [UNATTENDED_VARIABLE]() {
        options.onSecret?.();
        return options.unattendedSecret === null ? undefined : (options.unattendedSecret ?? UNATTENDED_SECRET);
      },
      [CUSTOMER_TOKEN_VARIABLE]: sandbox.threatLocker.tokens.customer,
      get [TOKEN_VARIABLE]() {
        options.onSecret?.();
        return sandbox.threatLocker.token;
      },
      get [KEY_VARIABLE]() {
        options.onSecret?.();
        return sandbox.adminByRequest.apiKey;
      },
    },
  };
  let settings: Settings | SettingsError = parseSettings(accountsFile(sandbox, options.accounts), 'accounts.json');
  const limits = { firstRetryDelayMs: 1, ...options.limits };
  const book = createAccountBook(
    async () => {
      if (settings instanceof SettingsError) throw settings;
      return settings;
    },
    (account) =>
      createProvider(account, { fetch: options.fetch ?? fetch, io, userAgent: 'countersign-test/0', limits, now }),
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-world-'));
  const ledger = openLedgerIn(folder, { now });
  const decisions = createDecisions({
    book,
    openLedger: () => ledger,
    unattendedSecret: (account) => unattendedSecret(account, io),
    approverKeys: () => options.approverKeys ?? [],
    now,
    verifyDelays: [0, 1, 1],
  });
  return {
    sandbox,
    book,
    decisions,
    clock,
    io,
    useSettings: (changed) => {
      settings = changed;
    },
    provider: async (account) => {
      const entry = (await book.now()).get(account as AccountId);
      if (!entry) throw new Error(`no account ${account}`);
      return entry.provider;
    },
    named: (name) => {
      const found = sandbox.requests.find((request) => request.name === name);
      const id = found ? parseVendorId(found.id) : null;
      if (!found || !id) throw new Error(`no request named ${name}`);
      return { id, reference: `${found.vendor === 'threatlocker' ? 'acme' : 'acme-abr'}/${id}` };
    },
    ledger,
    folder,
    close: async () => {
      ledger.close();
      rmSync(folder, { recursive: true, force: true });
      await sandbox.close();
    },
  };
}
