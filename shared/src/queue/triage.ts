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

/** Findings of a whole queue, which remembers them: only what changed is looked at again. */
export interface QueueTriage {
  findings(
    requests: readonly ApprovalRequest[],
    context: QueueContext,
  ): ReadonlyMap<RequestReference, readonly Finding[]>;
  /** How many requests were looked at the last time. */
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
  return {
    get looked() {
      return looked;
    },
    findings: (requests, context) => {
      const now = JSON.stringify(context.settings);
      if (now !== settings) known = new Map();
      settings = now;
      looked = 0;
      const files = countsOf(requests, fileKey);
      const requesters = countsOf(requests, requesterKey);
      const ofAccount = contextsFor(context);
      const next = new Map<RequestReference, Remembered>();
      const found = new Map<RequestReference, readonly Finding[]>();
      for (const [index, request] of requests.entries()) {
        const surroundings = {
          sameFileElsewhere: (files[index] ?? 1) - 1,
          waitingOfRequester: requesters[index] ?? 1,
          days: dayOf(request, context.now),
        };
        const before = known.get(request.reference);
        const isKnown = before && isEqual(before.surroundings, surroundings) && isEqual(before.request, request);
        if (!isKnown) looked += 1;
        const findings = isKnown ? before.findings : findingsOf(request, { ...ofAccount(request), ...surroundings });
        next.set(request.reference, { request, surroundings, findings });
        found.set(request.reference, findings);
      }
      known = next;
      return found;
    },
  };
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

/** For each request, how many share its key, itself among them; what has no key shares none. */
function countsOf(
  requests: readonly ApprovalRequest[],
  keyOf: (request: ApprovalRequest) => string | null,
): readonly number[] {
  const counts = new Map<string, { of: number }>();
  return requests
    .map((request) => {
      const key = keyOf(request);
      if (key === null) return ALONE;
      const count = counts.get(key) ?? { of: 0 };
      count.of += 1;
      counts.set(key, count);
      return count;
    })
    .map(({ of }) => of);
}

const ALONE = { of: 1 } as const;

function requesterKey({ account, requester }: ApprovalRequest): string | null {
  const who = requester.account ?? requester.name;
  return who === null ? null : `${account} ${who.toLowerCase()}`;
}

/** Findings about age change by the day. */
function dayOf({ requestedAt }: ApprovalRequest, now: number): number | null {
  const at = requestedAt === null ? Number.NaN : Date.parse(requestedAt);
  return Number.isNaN(at) ? null : Math.floor((now - at) / DAY_MS);
}
