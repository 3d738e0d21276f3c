import type { Account } from '@countersign/shared/account';
import { PROVIDER_NAMES } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { CommandHandlers, Host } from '../host/index.ts';
import type { QueueStore } from '../queue/index.ts';
import { accountOf } from '../views/node.ts';
import { portalAddress, portalAddressOf, virusTotalAddress } from './known-addresses.ts';
import { namedRequests } from './which-requests.ts';

/** Opens, outside the editor, what others know of a request: VirusTotal and its vendor's portal, and nothing else. */
export function createLookUpCommands(
  host: Host,
  store: Pick<QueueStore, 'state'>,
): Pick<CommandHandlers, 'openVirusTotal' | 'openPortal'> {
  const accountNamed = (id: string) => store.state.entries.find(({ account }) => account.id === id)?.account ?? null;

  /** @returns `null`: it was closed, or there is none */
  async function chooseAccount(): Promise<Account | null> {
    const real = store.state.entries.map(({ account }) => account).filter(({ sandbox }) => !sandbox);
    const [first, ...others] = real;
    if (!first) {
      await host.dialogs.notify(
        'info',
        l10n.t('There is no account with a portal: behind a sandbox stands no vendor.'),
      );
      return null;
    }
    if (others.length === 0) return first;
    const picked = await host.dialogs.pick(
      real.map((account) => ({
        label: cleanLine(account.label, 60),
        description: PROVIDER_NAMES[account.provider],
        value: account,
      })),
      { title: l10n.t("Open the vendor's portal"), placeholder: l10n.t('Of which account?') },
    );
    return picked.kind === 'done' ? picked.value : null;
  }

  return {
    openVirusTotal: async (clicked, selected) => {
      const [request] = namedRequests(host, clicked, selected);
      const address = virusTotalAddress(request?.subject.sha256 ?? null);
      if (address !== null) await host.openExternal(address);
      else
        await host.dialogs.notify('info', l10n.t('The SHA-256 of this file is not known, so it can not be looked up.'));
    },
    openPortal: async (clicked, selected) => {
      const [request] = namedRequests(host, clicked, selected);
      const id = request?.account ?? accountOf(clicked);
      const account = id === null ? await chooseAccount() : accountNamed(id);
      if (account === null) {
        if (id !== null) await host.dialogs.notify('info', l10n.t('The account of this request is gone.'));
        return;
      }
      if (account.sandbox) {
        await host.dialogs.notify('info', l10n.t('There is no portal: behind a sandbox stands no vendor.'));
        return;
      }
      await host.openExternal(request ? portalAddressOf(request) : portalAddress(account.provider));
    },
  };
}
