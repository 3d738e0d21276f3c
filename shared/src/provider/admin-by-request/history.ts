import type { ApprovalRequest, JsonValue } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { History, HistoryEntry } from '../provider.ts';
import type { Api } from './api.ts';
import { type AuditEntry, auditEntry } from './audit-log.ts';
import { eventEntry, inventoryEntry } from './computer-records.ts';
import { query, segment } from './paths.ts';

/** The newest entries, in one call: the vendor throttles whoever asks for many, and can't search by file. */
const NEWEST = 2_000;

/** What the vendor has on record about a request's file, computer or user, newest first, the request itself left out. */
export async function historyOf(
  api: Api,
  request: ApprovalRequest,
  of: 'file' | 'computer' | 'user',
  days: number,
  signal?: AbortSignal,
): Promise<History> {
  const period = query({ days: Math.max(1, Math.round(days)), last: NEWEST });
  const { entries, notes } = await readingOf(api, request, of, period, signal);
  return { entries: [...entries].sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '', 'en')), notes };
}

function readingOf(
  api: Api,
  request: ApprovalRequest,
  of: 'file' | 'computer' | 'user',
  period: string,
  signal?: AbortSignal,
): Promise<History> {
  const read = (path: string) => api.rows(path + period, signal);
  switch (of) {
    case 'file':
      return ofFile(read, request);
    case 'user':
      return ofUser(read, request);
    case 'computer':
      return ofComputer(api, read, request, signal);
  }
}

type Read = (path: string) => Promise<readonly JsonValue[]>;

async function ofFile(read: Read, request: ApprovalRequest): Promise<History> {
  const { sha256 } = request.subject;
  if (sha256 === null) throw nothingToLookFor('SHA-256 of the file');
  return told(await read('/auditlog'), request, (entry) => entry.sha256.includes(sha256));
}

async function ofUser(read: Read, request: ApprovalRequest): Promise<History> {
  const { account, name } = request.requester;
  if (account === null && name === null) throw nothingToLookFor('account');
  // Two people may share a full name, so that the account has the last word wherever it is known.
  const isTheirs = ({ user }: AuditEntry) =>
    account === null ? same(user.name, name) : user.account === null || same(user.account, account);
  // A domain account holds a backslash, which the vendor's server may refuse in a path; hence three ways.
  for (const known of [account, name]) {
    const rows = known === null ? null : await readNamed(read, 'users', known, 'auditlog');
    if (rows !== null) return told(rows, request, isTheirs);
  }
  return told(await read('/auditlog'), request, ({ user }) =>
    account === null ? same(user.name, name) : same(user.account, account),
  );
}

async function ofComputer(api: Api, read: Read, request: ApprovalRequest, signal?: AbortSignal): Promise<History> {
  const { name } = request.computer;
  if (name === null) throw nothingToLookFor('name of the computer');
  const [audit, events, inventory] = await Promise.all([
    readNamed(read, 'computers', name, 'auditlog'),
    readNamed(read, 'computers', name, 'events'),
    readInventory(api, name, signal),
  ]);
  const log = audit
    ? told(audit, request, () => true)
    : told(await read('/auditlog'), request, ({ computer }) => same(computer, name));
  return {
    entries: [...inventory.map(inventoryEntry), ...log.entries, ...(events ?? []).map(eventEntry)],
    notes: [
      ...log.notes,
      ...(events === null ? ["The vendor has no events under this computer's name, or can't be asked by it."] : []),
      ...limitNote(events ?? [], 'events'),
      ...(inventory.length === 0 ? ['The inventory has no computer of this name.'] : []),
    ],
  };
}

/** `null` where the vendor can't be asked by this name, or knows nothing under it. */
async function readNamed(
  read: Read,
  kind: 'users' | 'computers',
  name: string,
  what: 'auditlog' | 'events',
): Promise<readonly JsonValue[] | null> {
  const encoded = segment(name);
  return encoded === null ? null : await unlessUnknown(read(`/${kind}/${encoded}/${what}`));
}

/** One computer, or none where the vendor knows none by that name. */
async function readInventory(api: Api, name: string, signal?: AbortSignal): Promise<readonly JsonValue[]> {
  const encoded = segment(name);
  const found = encoded === null ? null : await unlessUnknown(api.value(`/inventory/${encoded}`, signal));
  return found === null ? [] : [found];
}

async function unlessUnknown<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof VendorError && (error.kind === 'not-found' || error.kind === 'validation')) return null;
    throw error;
  }
}

function told(rows: readonly JsonValue[], request: ApprovalRequest, concerns: (entry: AuditEntry) => boolean): History {
  const entries: readonly HistoryEntry[] = rows
    .map(auditEntry)
    .filter((entry) => entry.id !== request.vendorId && concerns(entry))
    .map(({ entry }) => entry);
  return { entries, notes: limitNote(rows, 'entries of the audit log') };
}

function limitNote({ length }: readonly JsonValue[], what: string): readonly string[] {
  return length < NEWEST ? [] : [`Only the newest ${NEWEST} ${what} were searched; what came before is not shown.`];
}

function same(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

function nothingToLookFor(what: string): VendorError {
  return new VendorError(
    'validation',
    `Admin By Request gives no ${what} for this request, so its history can't be looked up.`,
    { neverSent: true },
  );
}
