import type { AnswerChannel, Channel, Settings } from '../account/index.ts';
import { isWider } from '../approval/index.ts';
import { stopsIn } from './findings.ts';
import type { PlannedDecision } from './plan-decision.ts';

/** How a person is asked about a plan, and where it isn't the first way that there is, why. */
export type Route<Way extends AnswerChannel = Channel> =
  | { readonly channel: Way; readonly because: string | null }
  | { readonly refusedBy: 'guardrail' | 'client'; readonly message: string };

export interface Ways {
  /** Whether an editor that signs with a trusted key says that it listens. */
  readonly isExtensionListening: boolean;
  /** Whether the client says that it can show its person a form. */
  readonly canElicit: boolean;
}

/**
 * Chosen once, when the plan is made: an editor that listens; else the client's own form, where plan and settings allow it;
 * else a terminal.
 */
export function chooseChannel(planned: PlannedDecision, settings: Settings, ways: Ways): Route {
  const allows = (channel: Channel) => planned.accounts.every(({ account }) => account.channels.includes(channel));
  if (ways.isExtensionListening && allows('extension')) return { channel: 'extension', because: null };
  const because = whyNotElicit(planned, settings, ways);
  if (because === null) return { channel: 'elicitation', because };
  if (allows('terminal')) return { channel: 'terminal', because };
  return {
    refusedBy: ways.canElicit ? 'guardrail' : 'client',
    message: `${because} The account takes no confirmation at a terminal either, and no editor that it would take one from is open.`,
  };
}

function whyNotElicit(
  { accounts, plan, reach, findings }: PlannedDecision,
  settings: Settings,
  ways: Ways,
): string | null {
  if (settings.confirmation.approverKeys.length > 0) {
    return "Only a signed answer counts here, or a person's at a terminal; none through an assistant's client.";
  }
  const closed = accounts.find(({ account }) => !account.channels.includes('elicitation'));
  if (closed) return `The account "${closed.account.id}" takes no confirmation through an assistant's client.`;
  const [stop] = stopsIn(plan.verdict, findings);
  if (stop) return `${stop.message} Such an approval is never confirmed through an assistant's client.`;
  const narrower = accounts.find(
    ({ account: { elicitationReach } }) => elicitationReach !== 'any' && isWider(reach, elicitationReach),
  );
  if (narrower) {
    const { id, elicitationReach } = narrower.account;
    return `This reaches further than "${elicitationReach}", and the account "${id}" lets no more than that be confirmed through an assistant's client.`;
  }
  return ways.canElicit ? null : 'This client can not show a person a form to confirm in.';
}

/** For a person who decides where they sit, and is asked nowhere else. */
export function channelHere(
  channel: 'extension' | 'terminal',
): (planned: Pick<PlannedDecision, 'accounts'>) => Route<Channel> {
  const where = { extension: 'in an editor', terminal: 'at a terminal' }[channel];
  return ({ accounts }) => {
    const closed = accounts.find(({ account }) => !account.channels.includes(channel));
    return closed
      ? {
          refusedBy: 'guardrail',
          message: `The account "${closed.account.id}" is set so that nothing is confirmed ${where}.`,
        }
      : { channel, because: null };
  };
}
