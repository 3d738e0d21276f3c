import type { DecisionId } from '@countersign/shared/approval';
import { LedgerError } from '@countersign/shared/ledger';
import { formatAge } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import type { Awaiting } from './awaiting.ts';
import { proposalOf } from './words.ts';

/** What the ledger marks as announced, beside requests of tenants. */
const SCOPE = 'proposals';
/** After this a notification is out of sight in all likelihood, and another one is no pile. */
const SEEN_FOR_MS = 30_000;

/**
 * Says that proposals wait: one notification for all of them, in the window that has the focus, or in one window when none has.
 * Never twice for the same proposal, however many windows are open.
 */
export function announceAwaiting(
  host: Host,
  { ledger, now }: Runtime,
  awaiting: Awaiting,
  answer: () => Promise<void>,
) {
  /** Marked by this window, or about to be. */
  const claimed = new Set<DecisionId>();
  /** Not announced yet, with the beats since. */
  let unsaid = new Map<DecisionId, number>();
  let shownAt: number | null = null;
  let isMore = false;

  function update(): void {
    const open = awaiting.plans.map(({ plan }) => plan.decision).filter((decision) => !claimed.has(decision));
    unsaid = new Map(open.map((decision) => [decision, unsaid.get(decision) ?? 0]));
    if (host.window.focused) say();
  }

  function beat(): void {
    // A window that has the focus comes first; this one says it only where there is none.
    if (host.window.focused || [...unsaid.values()].some((beats) => beats > 0)) say();
    unsaid = new Map([...unsaid].map(([decision, beats]) => [decision, beats + 1]));
    if (isMore) notify();
  }

  function say(): void {
    const book = unsaid.size === 0 ? null : ledger();
    if (book === null) return;
    const saying = unsaid;
    const decisions = [...saying.keys()];
    unsaid = new Map();
    for (const decision of decisions) claimed.add(decision);
    const claim = async () => {
      const ours = await book.announce(SCOPE, decisions);
      if (ours.length > 0) notify();
    };
    claim().catch((error: unknown) => {
      if (!(error instanceof LedgerError)) throw error;
      host.log.warn(error.message);
      // Nobody was told, so the next beat tries again for those that still wait.
      for (const decision of decisions) claimed.delete(decision);
      for (const { plan } of awaiting.plans) {
        const beats = saying.get(plan.decision);
        if (beats !== undefined) unsaid.set(plan.decision, beats);
      }
    });
  }

  function notify(): void {
    // One that can still be seen speaks for those that came after it: its button shows them all.
    isMore = shownAt !== null && now() - shownAt < SEEN_FOR_MS;
    if (isMore) return;
    const message = announcement(awaiting, now());
    if (message === null) return;
    const time = now();
    shownAt = time;
    const ask = async () => {
      const chosen = await host.dialogs.notify('info', message, l10n.t('Answer'));
      if (shownAt === time) shownAt = null;
      if (chosen !== null) await answer();
    };
    ask().catch((error: unknown) => host.log.error(String(error)));
  }

  host.subscriptions.add(awaiting.onDidChange(update));
  host.subscriptions.add(awaiting.onBeat(beat));
  host.subscriptions.add(host.window.onDidChangeFocus((focused) => focused && say()));
}

/** `null`: nothing waits any more. */
function announcement({ plans }: Awaiting, now: number): string | null {
  const [first, ...others] = plans;
  if (!first) return null;
  const proposal = proposalOf(first.plan, first.proposer.name);
  const left = formatAge(Math.max(0, Date.parse(first.plan.expiresAt) - now));
  switch (others.length) {
    case 0:
      return l10n.t('{0} It waits for your countersignature, for {1} more.', proposal, left);
    case 1:
      return l10n.t('{0} It and another proposal wait for your countersignature.', proposal);
    default:
      return l10n.t('{0} It and {1} more proposals wait for your countersignature.', proposal, others.length);
  }
}
