import { type EarlierDecision, sameFileText } from '@countersign/shared/provider';
import type { EarlierReading } from '@countersign/shared/queue';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block, Item } from '../messages.ts';
import { NAME_MAX, timeText } from './text.ts';
import { endText, endTone } from './words.ts';

const MOST = 20;

type Read<T> = Exclude<T, Error>;

/** What was carried out from here on the same file. */
export function ownBlocks({ decisions, notes }: Read<EarlierReading['ours']>): readonly Block[] {
  const items = decisions.slice(0, MOST).map(({ at, verdict, outcome, request, sameFile, answered }): Item => {
    const who = answered === null ? null : l10n.t('Countersigned by {0}', cleanLine(answered.who, NAME_MAX));
    return {
      badge: { text: endText(outcome), tone: endTone(outcome) },
      title: l10n.t('{0}, {1}', verdictText(verdict), timeText(at)),
      lines: [who, sameFileText(sameFile), cleanLine(outcome.message, 500), request].filter((line) => line !== null),
    };
  });
  return blocks(items, notes);
}

/** What anybody decided on the same file, by the vendor's record. */
export function vendorBlocks({ decisions, notes }: Read<EarlierReading['vendor']>): readonly Block[] {
  const more = decisions.length - MOST;
  return blocks(decisions.slice(0, MOST).map(vendorItem), [
    ...(more > 0 ? [l10n.t('and {0} more', String(more))] : []),
    ...notes,
  ]);
}

function vendorItem(earlier: EarlierDecision): Item {
  const { verdict, selfApproved, by, at, computer, organization, requester, comment, matchedBy, request } = earlier;
  const who = selfApproved
    ? l10n.t('by the requester')
    : by === null
      ? l10n.t('by nobody whom the vendor names')
      : l10n.t('by {0}', cleanLine(by, NAME_MAX));
  const where = [
    requester && l10n.t('for {0}', cleanLine(requester, NAME_MAX)),
    computer && l10n.t('on {0}', cleanLine(computer, NAME_MAX)),
    organization && cleanLine(organization, NAME_MAX),
  ].filter(Boolean);
  return {
    badge: { text: verdict === 'approved' ? l10n.t('Approved') : l10n.t('Denied'), tone: 'plain' },
    title: l10n.t('{0}, {1}', who, at === null ? l10n.t('at an unknown time') : timeText(at)),
    lines: [
      ...(where.length === 0 ? [] : [where.join(' · ')]),
      ...(comment ? [quoted(comment, 300)] : []),
      sameFileText(matchedBy),
      request,
    ],
  };
}

function verdictText(verdict: 'approve' | 'deny' | 'take-ownership'): string {
  switch (verdict) {
    case 'approve':
      return l10n.t('Approval');
    case 'deny':
      return l10n.t('Denial');
    case 'take-ownership':
      return l10n.t('Ownership');
    default:
      return verdict satisfies never;
  }
}

function blocks(items: readonly Item[], notes: readonly string[]): readonly Block[] {
  return [
    items.length === 0 ? { kind: 'note', text: l10n.t('Nothing found.'), tone: 'plain' } : { kind: 'items', items },
    ...notes.map((note) => ({ kind: 'note', text: cleanLine(note, 500), tone: 'plain' }) as const),
  ];
}
