import type { ApprovalRequest } from '@countersign/shared/approval';
import { shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';

const FILE_MAX = 40;
const REQUESTER_MAX = 30;

/** A request that came to wait. */
export interface Arrival {
  /** Of its account, with its tenant. */
  readonly key: string;
  readonly request: ApprovalRequest;
  /** It waited already when this window first read its account. */
  readonly isFirst: boolean;
  readonly isSandbox: boolean;
}

export interface ArrivalWords {
  readonly message: string;
  readonly review: string;
  readonly silence: string;
}

export function arrivalWords(arrivals: readonly Arrival[]): ArrivalWords {
  const named = arrivals.find(({ isSandbox }) => !isSandbox) ?? arrivals[0];
  const name = named ? nameOf(named.request) : '';
  const others = arrivals.length - 1;
  const message =
    others === 0
      ? l10n.t('1 new request: {0}', name)
      : others === 1
        ? l10n.t('2 new requests: {0} and 1 more', name)
        : l10n.t('{0} new requests: {1} and {2} more', arrivals.length, name, others);
  return {
    message: named?.isSandbox ? l10n.t('SANDBOX: {0}', message) : message,
    review: l10n.t('Review'),
    silence: l10n.t("Don't Show Again"),
  };
}

function nameOf({ subject, kind, requester }: ApprovalRequest): string {
  const what = shortLine(subject.name ?? subject.product ?? kind.replaceAll('-', ' '), FILE_MAX);
  const who = shortLine(requester.name ?? requester.account ?? '', REQUESTER_MAX);
  return who === '' ? what : l10n.t('{0} from {1}', what, who);
}
