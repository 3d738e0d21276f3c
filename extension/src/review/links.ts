import type { ApprovalRequest } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { knownAddress, virusTotalAddress } from '../commands/index.ts';

export interface Link {
  readonly label: string;
  readonly url: string;
}

const MOST = 10;

/** Addresses that may be opened from a request: over https, at hosts that are known. No other is shown as a link. */
export function linksOf({
  subject,
  links,
  provider,
}: Pick<ApprovalRequest, 'subject' | 'links' | 'provider'>): readonly Link[] {
  const given = links.flatMap(({ label, url }) => {
    const known = knownAddress(provider, url);
    return known === null ? [] : [{ label: cleanLine(label, 60), url: known }];
  });
  const made = virusTotalAddress(subject.sha256);
  const isGiven = made === null || given.some(({ url }) => isSameHost(url, made));
  return [...(isGiven ? [] : [{ label: l10n.t('VirusTotal'), url: made }]), ...given].slice(0, MOST);
}

function isSameHost(one: string, other: string): boolean {
  return new URL(one).hostname === new URL(other).hostname;
}
