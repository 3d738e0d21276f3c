import type { AccountId } from '../../approval/index.ts';
import type { Api } from './api.ts';

export interface PullQuestion {
  readonly api: Api;
  readonly account: AccountId;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}
