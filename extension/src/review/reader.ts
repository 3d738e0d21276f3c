import type { Settings } from '@countersign/shared/account';
import { type ApprovalRequest, type JsonObject, parseReference } from '@countersign/shared/approval';
import { VendorError } from '@countersign/shared/http';
import { type Ledger, LedgerError } from '@countersign/shared/ledger';
import type { AccountEntry, History, PermitOptions, ResearchReport } from '@countersign/shared/provider';
import { type EarlierReading, readEarlierDecisions, readResearch } from '@countersign/shared/queue';
import { quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { createEmitter, type Event, type Log } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { LOADING, type Reading, reading } from './reading.ts';

export const HISTORIES = ['file', 'computer', 'user'] as const;
export type HistoryOf = (typeof HISTORIES)[number];

/** The request as its vendor has it. */
export interface Whole {
  readonly entry: AccountEntry;
  readonly settings: Settings;
  readonly request: ApprovalRequest;
  readonly raw: JsonObject;
  /** When its reading began, milliseconds since 1970. */
  readonly at: number;
}

/** Everything that is known of one request, each part by itself. */
export interface Readings {
  readonly whole: Reading<Whole>;
  /** `null` in it: the vendor tells no more than the request does. */
  readonly research: Reading<ResearchReport | null>;
  readonly earlier: Reading<EarlierReading>;
  /** `null`: there is nothing to choose. */
  readonly options: Reading<PermitOptions> | null;
  /** `null`: nobody asked for it. */
  readonly history: Readonly<Record<HistoryOf, Reading<History> | null>>;
}

export interface Reader {
  readonly now: Readings;
  readonly onDidChange: Event<void>;
  /** Everything anew. */
  reload(): Promise<void>;
  /** One part, anew or for the first time. */
  read(part: 'research' | 'earlier' | 'options' | HistoryOf): Promise<void>;
  /** Applications to add to, by a part of their name. */
  search(text: string): Promise<Reading<PermitOptions>>;
  /** The request alone, as it is now; what is shown stays. */
  look(): Promise<Reading<ApprovalRequest> | 'gone'>;
  /** Shows this one from now on, which somebody looked at. */
  show(request: ApprovalRequest): void;
  dispose(): void;
}

const HISTORY_DAYS = 30;
const NOTHING_ASKED = { file: null, computer: null, user: null };
const UNREAD: Readings = {
  whole: LOADING,
  research: LOADING,
  earlier: LOADING,
  options: LOADING,
  history: NOTHING_ASKED,
};

/** @param key what is said to be a request's reference; it may be anything */
export function createReader(key: string, runtime: Runtime, log: Log): Reader {
  const changed = createEmitter<void>();
  let now = UNREAD;
  let controller = new AbortController();

  /** Whatever arrives after everything was begun anew is dropped. */
  const keep = (signal: AbortSignal, part: Partial<Readings>) => {
    if (signal.aborted) return;
    now = { ...now, ...part };
    changed.fire();
  };
  const known = (): Whole | null => (now.whole.kind === 'read' ? now.whole.value : null);

  async function locate(signal: AbortSignal): Promise<Whole> {
    const at = runtime.now();
    const accounts = await runtime.book.now();
    const entry = accounts.of(key);
    const id = parseReference(key)?.vendorId;
    if (!entry || !id) throw new VendorError('not-found', noAccount(key), { neverSent: true });
    const { request, raw } = await entry.provider.get(id, signal);
    return { entry, settings: accounts.settings, request, raw, at };
  }

  const parts = {
    research: async ({ entry, request }: Whole, signal: AbortSignal) => {
      keep(signal, { research: LOADING });
      const research = await reading(readResearch(entry.provider, request, signal), log);
      const failed = research.kind === 'read' && research.value instanceof VendorError ? research.value : null;
      if (failed) keep(signal, { research: { kind: 'failed', message: failed.message } });
      else keep(signal, { research: research as Reading<ResearchReport | null> });
    },
    earlier: async ({ entry, request }: Whole, signal: AbortSignal) => {
      keep(signal, { earlier: LOADING });
      const earlier = readEarlierDecisions(() => ledgerOf(runtime), entry.provider, request, { signal });
      keep(signal, { earlier: await reading(earlier, log) });
    },
    options: async ({ entry: { provider }, request }: Whole, signal: AbortSignal) => {
      const isOpen = provider.capabilities.permitOptions && request.unapprovable === null;
      keep(signal, { options: isOpen ? LOADING : null });
      if (!isOpen) return;
      keep(signal, { options: await reading(provider.permitOptions(request.vendorId, undefined, signal), log) });
    },
    history: async (of: HistoryOf, { entry: { provider }, request }: Whole, signal: AbortSignal) => {
      const withPart = (part: Reading<History>) => keep(signal, { history: { ...now.history, [of]: part } });
      withPart(LOADING);
      withPart(await reading(provider.history(request.vendorId, of, HISTORY_DAYS, signal), log));
    },
  };

  return {
    get now() {
      return now;
    },
    onDidChange: changed.event,
    reload: async () => {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      keep(signal, UNREAD);
      const whole = await reading(locate(signal), log);
      keep(signal, { whole });
      if (whole.kind !== 'read') return;
      await Promise.all([
        parts.research(whole.value, signal),
        parts.earlier(whole.value, signal),
        parts.options(whole.value, signal),
      ]);
    },
    read: async (part) => {
      const whole = known();
      if (!whole) return;
      const { signal } = controller;
      if (part === 'research' || part === 'earlier' || part === 'options') await parts[part](whole, signal);
      else await parts.history(part, whole, signal);
    },
    search: async (text) => {
      const whole = known();
      if (!whole) return LOADING;
      return await reading(whole.entry.provider.permitOptions(whole.request.vendorId, text, controller.signal), log);
    },
    look: async () => {
      const { signal } = controller;
      try {
        const { request } = await locate(signal);
        return { kind: 'read', value: request };
      } catch (error) {
        if (error instanceof VendorError && error.kind === 'not-found') return 'gone';
        return await reading(Promise.reject(error), log);
      }
    },
    show: (request) => {
      const whole = known();
      if (whole) keep(controller.signal, { whole: { kind: 'read', value: { ...whole, request, at: runtime.now() } } });
    },
    dispose: () => controller.abort(),
  };
}

/** @throws LedgerError where there is none, so that nobody takes "not looked" for "nothing found" */
function ledgerOf(runtime: Runtime): Ledger {
  const problem = runtime.whyNoLedger();
  const ledger = runtime.ledger();
  if (ledger) return ledger;
  throw problem ?? new LedgerError('failed', l10n.t('The ledger can not be opened.'));
}

function noAccount(key: string): string {
  return l10n.t('{0} names no request of an account that is set up here.', quoted(key, 120));
}
