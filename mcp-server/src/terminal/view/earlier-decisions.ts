import { sameFileText } from '@countersign/shared/provider';
import type { EarlierView } from '../../present/earlier-decisions.ts';
import { wrapped } from '../layout.ts';
import type { Output } from '../output.ts';

const SHOWN = 5;

/** What was carried out from here on the same file. */
export function ownDecisionLines(output: Output, { ours, notes }: Own): readonly string[] {
  return [...list(output, (ours ?? []).map(ownText)), ...notes.flatMap((note) => wrapped(output, note, '  '))];
}

/** What anybody decided on the same file, by the vendor's record. */
export function vendorDecisionLines(output: Output, { decisions, notes }: FromVendor): readonly string[] {
  return [...list(output, decisions.map(vendorText)), ...notes.flatMap((note) => wrapped(output, note, '  '))];
}

function list(output: Output, texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return ['  Nothing found.'];
  const rest = texts.length - SHOWN;
  return [
    ...texts.slice(0, SHOWN).flatMap((text) => wrapped(output, text, '  ')),
    ...(rest > 0 ? [`  … and ${rest} more; --json shows them.`] : []),
  ];
}

function ownText({ at, verdict, status, request, sameFile, answered, message }: NonNullable<Own['ours']>[number]) {
  const by = answered === null ? [] : [`by ${answered.who}${answered.channel === 'extension' ? ', in VS Code' : ''}`];
  return [time(at), `${verdict}, ${status}`, request, sameFileText(sameFile), ...by, message].join(' · ');
}

function vendorText(earlier: FromVendor['decisions'][number]): string {
  const { at, verdict, selfApproved, by, request, computer, organization, requester, sameFile, comment } = earlier;
  return [
    at === null ? 'time not known' : time(at),
    selfApproved ? `${verdict} by the requester` : `${verdict} by ${by ?? 'nobody that is named'}`,
    request,
    requester && `for ${requester}`,
    computer && `on ${computer}`,
    organization,
    sameFileText(sameFile),
    comment && `"${comment.replace(/\s*\n\s*/g, ' ')}"`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function time(at: string): string {
  return at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}

interface Own {
  readonly ours: EarlierView['ours'];
  readonly notes: readonly string[];
}
type FromVendor = NonNullable<EarlierView['vendor']>;
