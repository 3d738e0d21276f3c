import type { Settings } from '../account/index.ts';
import type { ApprovalRequest, Finding, RequestReference } from '../approval/index.ts';
import { findingsOf, type TriageContext } from '../triage/index.ts';
import { approverOf } from './approver.ts';
import { fileKey } from './source.ts';

/** What is the same for a whole queue. */
export interface QueueContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly settings: Pick<Settings, 'guardrails' | 'approver' | 'accounts'>;
}

/** What was found of one request; a request that the queue doesn't hold was not looked at: `null`. */
export type Findings = (reference: RequestReference) => readonly Finding[] | null;

/** Findings of a queue, each looked for when somebody asks, and remembered: only what changed is looked at again. */
export interface QueueTriage {
  findings(requests: readonly ApprovalRequest[], context: QueueContext): Findings;
  /** How many requests were looked at since the queue was given. */
  readonly looked: number;
}

interface Remembered {
  readonly request: ApprovalRequest;
  readonly surroundings: Surroundings;
  readonly findings: readonly Finding[];
}

/** What of the rest counts for one request. */
interface Surroundings {
  readonly sameFileElsewhere: number;
  readonly waitingOfRequester: number;
  readonly days: number | null;
}

const DAY_MS = 24 * 3_600_000;

export function createQueueTriage(): QueueTriage {
  let known = new Map<RequestReference, Remembered>();
  let settings = '';
  let looked = 0;
  const addressing = new Map<string, boolean>();
  return {
    get looked() {
      return looked;
    },
    findings: (requests, context) => {
      const now = JSON.stringify(context.settings);
      if (now !== settings) known = new Map();
      settings = now;
      looked = 0;
      const kept = known;
      const contextOf = contextsFor(context);
      // A queue is often given where only a few of its requests are looked at, or none.
      let queue: Queue | null = null;
      return (reference) => {
        queue ??= queueOf(requests, context.now, kept);
        const request = queue.waiting.get(reference);
        if (!request) return null;
        const surroundings = queue.surroundingsOf(request);
        const last = kept.get(reference);
        if (last && isSame(last.surroundings, surroundings) && isEqual(last.request, request)) {
          if (last.request !== request) kept.set(reference, { ...last, request });
          return last.findings;
        }
        looked += 1;
        const findings = findingsOf(request, { ...contextOf(request), ...surroundings, addressing });
        kept.set(reference, { request, surroundings, findings });
        return findings;
      };
    },
  };
}

/** Findings of requests that come by one by one: what the rest of a queue would tell is not said of them. */
export function triageApart(context: QueueContext): (request: ApprovalRequest) => readonly Finding[] {
  const contextOf = contextsFor(context);
  const addressing = new Map<string, boolean>();
  return (request) => findingsOf(request, { ...contextOf(request), addressing });
}

interface Queue {
  readonly waiting: ReadonlyMap<RequestReference, ApprovalRequest>;
  readonly surroundingsOf: (request: ApprovalRequest) => Surroundings;
}

/** @param known loses what no longer waits */
function queueOf(requests: readonly ApprovalRequest[], now: number, known: Map<RequestReference, unknown>): Queue {
  const waiting = new Map<RequestReference, ApprovalRequest>();
  for (const request of requests) waiting.set(request.reference, request);
  if (known.size > waiting.size) {
    for (const reference of known.keys()) if (!waiting.has(reference)) known.delete(reference);
  }
  const files = countsBy(requests, fileKey);
  const requesters = countsBy(requests, requesterKey);
  return {
    waiting,
    surroundingsOf: (request) => ({
      sameFileElsewhere: countOf(files, fileKey(request)) - 1,
      waitingOfRequester: countOf(requesters, requesterKey(request)),
      days: dayOf(request, now),
    }),
  };
}

function isSame(a: Surroundings, b: Surroundings): boolean {
  return (
    a.sameFileElsewhere === b.sameFileElsewhere && a.waitingOfRequester === b.waitingOfRequester && a.days === b.days
  );
}

/** Of plain data; several times faster than the general comparison, which queues of thousands feel with every reading. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isEqual(a[key], b[key]));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The context of each account, made once. */
function contextsFor(context: QueueContext): (request: ApprovalRequest) => TriageContext {
  const known = new Map<string, TriageContext>();
  return (request) => {
    const key = `${request.account} ${request.subject.scan.verdict}`;
    const made = known.get(key) ?? contextFor(request, context);
    known.set(key, made);
    return made;
  };
}

/** What the settings say of a request's surroundings, and what the vendor's list leaves out. */
export function contextFor(request: ApprovalRequest, { now, settings }: QueueContext): TriageContext {
  return {
    now,
    guardrails: settings.guardrails,
    approver: approverOf(request.account, settings),
    // ThreatLocker's lists hold no scan; it stands in the permit record.
    ...(request.provider === 'threatlocker' && request.subject.scan.verdict === 'unknown'
      ? { notAsked: ['scan'] }
      : {}),
  };
}

/** How many have each key; what has none shares none. */
function countsBy(
  requests: readonly ApprovalRequest[],
  keyOf: (request: ApprovalRequest) => string | null,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const key = keyOf(request);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function countOf(counts: ReadonlyMap<string, number>, key: string | null): number {
  return (key === null ? undefined : counts.get(key)) ?? 1;
}

function requesterKey({ account, requester }: ApprovalRequest): string | null {
  const who = requester.account ?? requester.name;
  return who === null ? null : `${account} ${who.toLowerCase()}`;
}

/** Findings about age change by the day. */
function dayOf({ requestedAt }: ApprovalRequest, now: number): number | null {
  const at = requestedAt === null ? Number.NaN : Date.parse(requestedAt);
  return Number.isNaN(at) ? null : Math.floor((now - at) / DAY_MS);
}
