import type { Application } from '@countersign/shared/provider';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block } from '../messages.ts';
import { NAME_MAX } from './text.ts';

const MOST = 50;

export function matchingBlocks(matching: readonly Application[]): readonly Block[] {
  if (matching.length === 0) {
    return [{ kind: 'note', text: l10n.t('The file belongs to no known application.'), tone: 'plain' }];
  }
  const items = matching.slice(0, MOST).map((application) => ({
    title: l10n.t('{0}, {1}', quoted(application.name, NAME_MAX), ownerText(application)),
    lines: [cleanLine(application.reach.sentence, 500)],
  }));
  return [
    {
      kind: 'note',
      text: l10n.t(
        'A shared library may belong to applications that have nothing to do with the request; permitting one permits everything in it.',
      ),
      tone: 'plain',
    },
    { kind: 'items', items },
    ...(matching.length > MOST
      ? [{ kind: 'note', text: l10n.t('and {0} more', String(matching.length - MOST)), tone: 'plain' } as const]
      : []),
  ];
}

/** Whose application it is. */
export function ownerText({ builtIn, owner }: Pick<Application, 'builtIn' | 'owner'>): string {
  if (builtIn) return l10n.t("built in, ThreatLocker's own");
  return owner.name === null ? l10n.t('of an unnamed owner') : l10n.t('of {0}', quoted(owner.name, NAME_MAX));
}
