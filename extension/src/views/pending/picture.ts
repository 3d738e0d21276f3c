import type { Account, Settings } from '@countersign/shared/account';
import type { AccountId, ApprovalRequest, ProviderName } from '@countersign/shared/approval';
import {
  beginGroups,
  type Findings,
  type GroupOfRequests,
  type QueueTriage,
  requestsIn,
  type SourceNow,
  sortRequests,
} from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import type { QueueState } from '../../queue/index.ts';
import { gravestOf } from '../gravest.ts';
import type { Work } from '../slices.ts';
import type { GroupBy } from '../words.ts';
import type { Matcher, PendingFilter } from './filter.ts';

/** What rows need to know of an account. */
export interface AccountSeen {
  readonly id: AccountId;
  /** Cleaned. */
  readonly label: string;
  readonly provider: ProviderName;
  readonly sandbox: boolean;
  readonly canOwn: boolean;
  /** When what is shown of it was read, where that is an older reading. */
  readonly staleAt: string | null;
}

/** What waits, as it is to be shown: nothing in it changes any more. */
export interface Picture {
  readonly sources: readonly SourceNow[];
  readonly accounts: ReadonlyMap<AccountId, AccountSeen>;
  readonly by: GroupBy;
  readonly filter: PendingFilter;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many requests are known in all. */
  readonly known: number;
  /** Those that fit the filter, the oldest first. `null`: that is still being looked at. */
  readonly requests: readonly ApprovalRequest[] | null;
  /** The same in groups; empty where they are not grouped. */
  readonly groups: ReadonlyMap<string, GroupOfRequests>;
  readonly findings: Findings;
}

export interface PictureOf {
  readonly state: QueueState;
  readonly settings: Settings;
  readonly by: GroupBy;
  readonly filter: PendingFilter;
  readonly matcher: Matcher;
  readonly triage: QueueTriage;
  readonly now: number;
}

/** Whether every request has to be looked at before any can be shown in its place. */
export function needsAllFindings({ by, filter }: Pick<PictureOf, 'by' | 'filter'>): boolean {
  return by === 'severity' || filter.severity !== undefined;
}

/** What is known at once, while the rest is looked at. */
export function begunPicture({ state, settings, by, filter, triage, now }: PictureOf): Picture {
  const known = requestsIn(state.sources.filter((source) => source.state !== 'loading'));
  return {
    sources: state.sources,
    accounts: accountsIn(state),
    by,
    filter,
    now,
    known: known.length,
    requests: null,
    groups: new Map(),
    findings: triage.findings(known, { now, settings }),
  };
}

export function* pictureOf(question: PictureOf): Work<Picture> {
  const begun = begunPicture(question);
  const { by, filter, now, findings } = begun;
  const fitting: ApprovalRequest[] = [];
  for (const source of begun.sources) {
    for (const request of 'requests' in source ? source.requests : []) {
      if (question.matcher(request)) fitting.push(request);
      yield;
    }
  }
  if (needsAllFindings(question)) {
    for (const { reference } of fitting) {
      findings(reference);
      yield;
    }
  }
  const { severity } = filter;
  const shown =
    severity === undefined ? fitting : fitting.filter(({ reference }) => gravestOf(findings(reference)) === severity);
  yield;
  const requests = sortRequests(shown, 'oldest');
  yield;
  // The first look prepares the whole queue, which takes a turn of its own where it is long.
  if (requests[0]) findings(requests[0].reference);
  yield;
  if (by === 'none') return { ...begun, requests };
  const grouping = beginGroups(by, { now, findings });
  for (const request of requests) {
    yield;
    grouping.add(request);
  }
  yield;
  const groups = new Map(grouping.groups().map((group) => [group.key, group]));
  yield;
  return { ...begun, requests, groups };
}

const LABEL_MAX = 60;

function accountsIn({ entries, sources }: QueueState): ReadonlyMap<AccountId, AccountSeen> {
  const seen = ({ id, label, provider, sandbox }: Account, canOwn: boolean): AccountSeen => {
    const source = sources.find(({ account }) => account === id);
    const staleAt = source?.state === 'stale' ? source.at : null;
    return { id, label: cleanLine(label, LABEL_MAX), provider, sandbox, canOwn, staleAt };
  };
  return new Map(
    entries.map(({ account, provider }) => [account.id, seen(account, provider.capabilities.takeOwnership)]),
  );
}
