import type { Settings, SettingsError } from '@countersign/shared/account';
import type { AccountId } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import type { SourceNow } from '@countersign/shared/queue';
import type { Event } from '../host/index.ts';

/** What waits, as far as it is known here. Every change is a new object; what did not change in it is the same one. */
export interface QueueState {
  /** `null`: not read yet, or it can't be: then `problem` says why. */
  readonly settings: Settings | null;
  readonly problem: SettingsError | null;
  readonly entries: readonly AccountEntry[];
  /** One for each account, in the accounts' order. */
  readonly sources: readonly SourceNow[];
}

/** The queues of this window. */
export interface QueueStore {
  readonly state: QueueState;
  readonly onDidChange: Event<QueueState>;
  /** Reads anew, now. @param account left out: all of them */
  refresh(account?: AccountId): Promise<void>;
}
