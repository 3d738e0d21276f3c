import {
  loadSettings,
  nodeIo,
  type Secret,
  type Settings,
  SettingsError,
  unattendedSecret,
} from '@countersign/shared/account';
import { canonicalJson } from '@countersign/shared/approval';
import { createDecisions, type Decisions } from '@countersign/shared/decide';
import type { Fetch } from '@countersign/shared/http';
import { type Ledger, LedgerError, type OpenLedger } from '@countersign/shared/ledger';
import { type AccountBook, createAccountBook, createProvider } from '@countersign/shared/provider';
import {
  createQueueReader,
  createQueueTriage,
  type QueueReader,
  type QueueTriage,
  type Snapshots,
} from '@countersign/shared/queue';
import { hasLedger, openUserLedger } from './open-user-ledger.ts';
import { VERSION } from './version.ts';

/** What every command and tool works with. */
export interface Runtime {
  readonly book: AccountBook;
  readonly decisions: Decisions;
  /** Where queues are kept; `null` where no ledger can be opened, and then they are just read. */
  readonly snapshots: () => Snapshots | null;
  /** For looking, which makes no ledger where there is none: then `null`. @throws LedgerError when it can't be opened */
  readonly ledger: () => Ledger | null;
  /** The queues, for whoever asks again and again. */
  readonly queues: QueueReader;
  /** Findings of queues, remembered for the next look. */
  readonly triage: QueueTriage;
  readonly now: () => number;
  /** Whether no decision may be proposed here, whatever the settings say. */
  readonly readOnly: boolean;
  /** Gives the ledger back, where it was opened. */
  readonly close: () => void;
}

export function createRuntime({ readOnly = false }: { readonly readOnly?: boolean } = {}): Runtime {
  const io = nodeIo();
  const book = createAccountBook(
    async () => {
      const settings = await loadSettings(io);
      return readOnly ? closedToProposals(settings) : settings;
    },
    (account) => {
      const provider = createProvider(account, { fetch: lazyFetch, io, userAgent: `countersign/${VERSION}` });
      return { ...provider, send: (...write) => provider.send(...write).finally(() => queues.forget(account.id)) };
    },
  );
  let ledger: OpenLedger | null = null;
  const openLedger = () => {
    ledger ??= openUserLedger();
    return ledger;
  };
  let mayHaveSnapshots = true;
  const snapshots = () => {
    try {
      return mayHaveSnapshots ? openLedger() : ledger;
    } catch (error) {
      if (!(error instanceof LedgerError || error instanceof SettingsError)) throw error;
      // Tried once: finding out again may take seconds, with every look at a queue. Decisions do try again.
      mayHaveSnapshots = false;
      return null;
    }
  };
  // A password manager is asked once for many decisions, and again where it did not tell.
  const secrets = new Map<string, Promise<Secret>>();
  const queues = createQueueReader({ now: Date.now, snapshots });
  return {
    book,
    queues,
    decisions: createDecisions({
      book,
      openLedger,
      approverKeys: launchKeys,
      unattendedSecret: (account) => {
        const key = canonicalJson(account);
        const kept = secrets.get(key) ?? unattendedSecret(account, io);
        secrets.set(key, kept);
        kept.catch(() => secrets.delete(key));
        return kept;
      },
      onEnded: () => queues.forget(),
    }),
    snapshots,
    ledger: () => (ledger !== null || hasLedger() ? openLedger() : null),
    triage: createQueueTriage(),
    now: Date.now,
    readOnly,
    close: () => ledger?.close(),
  };
}

/** So that planning itself refuses what no tool of a read-only server should have asked for. */
function closedToProposals(settings: Settings): Settings {
  const accounts = settings.accounts.map((account) =>
    account.assistants === 'propose' ? { ...account, assistants: 'read' as const } : account,
  );
  return { ...settings, accounts };
}

/** The key of the editor that starts this server; those of others stand in the settings. */
function launchKeys(): readonly string[] {
  const key = process.env['COUNTERSIGN_APPROVER_KEY'];
  return key === undefined ? [] : [key];
}

let loading: Promise<Fetch> | null = null;

/** undici is loaded with the first call, so that a server starts fast. */
const lazyFetch: Fetch = async (url, init) => {
  loading ??= import('./undici-fetch.ts').then(({ createFetch }) => createFetch());
  return await (await loading)(url, init);
};
