import type { AccountId, ApprovalRequest } from '@countersign/shared/approval';
import type { GroupOfRequests, SourceNow } from '@countersign/shared/queue';
import type { Row } from '../../host/index.ts';

/** An account's state. */
export interface SourceNode {
  readonly kind: 'source';
  readonly id: string;
  readonly account: AccountId;
  source: SourceNow;
}

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  /** Of a group by account. */
  readonly account?: AccountId;
  group: GroupOfRequests;
}

/** A request; what is known of it changes, the node stays. */
export interface WaitingNode {
  readonly kind: 'request';
  readonly id: string;
  request: ApprovalRequest;
  parent: GroupNode | null;
}

/** Something that the view says itself. */
export interface LineNode {
  readonly kind: 'line';
  readonly id: string;
  row: Row;
}

/** What leads to the next page of a list. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly parent: GroupNode | null;
  hidden: number;
}

export type PendingNode = SourceNode | GroupNode | WaitingNode | LineNode | MoreNode;

/** Keeps the object of an id for as long as anybody holds it: the editor knows rows by it. */
export interface Kept<N extends { readonly id: string }> {
  /** @returns the object that has the id already, with the content of this one */
  keep(made: N): N;
}

const LEAST_SWEPT = 1000;

export function createKept<N extends { readonly id: string }>(): Kept<N> {
  const kept = new Map<string, WeakRef<N>>();
  let sweepAt = LEAST_SWEPT;
  return {
    keep: (made) => {
      const known = kept.get(made.id)?.deref();
      if (known) return Object.assign(known, made);
      kept.set(made.id, new WeakRef(made));
      if (kept.size > sweepAt) {
        for (const [id, reference] of kept) if (!reference.deref()) kept.delete(id);
        sweepAt = Math.max(LEAST_SWEPT, 2 * kept.size);
      }
      return made;
    },
  };
}
