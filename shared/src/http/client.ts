import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';
import pRetry from 'p-retry';
import { cancelled, networkFailure } from './network-failure.ts';
import { readReply, type VendorReply } from './reply.ts';
import { retryAfterMs } from './retry-after.ts';
import { secretHeaders, withoutSecrets } from './secret-headers.ts';
import { VendorError } from './vendor-error.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface VendorCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the host on, encoded, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | null;
  readonly signal?: AbortSignal | undefined;
  /** Called directly before the call, when it has its turn and its secret; what it throws keeps the call back. */
  readonly beforeItLeaves?: (() => void) | undefined;
  /** For reads: how often to ask again, where that differs from the client's own limit. */
  readonly retries?: number;
}

export interface Limits {
  /** A call's whole time, from connecting to the last byte. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly concurrency: number;
  /** Calls begun in any second; neither vendor documents a limit, ThreatLocker's integrators keep to 5 to 10. */
  readonly callsPerSecond: number;
  readonly retries: number;
  readonly firstRetryDelayMs: number;
  /** Reads are not asked again after this much time in all. */
  readonly retryBudgetMs: number;
}

const DEFAULT_LIMITS: Limits = {
  timeoutMs: 30_000,
  maxBytes: 10 * 1024 * 1024,
  concurrency: 4,
  callsPerSecond: 8,
  retries: 3,
  firstRetryDelayMs: 300,
  retryBudgetMs: 20_000,
};

export interface VendorClientOptions {
  readonly fetch: Fetch;
  /** Scheme, host and port. Nothing else is ever contacted, and no redirect is followed. */
  readonly origin: string;
  /** Product and version. */
  readonly userAgent: string;
  /** The headers that carry the secret, asked anew for each call. */
  readonly authorize: () => Promise<Readonly<Record<string, string>>>;
  /** The error in an answer, by the vendor's own rules; `null` for a success. */
  readonly judge: (reply: VendorReply) => VendorError | null;
  readonly limits?: Partial<Limits>;
  readonly now?: () => number;
  /** Told of each call that leaves, for quotas. */
  readonly onCall?: () => void;
}

export interface VendorClient {
  /** Asks, and asks again after a passing failure, within the budget. @throws VendorError */
  read(call: VendorCall): Promise<VendorReply>;
  /** Sends once, whatever happens. @throws VendorError */
  write(call: VendorCall): Promise<VendorReply>;
}

export function createVendorClient(options: VendorClientOptions): VendorClient {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const now = options.now ?? Date.now;
  const host = new URL(options.origin).host;
  const queue = new PQueue({
    concurrency: limits.concurrency,
    ...(Number.isFinite(limits.callsPerSecond) ? { interval: 1000, intervalCap: limits.callsPerSecond } : {}),
  });

  async function attempt(call: VendorCall, onSent: () => void): Promise<VendorReply> {
    if (!call.path.startsWith('/')) {
      // Behind the origin, "@elsewhere.example" would make the vendor's host a user name.
      throw new VendorError('validation', 'A path that does not begin with "/" is never called.', { neverSent: true });
    }
    const secret = await secretHeaders(options.authorize, host);
    call.beforeItLeaves?.();
    const timeout = AbortSignal.timeout(limits.timeoutMs);
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
    onSent();
    options.onCall?.();
    let reply: VendorReply;
    try {
      const response = await options.fetch(options.origin + call.path, {
        method: call.method,
        headers: {
          accept: 'application/json',
          'user-agent': options.userAgent,
          ...(call.body ? { 'content-type': 'application/json' } : {}),
          ...call.headers,
          ...secret,
        },
        body: call.body ?? null,
        redirect: 'manual',
        signal,
      });
      // A vendor, or a proxy before it, may echo what it was sent, in a success too.
      const read = await readReply(response, limits.maxBytes);
      reply = { ...read, text: withoutSecrets(read.text, secret) };
    } catch (error) {
      throw networkFailure(error, host, limits.timeoutMs);
    }
    const failure = redirectFailure(reply, host) ?? options.judge(reply);
    if (!failure) return reply;
    throw new VendorError(failure.kind, failure.message, {
      status: reply.status,
      retryAfterMs: retryAfterMs(reply.headers, now()),
    });
  }

  async function queued(call: VendorCall): Promise<VendorReply> {
    let wasSent = false;
    const onSent = () => {
      wasSent = true;
    };
    try {
      return await queue.add(() => attempt(call, onSent), call.signal ? { signal: call.signal } : {});
    } catch (error) {
      // The queue gives up with the signal's own reason, whether the call has left or still waits.
      throw call.signal?.aborted && !(error instanceof VendorError) ? cancelled(error, host, !wasSent) : error;
    }
  }

  return {
    read: async (call) => {
      const deadline = now() + limits.retryBudgetMs;
      return pRetry(() => queued(call), {
        retries: call.retries ?? limits.retries,
        minTimeout: limits.firstRetryDelayMs,
        randomize: true,
        maxRetryTime: limits.retryBudgetMs,
        ...(call.signal ? { signal: call.signal } : {}),
        shouldRetry: async ({ error }) => {
          if (!(error instanceof VendorError) || !error.isTransient) return false;
          const wait = error.retryAfterMs ?? 0;
          if (now() + wait >= deadline) return false;
          await delay(wait, undefined, call.signal ? { signal: call.signal } : {});
          return true;
        },
      }).catch((error: unknown) => {
        throw call.signal?.aborted && !(error instanceof VendorError) ? cancelled(error, host, false) : error;
      });
    },
    write: queued,
  };
}

function redirectFailure(reply: VendorReply, host: string): VendorError | null {
  // A browser's fetch shows a redirect that it didn't follow as status 0.
  if (reply.status !== 0 && (reply.status < 300 || reply.status > 399)) return null;
  return new VendorError(
    'malformed',
    `${host} answered with a redirect, which is never followed, because it would carry the secret elsewhere. Check the instance or data centre in the accounts file, and whether a proxy asks for a login.`,
    { status: reply.status },
  );
}
