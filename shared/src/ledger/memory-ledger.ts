import type { DecisionId, RequestReference } from '../approval/index.ts';
import type { DecisionRecord, Ledger, TargetOutcome } from './ledger.ts';
import { overallStatus } from './overall.ts';

const OPEN_PLANS_PER_CLIENT = 5;
const QUIET_AFTER_DECLINE_MS = 10 * 60_000;

type Entry = DecisionRecord & { readonly begun: ReadonlySet<RequestReference> };

/** The ledger's rules, kept for as long as the process lives. Its operations don't wait, so each is one transaction. */
export function createMemoryLedger(now: () => number = Date.now): Ledger {
  const entries = new Map<DecisionId, Entry>();
  const declines = new Map<string, number>();
  const running = new Map<string, Promise<unknown>>();

  const isOpen = (entry: Entry) => entry.phase === 'planned' && now() < Date.parse(entry.plan.expiresAt);
  const change = (entry: Entry, part: Partial<Entry>) => entries.set(entry.plan.decision, { ...entry, ...part });
  const declineKey = (client: string, request: RequestReference) => `${client} ${request}`;

  return {
    open: async (plan, digest, confirmText, proposer) => {
      const requests = plan.targets.map((target) => target.request);
      const open = [...entries.values()].filter(isOpen);
      const claimed = requests.find((request) =>
        open.some((entry) => entry.plan.targets.some((target) => target.request === request)),
      );
      if (claimed)
        return {
          opened: false,
          because: `A decision on ${claimed} already waits for a person. Let it be answered first.`,
        };
      if (open.filter((entry) => entry.proposer.client === proposer.client).length >= OPEN_PLANS_PER_CLIENT) {
        return {
          opened: false,
          because: `This client has ${OPEN_PLANS_PER_CLIENT} decisions that wait for a person. Let one be answered first.`,
        };
      }
      const declined = requests.find(
        (request) => now() < (declines.get(declineKey(proposer.client, request)) ?? 0) + QUIET_AFTER_DECLINE_MS,
      );
      if (declined)
        return {
          opened: false,
          because: `A person declined a decision on ${declined} a short while ago. It can be asked again ten minutes after that.`,
        };
      entries.set(plan.decision, {
        plan,
        digest,
        confirmText,
        proposer,
        phase: 'planned',
        channel: null,
        outcomes: [],
        begun: new Set(),
      });
      return { opened: true };
    },

    read: async (decision) => entries.get(decision) ?? null,

    answer: async (decision, answer, channel) => {
      const entry = entries.get(decision);
      if (entry?.phase !== 'planned') return false;
      if (answer === 'declined') {
        for (const target of entry.plan.targets) declines.set(declineKey(entry.proposer.client, target.request), now());
      }
      change(entry, { phase: answer, channel });
      return true;
    },

    begin: async (decision, request) => {
      const entry = entries.get(decision);
      if (!entry || (entry.phase !== 'confirmed' && entry.phase !== 'executing') || entry.begun.has(request))
        return false;
      change(entry, { phase: 'executing', begun: new Set([...entry.begun, request]) });
      return true;
    },

    finish: async (decision, outcome) => {
      const entry = entries.get(decision);
      if (!entry) return;
      const outcomes: readonly TargetOutcome[] = [...entry.outcomes, outcome];
      const isLast = outcomes.length === entry.plan.targets.length;
      change(entry, { outcomes, phase: isLast ? overallStatus(outcomes) : entry.phase });
    },

    exclusively: async (fingerprint, request, work) => {
      const key = `${fingerprint} ${request.slice(request.indexOf('/') + 1)}`;
      const before = running.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      running.set(key, settled);
      try {
        return await mine;
      } finally {
        if (running.get(key) === settled) running.delete(key);
      }
    },
  };
}
