import { type Account, type Settings, settingsDigest } from '../account/index.ts';
import { type AccountId, canonicalJson, parseReference, type RequestReference } from '../approval/index.ts';
import type { Provider } from './provider.ts';

export interface AccountEntry {
  readonly account: Account;
  readonly provider: Provider;
}

/** The accounts as their file has them at one moment. */
export interface AccountsNow {
  readonly settings: Settings;
  readonly digest: string;
  readonly entries: readonly AccountEntry[];
  get(id: AccountId): AccountEntry | null;
  /** The account that a reference names; `null` also for what is no reference. */
  of(reference: RequestReference | string): AccountEntry | null;
}

export interface AccountBook {
  /** Reads the settings anew, so that an account that was changed or re-pointed is noticed. @throws SettingsError */
  now(): Promise<AccountsNow>;
}

/** Keeps one provider per account for as long as the account's settings stay the same, and with it its pace and memory. */
export function createAccountBook(
  load: () => Promise<Settings>,
  createProvider: (account: Account) => Provider,
): AccountBook {
  let providers = new Map<string, Provider>();
  return {
    now: async () => {
      const settings = await load();
      const kept = new Map<string, Provider>();
      const entries = settings.accounts.map((account): AccountEntry => {
        const key = canonicalJson(account);
        const provider = providers.get(key) ?? createProvider(account);
        kept.set(key, provider);
        return { account, provider };
      });
      providers = kept;
      const get = (id: AccountId) => entries.find((entry) => entry.account.id === id) ?? null;
      return {
        settings,
        digest: settingsDigest(settings),
        entries,
        get,
        of: (reference) => {
          const parsed = parseReference(reference);
          return parsed && get(parsed.account);
        },
      };
    },
  };
}
