import { VendorError } from './vendor-error.ts';

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
const UNTRUSTED = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|ERR_TLS_CERT_|ERR_SSL_)/;

/**
 * Turns what `fetch` threw into a VendorError. `host` is named to the person. No sentence says to try again where the call may
 * have arrived: it may have been a write.
 */
export function networkFailure(error: unknown, host: string, timeoutMs: number): VendorError {
  if (error instanceof VendorError) return error;
  const codes = codesIn(error);
  const untrusted = codes.find((code) => UNTRUSTED.test(code));
  if (untrusted) {
    return new VendorError(
      'certificate',
      `No trusted connection to ${host}: its certificate or its encryption was refused (${untrusted}). If your company inspects TLS, install its root certificate on this system, or name it in NODE_EXTRA_CA_CERTS; if not, do not go on.`,
      // Every other code belongs to the handshake; OpenSSL's own may also come in the middle of a connection.
      { cause: error, neverSent: !untrusted.startsWith('ERR_SSL_') },
    );
  }
  if (isTimeout(error)) {
    return new VendorError(
      'time-out',
      `${host} did not answer within ${timeoutMs / 1000} s. If it stays so, check the vendor's status page.`,
      { cause: error },
    );
  }
  if (error instanceof Error && error.name === 'AbortError') return cancelled(error, host, false);
  const neverSent = codes.some((code) => NEVER_CONNECTED.has(code)) || failedToConnect(error);
  const code = codes[0] ?? 'no reason given';
  return neverSent
    ? new VendorError(
        'network',
        `No connection to ${host} (${code}). Check the network, the proxy settings (HTTPS_PROXY), and the instance or data centre in the accounts file.`,
        { cause: error, neverSent },
      )
    : new VendorError(
        'network',
        `The connection to ${host} broke before the answer was complete (${code}). If it stays so, check the network.`,
        { cause: error },
      );
}

export function cancelled(cause: unknown, host: string, neverSent: boolean): VendorError {
  const when = neverSent ? 'before it was sent' : 'before an answer came';
  return new VendorError('cancelled', `The call to ${host} was cancelled ${when}.`, { cause, neverSent });
}

/**
 * "No route to host" can also end a connection on which a call was already sent; only while connecting, which the
 * system call names, does it prove that nothing left. All attempts of an AggregateError are made while connecting.
 */
function failedToConnect(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false;
  if ('syscall' in error && error.syscall === 'connect') return true;
  const attempts: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error.cause, ...attempts].some((inner) => failedToConnect(inner, depth + 1));
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || isTimeout(error.cause));
}

/** Error codes from the error, its causes, and the attempts that an AggregateError holds, outermost first. */
function codesIn(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const attempts = error instanceof AggregateError ? error.errors : [];
  return [...own, ...[error.cause, ...attempts].flatMap((inner) => codesIn(inner, depth + 1))];
}
