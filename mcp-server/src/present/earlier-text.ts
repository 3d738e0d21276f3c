import { sameFileText } from '@countersign/shared/provider';
import { quoted } from '@countersign/shared/text';
import type { EarlierView } from './earlier-decisions.ts';

/** What was decided before on the same file, and by what it was told to be the same. */
export function earlierText({ ours, vendor, notes }: EarlierView): readonly string[] {
  return [
    ...(ours === null ? [] : ['Earlier decisions on the same file, from here:', ...orNone(ours.map(ownLine))]),
    ...(vendor === null
      ? []
      : [
          `Earlier decisions on the same file, in the vendor's record (looked up by ${quoted(vendor.lookedUpBy)}):`,
          ...orNone(vendor.decisions.map(vendorLine)),
          ...vendor.notes.map((note) => `  ${note}`),
        ]),
    ...notes,
  ];
}

function orNone(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['  none found'] : lines;
}

function ownLine({ decision, verdict, status, at, request, sameFile, answered, message }: Own): string {
  const by = answered === null ? [] : [`answered by ${quoted(answered.who)} (${answered.channel})`];
  const parts = [verdict, `${status} ${at}`, request, sameFileText(sameFile), ...by, message, `decision ${decision}`];
  return `  - ${parts.join(' · ')}`;
}

function vendorLine(earlier: FromVendor): string {
  const { verdict, selfApproved, at, by, request, computer, organization, requester, sameFile, comment } = earlier;
  const parts = [
    selfApproved ? `${verdict} by the requester` : `${verdict} by ${by === null ? 'nobody that is named' : quoted(by)}`,
    at ?? 'at an unknown time',
    request,
    ...(requester === null ? [] : [`for ${quoted(requester)}`]),
    ...(computer === null ? [] : [`on ${quoted(computer)}`]),
    ...(organization === null ? [] : [`of ${quoted(organization)}`]),
    sameFileText(sameFile),
    ...(comment === null ? [] : [`comment ${quoted(comment)}`]),
  ];
  return `  - ${parts.join(' · ')}`;
}

type Own = NonNullable<EarlierView['ours']>[number];
type FromVendor = NonNullable<EarlierView['vendor']>['decisions'][number];
