import {
  type ApprovalRequest,
  canonicalJson,
  changedFacts,
  guardedFacts,
  isHandled,
  type RequestReference,
} from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { QueueState } from '../queue/store.ts';
import type { Banner } from './messages.ts';
import type { Reading } from './reading.ts';
import { decidedText } from './view/header.ts';
import { statusText } from './view/words.ts';

/** Notices in the queues that a request is not there as it was when it was read; what it is now, only its vendor tells. */
export interface Watch {
  /** @param readAt when what is shown was read, milliseconds since 1970 @returns whether the vendor should be asked */
  notice(state: QueueState, readAt: number): boolean;
}

export function createWatch(reference: RequestReference): Watch {
  /** `undefined`: its queue was not seen yet; `null`: it was not in it. */
  let seen: string | null | undefined;
  return {
    notice: ({ sources }, readAt) => {
      const source = sources.find(({ account }) => reference.startsWith(`${account}/`));
      if (source?.state !== 'ready') return false;
      const listed = source.requests.find((request) => request.reference === reference);
      const known = listed ? canonicalJson(listed) : null;
      const before = seen;
      seen = known;
      if (before === undefined) return known === null && Date.parse(source.at) > readAt;
      return known !== before;
    },
  };
}

const NOTHING_CHOSEN = { vendorJson: null, application: null, group: null, assignee: null };

/** What became of a request since it was read; `null`: nothing that a decision rests on. */
export function meanwhile(before: ApprovalRequest, now: Reading<ApprovalRequest> | 'gone'): Banner | null {
  const reload = l10n.t('Read it again');
  if (now === 'gone') {
    const lines = [l10n.t('The vendor no longer has this request, or no longer shows it to this account.')];
    return { tone: 'doubt', title: l10n.t('Gone'), lines, reload };
  }
  if (now.kind === 'loading') return null;
  if (now.kind === 'failed') {
    const lines = [
      l10n.t('The queue no longer shows this request as it was, and it could not be read again.'),
      cleanLine(now.message, 500),
    ];
    return { tone: 'doubt', title: l10n.t('It may have changed'), lines, reload };
  }
  const request = now.value;
  if (isHandled(request.status)) {
    const by = decidedText(request);
    const lines = by === null ? [] : [l10n.t('Decided: {0}', by)];
    return {
      tone: 'doubt',
      title: l10n.t('It was handled meanwhile: {0}', statusText(request.status)),
      lines: [...lines, l10n.t('Nothing of what is chosen here was sent.')],
      reload,
    };
  }
  const changed = changedFacts(guardedFacts(before, NOTHING_CHOSEN), guardedFacts(request, NOTHING_CHOSEN));
  if (changed.length === 0) return null;
  const lines = [l10n.t('Changed since this page was read: {0}.', changed.join(', '))];
  return { tone: 'doubt', title: l10n.t('It is not as it was'), lines, reload };
}
