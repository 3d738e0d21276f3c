import { type AccountIo, nodeIo, places, SettingsError } from '@countersign/shared/account';
import { createDecisions, type Decisions } from '@countersign/shared/decide';
import { LedgerError, type OpenLedger, openLedger, type Sqlite } from '@countersign/shared/ledger';
import { type AccountBook, createAccountBook, createProvider } from '@countersign/shared/provider';
import type { AccountsStore } from './accounts/index.ts';
import type { SigningKeys } from './confirm/index.ts';
import { createEmitter, type Event, type Host } from './host/index.ts';

/** What every view and command works with. */
export interface Runtime {
  readonly book: AccountBook;
  readonly decisions: Decisions;
  /** `null`: it can't be opened. Everything can be read then, and nothing decided. */
  readonly ledger: () => OpenLedger | null;
  /** `null` where the ledger can be opened, and from then on. Ask this first: the next try may end otherwise. */
  readonly whyNoLedger: () => LedgerError | null;
  /** Something was sent, a decision ended, or a request was found to be handled: what was read of the queues no longer holds. */
  readonly onDidDecide: Event<void>;
  readonly now: () => number;
  readonly close: () => void;
}

export interface RuntimeOptions {
  readonly host: Host;
  readonly accounts: AccountsStore;
  readonly keys: SigningKeys;
  /** `undefined`: this editor's Node has none. */
  readonly sqlite: () => Sqlite | undefined;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
}

/** The thread that would wait for SQLite is the one that draws every extension's views. */
const BUSY_TIMEOUT_MS = 20;
const RETRY_FOR_MS = 3000;

export function createRuntime({ host, accounts, keys, sqlite, fetch, now }: RuntimeOptions): Runtime {
  const decided = createEmitter<void>();
  const io = nodeIo();
  const book = createAccountBook(accounts.load, (account) => {
    const provider = createProvider(account, {
      fetch,
      io,
      userAgent: `countersign-vscode/${host.version}`,
      secretOf: accounts.secretOf,
      now,
    });
    return { ...provider, send: (...write) => provider.send(...write).finally(() => decided.fire()) };
  });
  let opened: OpenLedger | null = null;
  let problem: LedgerError | null = null;
  /** @throws LedgerError */
  const open = (): OpenLedger => {
    opened ??= openLedger({
      folder: stateFolder(io),
      sqlite: sqlite(),
      busyTimeoutMs: BUSY_TIMEOUT_MS,
      retryForMs: RETRY_FOR_MS,
      now,
      warn: host.log.warn,
    });
    return opened;
  };
  const ledger = () => {
    try {
      const ours = open();
      problem = null;
      return ours;
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      problem = error;
      return null;
    }
  };
  const decisions = createDecisions({
    book,
    openLedger: open,
    approverKeys: keys.trusted,
    onEnded: () => decided.fire(),
    now,
  });
  return {
    book,
    decisions: {
      ...decisions,
      plan: async (order) => {
        const planning = await decisions.plan(order);
        // Nothing was planned that could end, yet its row is to go.
        if (!planning.planned && planning.result.status === 'already-handled') decided.fire();
        return planning;
      },
    },
    ledger,
    whyNoLedger: () => {
      ledger();
      return problem;
    },
    onDidDecide: decided.event,
    now,
    close: () => opened?.close(),
  };
}

/** Decisions, and all that shows them, know a folder that can't be used as a ledger that can't be opened. @throws LedgerError */
function stateFolder({ platform, env, homedir }: AccountIo): string {
  try {
    return places(platform, env, homedir).stateDir;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new LedgerError('failed', error.message, { cause: error });
  }
}
