import { type ApprovalRequest, isApprovable, isDecidable, type Verdict } from '@countersign/shared/approval';
import { requestsIn } from '@countersign/shared/queue';
import { shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import type { QueueState } from '../queue/index.ts';
import { requestsOf } from '../views/node.ts';

/** Whether a verdict is possible here at all; the vendor's record is read anew before anything is sent. */
function canBe(verdict: Verdict, request: ApprovalRequest): boolean {
  switch (verdict) {
    case 'approve':
      return isApprovable(request);
    case 'deny':
      return isDecidable(request);
    case 'take-ownership':
      return isDecidable(request) && request.provider === 'threatlocker';
    default:
      return verdict satisfies never;
  }
}

/** What a command was called on: rows of the view, else what is selected there, as by a key. */
export function namedRequests(
  { trees }: Pick<Host, 'trees'>,
  clicked: unknown,
  selected: unknown,
): readonly ApprovalRequest[] {
  const { selection } = trees.pending;
  return clicked === undefined ? requestsOf(selection[0], selection) : requestsOf(clicked, selected);
}

/** While a view is read anew VS Code knows some of its rows no more, and hands over `undefined` for them. */
export function isForgotten(selected: unknown): boolean {
  return Array.isArray(selected) && selected.includes(undefined);
}

export interface Chosen {
  readonly requests: readonly ApprovalRequest[];
  /** How many of those that were selected the verdict is not possible for. */
  readonly leftOut: number;
}

/**
 * What a command was called on: rows of the view, else what is selected there, else what its person picks from a list.
 * @returns `null`: the list was closed
 */
export async function whichRequests(
  verdict: Verdict,
  title: string,
  { clicked, selected }: { readonly clicked: unknown; readonly selected: unknown },
  host: Host,
  state: QueueState,
): Promise<Chosen | null> {
  const named = namedRequests(host, clicked, selected);
  if (named.length > 0) {
    const requests = named.filter((request) => canBe(verdict, request));
    return { requests, leftOut: named.length - requests.length };
  }
  const waiting = requestsIn(state.sources.filter((source) => source.state !== 'loading'));
  const items = waiting
    .filter((request) => canBe(verdict, request))
    .map((request) => ({ ...describe(request), value: request }));
  if (items.length === 0) return { requests: [], leftOut: 0 };
  const picked = await host.dialogs.pick(items, { title, placeholder: l10n.t('Which request?') });
  return picked.kind === 'done' ? { requests: [picked.value], leftOut: 0 } : null;
}

function describe(request: ApprovalRequest): { label: string; description: string; detail: string } {
  const { subject, computer, requester, organization, reference } = request;
  const who = [requester.name ?? requester.account, computer.name, organization.name].filter((part) => part !== null);
  return {
    label: shortLine(subject.name ?? subject.path ?? reference, 60),
    description: who.map((part) => shortLine(part, 40)).join(' · '),
    detail: reference,
  };
}
