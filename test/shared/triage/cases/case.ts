import type { FindingId, Kind, OperatingSystem, ScanResult, Status } from '@countersign/shared/approval';

/** A request in few words. What is left out is as harmless as it can be, except where a line says otherwise. */
export interface CaseRequest {
  readonly os: OperatingSystem;
  /** Left out: `application`. */
  readonly kind?: Kind;
  readonly path: string | null;
  /** Left out: the last part of the path. */
  readonly name?: string | null;
  readonly product?: string;
  readonly vendor?: string;
  readonly version?: string;
  /** Whether it is known. Left out: it is. */
  readonly sha256?: boolean;
  /** Left out: the vendor does not say whether the file is signed. */
  readonly signer?:
    | { readonly subject: string; readonly valid?: boolean; readonly digestMismatch?: boolean }
    | 'unsigned';
  /** Left out: `clean`. */
  readonly scan?: ScanResult['verdict'];
  readonly process?: string;
  readonly createdBy?: readonly string[];
  /** Left out: one that says something. `null`: none was given. */
  readonly reason?: string | null;
  readonly requester?: { readonly account?: string; readonly name?: string; readonly email?: string };
  readonly isServer?: boolean;
  /** Left out: `pending`. */
  readonly status?: Status;
  readonly remotePresence?: boolean;
  readonly assignee?: string;
  readonly tiers?: { readonly pending: number; readonly approved: number };
  readonly mfaInPortal?: boolean;
  /** Left out: some minutes. */
  readonly requestedMinutesAgo?: number;
  readonly organization?: string;
}

export interface TriageCase {
  readonly name: string;
  /** A public source; `null`: our own. */
  readonly source: string | null;
  /** A normal thing to ask for: must not be at `stop`. */
  readonly ordinary: boolean;
  readonly request: CaseRequest;
  /** Who is to decide, where that matters. */
  readonly approver?: { readonly name?: string; readonly email?: string };
  /** Findings that must be there; others may. */
  readonly find: readonly FindingId[];
  /** Findings that must not be there. */
  readonly leave?: readonly FindingId[];
}

/** Something that a person must not overlook. */
export function notable(
  name: string,
  source: string | null,
  request: CaseRequest,
  find: readonly FindingId[],
  leave: readonly FindingId[] = [],
): TriageCase {
  return { name, source, ordinary: false, request, find, leave };
}

/** Something that people ask for every day, whatever caution it deserves. */
export function ordinary(
  name: string,
  request: CaseRequest,
  find: readonly FindingId[] = [],
  leave: readonly FindingId[] = [],
  source: string | null = null,
): TriageCase {
  return { name, source, ordinary: true, request, find, leave };
}

/** Invisible and look-alike characters are made, never pasted. */
export const point = (...points: readonly number[]): string => String.fromCodePoint(...points);
