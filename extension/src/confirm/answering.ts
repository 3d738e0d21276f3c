import { SettingsError } from '@countersign/shared/account';
import type { DecisionId, SigningKey } from '@countersign/shared/approval';
import { type DecisionRecord, LedgerError } from '@countersign/shared/ledger';
import * as l10n from '@vscode/l10n';
import type { CommandHandler, Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { answerPlan, NEVER, nothingSent } from './answer-plan.ts';
import { askPerson } from './ask-person.ts';
import type { Awaiting } from './awaiting.ts';
import { confirmationOf } from './dialog.ts';
import { whyNoKey } from './no-key.ts';
import { planIn } from './plan-node.ts';
import type { SigningKeys } from './signing-keys.ts';
import { show, tell } from './tell.ts';
import { leftText } from './until.ts';
import { proposalOf, proposerName, titleOf } from './words.ts';

/** How the person of this window answers what assistants propose. */
export interface Answering {
  readonly answer: CommandHandler;
  readonly rejectProposal: CommandHandler;
}

export function createAnswering(host: Host, runtime: Runtime, keys: SigningKeys, awaiting: Awaiting): Answering {
  const { decisions, now } = runtime;
  const asking = new Set<DecisionId>();

  /** The plan that was clicked, else the only one that waits, else the one that its person chooses. */
  async function chosen(clicked: unknown): Promise<DecisionRecord | null> {
    const named = planIn(clicked);
    if (named) return named;
    const [only, ...others] = awaiting.plans;
    if (only && others.length === 0) return only;
    if (!only) {
      show(
        host,
        'info',
        awaiting.problem ?? l10n.t('Nothing waits for your countersignature. What did was answered, or has ended.'),
      );
      return null;
    }
    const picked = await host.dialogs.pick(
      awaiting.plans.map((record) => ({
        label: titleOf(record.plan),
        description: l10n.t('proposed by {0}', proposerName(record.proposer.name)),
        detail: leftText(record.plan.expiresAt, now()),
        value: record,
      })),
      { title: l10n.t('Answer'), placeholder: l10n.t('Which proposal?') },
    );
    return picked.kind === 'done' ? picked.value : null;
  }

  /** Once at a time for each plan, with the key to sign with. */
  async function withKey(
    clicked: unknown,
    work: (record: DecisionRecord, key: SigningKey) => Promise<void>,
  ): Promise<void> {
    const record = await chosen(clicked);
    if (record === null) return;
    const { decision } = record.plan;
    if (asking.has(decision)) return;
    asking.add(decision);
    try {
      const key = await keys.get();
      if (key === null) tell(host, nothingSent(whyNoKey()));
      else await work(record, key);
    } catch (error) {
      if (!(error instanceof LedgerError || error instanceof SettingsError)) throw error;
      tell(host, nothingSent(error.message));
    } finally {
      asking.delete(decision);
    }
  }

  async function answer({ plan: { decision } }: DecisionRecord, key: SigningKey): Promise<void> {
    const reading = l10n.t('Reading the request again');
    const review = await host.dialogs.progress(reading, false, () => decisions.review(decision, 'extension'));
    // With the digest that the process which proposed it will check.
    const record = await runtime.ledger()?.read(decision);
    if (!review.open) return tell(host, review.result, record ? titleOf(record.plan) : undefined);
    if (!record) return tell(host, nothingSent(l10n.t('The ledger no longer holds this decision.')));
    const { plan } = review.decision;
    const ended = decisions.outcome(decision, NEVER);
    const confirmation = confirmationOf(review.decision, review.proposer.name, now());
    const said = await askPerson(host, confirmation, { mayReject: true, ended });
    switch (said) {
      case 'confirmed':
        return tell(
          host,
          await answerPlan(host, runtime, key, { plan, digest: record.digest }, plan.verdict),
          titleOf(plan),
        );
      case 'rejected':
        return await reject(record, key);
      case 'ended':
        return tell(host, await ended, titleOf(plan));
      case 'closed':
        // It stays open: somebody else asked, and may be answered later.
        return;
      default:
        return said satisfies never;
    }
  }

  async function reject({ plan, digest }: Pick<DecisionRecord, 'plan' | 'digest'>, key: SigningKey): Promise<void> {
    const result = await answerPlan(host, runtime, key, { plan, digest }, 'decline');
    const title = titleOf(plan);
    if (result.status === 'declined') show(host, 'info', rejectedText(title));
    else tell(host, result, title);
  }

  return {
    answer: (clicked) => withKey(clicked, answer),
    rejectProposal: (clicked) =>
      withKey(clicked, async (record, key) => {
        const act = l10n.t('Reject Proposal');
        const answered = await host.dialogs.ask({
          message: l10n.t('Reject the proposal of {0}?', proposerName(record.proposer.name)),
          detail: `${proposalOf(record.plan, record.proposer.name)}\n${l10n.t('Nothing is sent, and the request still waits in the queue. The same client can propose nothing for it for ten minutes.')}`,
          actions: [act],
        });
        if (answered === act) await reject(record, key);
      }),
  };
}

function rejectedText(title: string): string {
  return l10n.t('{0}: the proposal was rejected, and nothing was sent. The request still waits in the queue.', title);
}
