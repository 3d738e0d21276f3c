import type { Kind, OperatingSystem, Status } from '../../approval/index.ts';
import { shownCode } from './fields.ts';

// Codes: the vendor's field table as Elastic's integration copied it (packages/admin_by_request_epm, fields.yml).
// The texts beside them vary ("Pending", "Pending approval"), so that only the exact number counts.

const STATUSES: ReadonlyMap<unknown, Status> = new Map<unknown, Status>([
  // Open, running and finished: approved, and not yet used, in use or used.
  [0, 'approved'],
  [1, 'approved'],
  [2, 'approved'],
  [3, 'denied'],
  [4, 'pending'],
  [5, 'quarantined'],
  [6, 'expired'],
]);

export function statusOf(code: unknown): Status {
  return STATUSES.get(code) ?? `other(${shownCode(code)})`;
}

const KINDS: ReadonlyMap<unknown, { readonly kind: Kind; readonly words: string }> = new Map<
  unknown,
  { kind: Kind; words: string }
>([
  [0, { kind: 'run-as-admin', words: 'Run As Admin' }],
  [1, { kind: 'admin-session', words: 'Admin Session' }],
  [2, { kind: 'server-session', words: 'Server Session' }],
]);

export function kindOf(code: unknown): Kind {
  return KINDS.get(code)?.kind ?? 'unknown';
}

/** One word per known code, whatever text came beside it; an unknown code always shows as one. */
export function vendorKindOf(code: unknown, text: string | null): string {
  return KINDS.get(code)?.words ?? `type ${shownCode(code) || '?'}${text === null ? '' : ` (${text})`}`;
}

/** The way back, for a plan that holds only what `vendorKindOf` said. */
export function kindNamed(words: string | null): Kind {
  return [...KINDS.values()].find((known) => known.words === words)?.kind ?? 'unknown';
}

/** `2` is "Server", which names no system. Linux has a code that isn't documented; its text is taken at its word. */
export function osOf(code: unknown, text: string | null): OperatingSystem | null {
  if (code === 0) return 'windows';
  if (code === 1) return 'macos';
  if (code === 2) return null;
  if (text?.toLowerCase() === 'linux') return 'linux';
  const shown = text ?? shownCode(code);
  return shown === '' ? null : `other(${shown})`;
}

export function isServerOf(code: unknown): boolean | null {
  if (code === 2) return true;
  return code === 0 || code === 1 ? false : null;
}
