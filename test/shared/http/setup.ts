import { createVendorClient, type Limits, VendorError, type VendorReply } from '../../../shared/src/http/index.ts';

export const SECRET = 's3cr3t-495e571a621440ba';

/** No pace, and delays too short to be felt. */
export const QUICK: Partial<Limits> = {
  callsPerSecond: Number.POSITIVE_INFINITY,
  firstRetryDelayMs: 1,
  timeoutMs: 10_000,
};

/** A plain vendor: its status is all that counts, and its error quotes the body. */
function judge(reply: VendorReply): VendorError | null {
  if (reply.status < 300) return null;
  const kind = reply.status === 429 ? 'rate-limited' : reply.status >= 500 ? 'server' : 'validation';
  return new VendorError(kind, `${reply.status}: ${reply.text}`);
}

export function clientOf(origin: string, options: Partial<Parameters<typeof createVendorClient>[0]> = {}) {
  return createVendorClient({
    fetch,
    origin,
    userAgent: 'countersign/0.0.0-test',
    authorize: async () => ({ apikey: SECRET }),
    judge,
    ...options,
    limits: { ...QUICK, ...options.limits },
  });
}

/** The VendorError that the promise ends in; whatever else it does fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<VendorError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof VendorError) return outcome.error;
  throw new Error('Expected a VendorError', { cause: 'error' in outcome ? outcome.error : outcome.value });
}

/** Everything that an error says, with its causes, as a log would write it. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  const members = Object.getOwnPropertyNames(error).map((name) => String(Reflect.get(error, name)));
  return [...members, everythingIn(error.cause)].join('\n');
}
