import { canonicalJson, sha256Hex } from '../approval/index.ts';
import type { Account, Settings } from './account.ts';

/**
 * Which tenant an account points at: 16 hexadecimal digits over provider, host, and managed organization or tenant. Two ids
 * for one tenant share it, whatever their secrets.
 *
 * @param tenant the vendor's own id of the tenant, where the account names no managed organization. Without either, two
 *   tenants of one host can't be told apart.
 */
export function fingerprint(account: Account, tenant?: string): string {
  const managed = account.provider === 'threatlocker' ? account.organizationId : undefined;
  const { provider, host } = account;
  return sha256Hex(canonicalJson({ provider, host, tenant: managed ?? tenant?.toLowerCase() ?? null })).slice(0, 16);
}

/**
 * SHA-256 over what in the settings bears on decisions, 64 hexadecimal digits. Where secrets are kept, labels, waiting
 * times and the order of accounts don't: the extension and a terminal may differ in them.
 */
export function settingsDigest({ accounts, approver, guardrails, confirmation }: Settings): string {
  return sha256Hex(
    canonicalJson({
      accounts: accounts
        .map(({ secret: _, label: __, contactDetails: ___, unattended, ...bearing }) => ({
          ...bearing,
          ...(unattended ? { unattended: true } : {}),
        }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      approver,
      guardrails: Object.fromEntries(
        Object.entries(guardrails).map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value]),
      ),
      confirmation: {
        approverKeys: confirmation.approverKeys.toSorted(),
        expiresMinutes: confirmation.expiresMinutes,
      },
    }),
  );
}
