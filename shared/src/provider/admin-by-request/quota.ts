/** Calls in all, by the vendor's documentation as its integrators quote it; a tenant beyond it is blocked until the next business day. */
const CALLS_A_DAY = 100_000;

export interface Quota {
  /** Calls of this process since midnight UTC; others share the tenant's quota. */
  readonly used: number;
  readonly limit: number;
}

export interface CallCounter {
  count(): void;
  quota(): Quota;
}

export function createCallCounter(now: () => number): CallCounter {
  const today = () => new Date(now()).toISOString().slice(0, 10);
  let day = today();
  let used = 0;
  const roll = () => {
    if (day === today()) return;
    day = today();
    used = 0;
  };
  return {
    count: () => {
      roll();
      used += 1;
    },
    quota: () => {
      roll();
      return { used, limit: CALLS_A_DAY };
    },
  };
}
