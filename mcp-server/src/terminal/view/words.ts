import type { Verdict } from '@countersign/shared/approval';

export const VERBS: Readonly<Record<Verdict, string>> = {
  approve: 'approve',
  deny: 'deny',
  'take-ownership': 'take ownership',
};

/** Where an account that failed is no vendor's but a sandbox, which may just not be running. */
export const SANDBOX_HINT = 'Is the sandbox running? "countersign sandbox" starts it.';

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
