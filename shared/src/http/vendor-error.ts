/**
 * Why a call to a vendor failed.
 * `auth`: the secret was refused · `permission`: the secret is good, its role is not · `certificate`: TLS was not trusted ·
 * `malformed`: an answer that isn't what the API promises · `cancelled`: we stopped waiting.
 */
export type VendorErrorKind =
  | 'auth'
  | 'permission'
  | 'not-found'
  | 'validation'
  | 'already-handled'
  | 'rate-limited'
  | 'server'
  | 'network'
  | 'certificate'
  | 'time-out'
  | 'malformed'
  | 'cancelled';

export interface VendorErrorDetails {
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** The connection was never made, so nothing can have reached the vendor. */
  readonly neverSent?: boolean | undefined;
  readonly cause?: unknown;
}

/** The message is for a person: what happened and what to do. What it quotes of the vendor's words is cleaned and capped; it holds no secret. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly kind: VendorErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly neverSent: boolean;

  constructor(kind: VendorErrorKind, message: string, details: VendorErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.neverSent = details.neverSent ?? false;
  }

  /** A read may be asked again; a write never is. */
  get isTransient(): boolean {
    return (
      this.kind === 'network' || this.kind === 'time-out' || this.kind === 'rate-limited' || this.kind === 'server'
    );
  }

  /** For a write: the vendor refused it, so nothing changed. Anything else has to be read again. */
  get isDefiniteRefusal(): boolean {
    return (
      this.neverSent ||
      this.kind === 'auth' ||
      this.kind === 'permission' ||
      this.kind === 'not-found' ||
      this.kind === 'validation' ||
      this.kind === 'already-handled' ||
      this.kind === 'rate-limited'
    );
  }
}
