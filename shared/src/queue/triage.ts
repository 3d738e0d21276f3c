import type { Settings } from '../account/index.ts';
import type { ApprovalRequest, Finding, RequestReference } from '../approval/index.ts';
import { findingsOf, type TriageContext } from '../triage/index.ts';
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
  readonly json: string;
  /** What of its surroundings counted. */
  readonly surroundings: string;
  readonly findings: readonly Finding[];
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
      const { guardrails, approver, accounts } = context.settings;
      const now = JSON.stringify([guardrails, approver, accounts.map(({ id }) => id)]);
      if (now !== settings) known = new Map();
      settings = now;
      looked = 0;
      const files = countBy(requests, fileKey);
      const requesters = countBy(requests, requesterKey);
      const next = new Map<RequestReference, Remembered>();
      for (const request of requests) {
        const own = {
          sameFileElsewhere: (files.get(fileKey(request) ?? '') ?? 1) - 1,
          waitingOfRequester: requesters.get(requesterKey(request) ?? '') ?? 1,
        };
        const surroundings = [own.sameFileElsewhere, own.waitingOfRequester, dayOf(request, context.now)].join();
        const before = known.get(request.reference);
        const isSame = before?.surroundings === surroundings;
        if (isSame && before.request === request) {
          next.set(request.reference, before);
          continue;
        }
        const json = JSON.stringify(request);
        if (isSame && before.json === json) {
          next.set(request.reference, before);
          continue;
        }
        looked += 1;
        const findings = findingsOf(request, { ...contextFor(request, context), ...own });
        next.set(request.reference, { request, json, surroundings, findings });
      }
      known = next;
      return new Map([...next].map(([reference, { findings }]) => [reference, findings]));
    },
  };
}

/** What the settings say of a request's surroundings, and what the vendor's list leaves out. */
export function contextFor(request: ApprovalRequest, { now, settings }: QueueContext): TriageContext {
  const account = settings.accounts.find(({ id }) => id === request.account);
  const { name, email } = settings.approver;
  const accountEmail = account?.provider === 'admin-by-request' ? account.approverEmail : undefined;
  return {
    now,
    guardrails: settings.guardrails,
    approver: { name, emails: [email, accountEmail].filter((text) => text !== undefined) },
    // ThreatLocker's lists hold no scan; it stands in the permit record.
    ...(request.provider === 'threatlocker' && request.subject.scan.verdict === 'unknown'
      ? { notAsked: ['scan'] }
      : {}),
  };
}

function countBy(
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

function requesterKey({ account, requester }: ApprovalRequest): string | null {
  const who = requester.account ?? requester.name;
  return who === null ? null : `${account} ${who.toLowerCase()}`;
}

/** Findings about age change by the day. */
function dayOf({ requestedAt }: ApprovalRequest, now: number): number | null {
  const at = requestedAt === null ? Number.NaN : Date.parse(requestedAt);
  return Number.isNaN(at) ? null : Math.floor((now - at) / DAY_MS);
}
