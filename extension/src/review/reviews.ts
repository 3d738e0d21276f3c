import { type ApprovalRequest, parseReference, type RequestReference, referenceTo } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Decider } from '../confirm/index.ts';
import type { CommandHandler, Disposable, Host, Panel, PickItem } from '../host/index.ts';
import type { QueueStore } from '../queue/store.ts';
import type { Runtime } from '../runtime.ts';
import { requestsOf } from '../views/node.ts';
import { waitingIn } from './findings.ts';
import { createReview } from './review.ts';
import { titleOf } from './view/header.ts';

/** Pages on which requests are looked at whole, one for each request. */
export interface Reviews {
  open(request: RequestReference): void;
}

export function createReviews(host: Host, runtime: Runtime, store: QueueStore, decider: Decider): Reviews {
  const showing = new Map<Panel, Disposable>();
  const adopt = (panel: Panel) => {
    const review = createReview(panel, { host, runtime, store, decider, open });
    showing.set(panel, review);
    panel.onDispose(() => {
      showing.delete(panel);
      review.dispose();
    });
  };
  function open(request: RequestReference): void {
    const { panel, isNew } = host.panels.open(request, l10n.t('Review'));
    if (isNew) adopt(panel);
    else panel.reveal();
  }
  host.subscriptions.add(host.panels.restored(adopt));
  host.subscriptions.add({
    dispose: () => {
      for (const review of showing.values()) review.dispose();
    },
  });
  return { open };
}

/** `review`: of the row that it was called on; from the palette, of a request that is picked there. */
export function createReviewCommands(
  { dialogs }: Pick<Host, 'dialogs'>,
  store: QueueStore,
  reviews: Reviews,
): { readonly review: CommandHandler } {
  return {
    review: async (clicked, selected) => {
      const given = typeof clicked === 'string' ? referenceIn(clicked) : null;
      if (given !== null) return reviews.open(given);
      const [request] = requestsOf(clicked, selected);
      if (request) return reviews.open(request.reference);
      const waiting = waitingIn(store.state);
      if (waiting.length === 0) {
        await dialogs.notify('info', l10n.t('No request that waits is known of here. Refresh to read the queues.'));
        return;
      }
      const place = {
        title: l10n.t('Review a request'),
        placeholder: l10n.t('Type a part of its name, requester or computer'),
      };
      const picked = await dialogs.pick(waiting.map(itemOf), place);
      if (picked.kind === 'done') reviews.open(picked.value);
    },
  };
}

function referenceIn(text: string): RequestReference | null {
  const parsed = parseReference(text);
  return parsed && referenceTo(parsed.account, parsed.vendorId);
}

function itemOf(request: ApprovalRequest): PickItem<RequestReference> {
  const { requester, computer, organization, reference } = request;
  const where = [requester.account ?? requester.name, computer.name, organization.name]
    .filter((text) => text !== null)
    .map((text) => cleanLine(text, 80));
  return { label: titleOf(request), description: where.join(' · '), detail: reference, value: reference };
}
