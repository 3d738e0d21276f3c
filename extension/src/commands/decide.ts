import type { ApprovalRequest, ApproveOptions, Decision, ProviderName, Verdict } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import { shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Decider } from '../confirm/index.ts';
import type { CommandHandlers, Host } from '../host/index.ts';
import type { QueueStore } from '../queue/index.ts';
import type { Runtime } from '../runtime.ts';
import { approveSteps } from './approve-steps.ts';
import { commonChoices } from './common-choices.ts';
import { denySteps } from './deny-steps.ts';
import { isForgotten, whichRequests } from './which-requests.ts';

export interface DecideCommandsOptions {
  readonly host: Host;
  readonly runtime: Runtime;
  readonly store: QueueStore;
  readonly decider: Decider;
}

/** A person's own decisions, in steps; each of them ends in the dialog that shows exactly what would be done. */
export function createDecideCommands({
  host,
  runtime,
  store,
  decider,
}: DecideCommandsOptions): Pick<CommandHandlers, 'approve' | 'deny' | 'takeOwnership'> {
  const command =
    (verdict: Verdict, decideFor: (title: string, requests: Requests) => Promise<void>) =>
    async (clicked?: unknown, selected?: unknown): Promise<void> => {
      if (isForgotten(selected)) {
        const message = l10n.t(
          'The list was being read anew, so that not all of what is selected is known. Nothing was asked; select it again.',
        );
        await host.dialogs.notify('warning', message);
        return;
      }
      const chosen = await whichRequests(verdict, verb(verdict), { clicked, selected }, host, store.state);
      if (chosen === null) return;
      const { requests, leftOut } = chosen;
      if (requests.length === 0) {
        await host.dialogs.notify('info', nothingTo(verdict, leftOut));
        return;
      }
      if (leftOut > 0) {
        const message = l10n.t('{0} of what is selected can not be decided in this way, and is left out.', leftOut);
        // It goes on meanwhile: the dialog at the end names what it is about.
        host.dialogs.notify('info', message).catch(() => undefined);
      }
      // One decision covers one vendor.
      for (const several of byProvider(requests)) await decideFor(titleOf(verdict, several), several);
    };

  const approveOne = async (title: string, request: ApprovalRequest) => {
    const answer = await approveSteps(title, request, runtime.book, host);
    if (answer === null) return;
    if (answer === 'review') await host.run('review', { kind: 'request', id: request.reference, request });
    else await approveWith(title, [request], answer.options);
  };

  const approveWith = async (title: string, requests: Requests, options: ApproveOptions): Promise<void> => {
    const result = await decide(requests, { verdict: 'approve', options });
    if (result?.status !== 'needs-choice') return;
    const choices = commonChoices(result.choices ?? [], requests.length);
    if (choices.length === 0) {
      const message = l10n.t('{0} Decide these one by one.', result.message);
      await host.dialogs.notify('warning', message);
      return;
    }
    const picked = await host.dialogs.pick(
      choices.map(({ label, reach, options: chosen }) => ({ label, detail: reach.sentence, value: chosen })),
      { title, placeholder: shortLine(result.message, 200) },
    );
    if (picked.kind === 'done')
      await decide(requests, { verdict: 'approve', options: { ...options, ...picked.value } });
  };

  const decide = async (requests: Requests, decision: Decision): Promise<DecisionResult | null> =>
    await decider.decide(
      requests.map(({ reference }) => reference),
      decision,
    );

  return {
    approve: command('approve', async (title, requests) => {
      const [only] = requests;
      if (requests.length === 1) await approveOne(title, only);
      else await approveWith(title, requests, {});
    }),
    deny: command('deny', async (title, requests) => {
      const options = await denySteps(title, requests[0].provider, host);
      if (options !== null) await decide(requests, { verdict: 'deny', options });
    }),
    takeOwnership: command('take-ownership', async (_, requests) => {
      await decide(requests, { verdict: 'take-ownership' });
    }),
  };
}

type Requests = readonly [ApprovalRequest, ...ApprovalRequest[]];

function byProvider(requests: readonly ApprovalRequest[]): readonly Requests[] {
  const groups = new Map<ProviderName, [ApprovalRequest, ...ApprovalRequest[]]>();
  for (const request of requests) {
    const group = groups.get(request.provider);
    if (group) group.push(request);
    else groups.set(request.provider, [request]);
  }
  return [...groups.values()];
}

function verb(verdict: Verdict): string {
  return { approve: l10n.t('Approve'), deny: l10n.t('Deny'), 'take-ownership': l10n.t('Take ownership') }[verdict];
}

function titleOf(verdict: Verdict, requests: Requests): string {
  const [{ subject, reference }] = requests;
  return requests.length === 1
    ? `${verb(verdict)} ${shortLine(subject.name ?? subject.path ?? reference, 60)}`
    : l10n.t('{0}: {1} requests', verb(verdict), requests.length);
}

function nothingTo(verdict: Verdict, leftOut: number): string {
  if (leftOut === 0) return l10n.t('Nothing waits that could be decided.');
  return verdict === 'approve'
    ? l10n.t('That can not be approved from here; its row says why. It may be deniable.')
    : l10n.t('That can not be decided in this way from here.');
}
