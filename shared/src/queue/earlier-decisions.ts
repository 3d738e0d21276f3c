import { type ApprovalRequest, pathAndSigner, validSigner } from '../approval/index.ts';
import { VendorError } from '../http/index.ts';
import { type EarlierOwnDecision, type Familiarity, type Ledger, LedgerError } from '../ledger/index.ts';
import type { EarlierDecisions, Provider } from '../provider/index.ts';

/** More tell nobody anything new; list_decisions and the journal have them all. */
const SHOWN = 10;

interface OwnDecisions {
  /** Newest first. */
  readonly decisions: readonly EarlierOwnDecision[];
  /** How well the file's signer is known here; `null` where it has none. */
  readonly familiarity: Familiarity | null;
  /** Sentences without which no decisions mean nothing. */
  readonly notes: readonly string[];
}

/** What was decided before on the same file, from here and by the vendor's record. Each may fail by itself. */
export interface EarlierReading {
  readonly ours: OwnDecisions | LedgerError;
  readonly vendor: EarlierDecisions | VendorError;
}

/**
 * @param ledger `null`: there is none yet. @throws nothing: what can't be read is part of the answer
 * @param accounts those whose own decisions may be seen; left out: all
 */
export async function readEarlierDecisions(
  ledger: () => Ledger | null,
  provider: Provider,
  request: ApprovalRequest,
  { accounts, signal }: { readonly accounts?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<EarlierReading> {
  const [ours, vendor] = await Promise.all([
    ownDecisions(ledger, request, accounts).catch((error: unknown) => expected(error, LedgerError)),
    provider.earlierDecisions(request, signal).catch((error: unknown) => expected(error, VendorError)),
  ]);
  return { ours, vendor };
}

function expected<T extends Error>(error: unknown, kind: abstract new (...args: never[]) => T): T {
  if (error instanceof kind) return error;
  throw error;
}

async function ownDecisions(
  openLedger: () => Ledger | null,
  request: ApprovalRequest,
  accounts: readonly string[] | undefined,
): Promise<OwnDecisions> {
  const { sha256, path, certificates } = request.subject;
  const signer = validSigner(certificates);
  const ledger = openLedger();
  const [found, familiarity] = await Promise.all([
    ledger?.earlier(request, SHOWN + 1, accounts) ?? [],
    signer === null ? null : (ledger?.familiarity(signer, accounts) ?? null),
  ]);
  const isTold = sha256 !== null || pathAndSigner(path, certificates) !== null;
  const notes = [
    ...(isTold ? [] : [NOTHING_TELLS_IT]),
    ...(found.length > SHOWN ? [`Only the newest ${SHOWN} decisions from here are shown.`] : []),
  ];
  return { decisions: found.slice(0, SHOWN), familiarity, notes };
}

const NOTHING_TELLS_IT =
  'Neither SHA-256 nor path and signer of the file are known, so decisions from here on it were not looked for.';
