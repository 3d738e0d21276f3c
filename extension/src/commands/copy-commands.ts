import * as l10n from '@vscode/l10n';
import type { CommandHandlers, Host } from '../host/index.ts';
import { namedRequests } from './which-requests.ts';

/** Copies what names a request or its file, a line for each of those that are selected. */
export function createCopyCommands(host: Host): Pick<CommandHandlers, 'copyReference' | 'copySha256'> {
  const copy = async (lines: readonly string[], nothing: string): Promise<void> => {
    if (lines.length > 0) await host.clipboard.write([...new Set(lines)].join('\n'));
    else await host.dialogs.notify('info', nothing);
  };
  return {
    copyReference: async (clicked, selected) =>
      await copy(
        namedRequests(host, clicked, selected).map(({ reference }) => reference),
        l10n.t('Nothing was copied: no request is selected.'),
      ),
    copySha256: async (clicked, selected) =>
      await copy(
        namedRequests(host, clicked, selected).flatMap(({ subject }) => subject.sha256 ?? []),
        l10n.t('Nothing was copied: of what is selected no SHA-256 is known.'),
      ),
  };
}
