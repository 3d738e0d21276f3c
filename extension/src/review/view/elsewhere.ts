import type { ApprovalRequest } from '@countersign/shared/approval';
import { ageOf } from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block, Item } from '../messages.ts';
import type { Gap } from './findings.ts';
import { titleOf } from './header.ts';
import { NAME_MAX } from './text.ts';

const MOST = 50;

/** Where else the same file is asked for; nowhere is said only of queues that were read. */
export function elsewhereBlocks(
  request: ApprovalRequest,
  others: readonly ApprovalRequest[],
  gaps: readonly Gap[],
  now: number,
): readonly Block[] {
  if (request.subject.sha256 === null && request.subject.vendorHash === null) {
    return [{ kind: 'note', text: l10n.t('The vendor gives no hash, so this was not looked for.'), tone: 'doubt' }];
  }
  const items = others.slice(0, MOST).map((other): Item => {
    const where = [other.requester.account ?? other.requester.name, other.computer.name, other.organization.name];
    return {
      title: titleOf(other),
      lines: [
        where.map((text) => (text === null ? l10n.t('not known') : cleanLine(text, NAME_MAX))).join(' · '),
        l10n.t('{0}, waiting {1}', other.reference, ageOf(other, now)),
      ],
      button: {
        does: 'review',
        id: other.reference,
        label: l10n.t('Review'),
        spoken: l10n.t('Review {0}', other.reference),
      },
    };
  });
  const more = others.length - MOST;
  const nowhere =
    gaps.length === 0
      ? l10n.t('Nobody else asks for the same file.')
      : l10n.t('Nobody else asks for the same file in what could be looked at.');
  return [
    items.length === 0
      ? { kind: 'note', text: nowhere, tone: gaps.length === 0 ? 'plain' : 'doubt' }
      : { kind: 'items', items },
    ...(more > 0 ? [{ kind: 'note', text: l10n.t('and {0} more', String(more)), tone: 'plain' } as const] : []),
    ...gaps.map(({ what, why }): Block => {
      const text = why === null ? what : l10n.t('{0}: {1}', what, cleanLine(why, 500));
      return { kind: 'note', text, tone: 'doubt' };
    }),
  ];
}
