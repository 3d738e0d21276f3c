import { SettingsError } from '@countersign/shared/account';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { AccountsStore } from '../accounts/index.ts';
import { type SigningKeys, whyNoKey } from '../confirm/index.ts';
import type { CommandHandlers, Host } from '../host/index.ts';
import { CLIENT_NAMES, CLIENTS, configurationFor } from './configuration.ts';
import { loaded } from './servers.ts';

export function createMcpCommands(
  host: Host,
  accounts: Pick<AccountsStore, 'load' | 'file'>,
  keys: SigningKeys,
): Pick<CommandHandlers, 'copyMcpConfiguration'> {
  return {
    copyMcpConfiguration: async () => {
      const settings = await loaded(accounts);
      const key = await keys.get();
      if (settings instanceof SettingsError || key === null) {
        const why = settings instanceof SettingsError ? cleanLine(settings.message, 500) : whyNoKey();
        await host.dialogs.notify('error', l10n.t('Nothing was copied. {0}', why));
        return;
      }
      const chosen = await host.dialogs.pick(
        CLIENTS.map((client) => ({ label: CLIENT_NAMES[client], value: client })),
        { title: l10n.t('Copy MCP configuration'), placeholder: l10n.t('For which client?') },
      );
      if (chosen.kind !== 'done') return;
      const { text, missing } = configurationFor(
        chosen.value,
        accounts.file().path,
        settings.accounts,
        key.publicKey.text,
        process.platform,
      );
      await host.clipboard.write(text);
      const copied = l10n.t(
        'Copied for {0}. It starts the terminal command "countersign", which has to be installed on this computer; what that client proposes is answered here while this editor is open.',
        CLIENT_NAMES[chosen.value],
      );
      const open = l10n.t('Fill in or set: {0}. Secrets are never copied.', missing.join(', '));
      await host.dialogs.notify('info', missing.length === 0 ? copied : `${copied} ${open}`);
    },
  };
}
