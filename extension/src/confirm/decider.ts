import { randomUUID } from 'node:crypto';
import { SettingsError } from '@countersign/shared/account';
import type { Decision, RequestReference } from '@countersign/shared/approval';
import { channelHere, type DecisionResult, type Planning } from '@countersign/shared/decide';
import { LedgerError } from '@countersign/shared/ledger';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { answerPlan, NEVER, nothingSent } from './answer-plan.ts';
import { askPerson } from './ask-person.ts';
import { confirmationOf } from './dialog.ts';
import { whyNoKey } from './no-key.ts';
import type { SigningKeys } from './signing-keys.ts';
import { tell } from './tell.ts';
import { titleOf } from './words.ts';

/** How a person of this window decides something themselves. */
export interface Decider {
  /**
   * Makes the decision exact, shows exactly that in a dialog, and carries out what is confirmed there. Says itself how it
   * ended, except for `needs-choice`, where the caller asks for the choice and comes back.
   *
   * @returns `null`: the person closed the dialog, and nothing was sent
   */
  decide(requests: readonly RequestReference[], decision: Decision): Promise<DecisionResult | null>;
}

/** Begins the name under which a window's own plans stand in the ledger; its person is asked by that window alone. */
const WINDOW = 'editor-window ';

export function isProposedByWindow(client: string): boolean {
  return client.startsWith(WINDOW);
}

export function createDecider(host: Host, runtime: Runtime, keys: SigningKeys): Decider {
  const proposer = { client: WINDOW + randomUUID(), name: 'Countersign in this editor' };
  const { decisions, now } = runtime;

  /**
   * Ends what a window still asks about these requests: this one, whose question may have gone out of sight, or one that is gone
   * although its process is not, as after a reload over a connection that was lost.
   */
  async function giveWay(requests: readonly RequestReference[]): Promise<void> {
    const book = runtime.ledger();
    try {
      for (const { plan, proposer } of (await book?.waiting('extension')) ?? []) {
        const isSame = plan.targets.some(({ request }) => requests.includes(request));
        if (isSame && isProposedByWindow(proposer.client)) {
          await book?.closePlan(plan.decision, 'refused', 'Its person asked for a decision on it anew.');
        }
      }
    } catch (error) {
      // Planning meets the same, and says so.
      if (!(error instanceof LedgerError)) throw error;
    }
  }

  /** `null`: the person took it back while it was planned. */
  async function planned(requests: readonly RequestReference[], decision: Decision): Promise<Planning | null> {
    return await host.dialogs.progress(l10n.t('Reading what is to be decided'), true, async (signal) => {
      await giveWay(requests);
      const planning = await decisions.plan({
        requests,
        decision,
        proposer,
        mayDecide: () => true,
        // Before anybody is asked in vain.
        route: channelHere('extension'),
        signal,
      });
      if (!signal.aborted) return planning;
      if (planning.planned) await decisions.close(planning.decision.plan.decision, 'The person took it back.');
      return null;
    });
  }

  async function decide(requests: readonly RequestReference[], decision: Decision): Promise<DecisionResult | null> {
    const key = await keys.get();
    if (key === null) return told(nothingSent(whyNoKey()));
    const planning = await planned(requests, decision);
    if (planning === null) return null;
    if (!planning.planned) {
      return planning.result.status === 'needs-choice' ? planning.result : told(planning.result);
    }
    const { plan } = planning.decision;
    const ended = decisions.outcome(plan.decision, NEVER);
    const said = await askPerson(host, confirmationOf(planning.decision, null, now()), { mayReject: false, ended });
    switch (said) {
      case 'confirmed':
        return told(await answerPlan(host, runtime, key, planning.decision, plan.verdict), titleOf(plan));
      case 'ended':
        return told(await ended, titleOf(plan));
      case 'rejected':
      case 'closed':
        await decisions.close(plan.decision, 'The person closed the question without confirming it.');
        return null;
      default:
        return said satisfies never;
    }
  }

  function told(result: DecisionResult, title?: string): DecisionResult {
    tell(host, result, title);
    return result;
  }

  return {
    decide: async (requests, decision) => {
      try {
        return await decide(requests, decision);
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        return told(nothingSent(error.message));
      }
    },
  };
}
