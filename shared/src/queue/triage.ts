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
      const before = now === settings ? known : new Map<RequestReference, Remembered>();
      const kept = new Map<RequestReference, Remembered>();
      known = kept;
      settings = now;
      looked = 0;
      const surroundingsOf = surroundingsIn(requests, context.now);
      const contextOf = contextsFor(context);
      const waiting = new Map(requests.map((request) => [request.reference, request]));
      for (const [reference, remembered] of before) if (waiting.has(reference)) kept.set(reference, remembered);
      return (reference) => {
        const request = waiting.get(reference);
        if (!request) return null;
        const surroundings = surroundingsOf(request);
        const last = kept.get(reference);
        if (last && isEqual(last.surroundings, surroundings) && isEqual(last.request, request)) {
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

function surroundingsIn(requests: readonly ApprovalRequest[], now: number): (request: ApprovalRequest) => Surroundings {
  const files = countsBy(requests, fileKey);
  const requesters = countsBy(requests, requesterKey);
  return (request) => ({
    sameFileElsewhere: files(request) - 1,
    waitingOfRequester: requesters(request),
    days: dayOf(request, now),
  });
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

/** How many share a request's key, itself among them; what has no key shares none. */
function countsBy(
  requests: readonly ApprovalRequest[],
  keyOf: (request: ApprovalRequest) => string | null,
): (request: ApprovalRequest) => number {
  const counts = new Map<string, { of: number }>();
  const ofRequest = new Map<ApprovalRequest, { of: number }>();
  for (const request of requests) {
    const key = keyOf(request);
    if (key === null) continue;
    const count = counts.get(key) ?? { of: 0 };
    count.of += 1;
    if (count.of === 1) counts.set(key, count);
    ofRequest.set(request, count);
  }
  return (request) => ofRequest.get(request)?.of ?? 1;
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
