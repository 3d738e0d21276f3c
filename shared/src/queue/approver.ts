import type { Settings } from '../account/index.ts';
import type { AccountId } from '../approval/index.ts';
import type { TriageContext } from '../triage/index.ts';

/** Who decides here on requests of one account, by the settings. */
export function approverOf(
  id: AccountId,
  { approver: { name, email }, accounts }: Pick<Settings, 'approver' | 'accounts'>,
): NonNullable<TriageContext['approver']> {
  const account = accounts.find((one) => one.id === id);
  const accountEmail = account?.provider === 'admin-by-request' ? account.approverEmail : undefined;
  return { name, emails: [email, accountEmail].filter((text) => text !== undefined) };
}
