import type { ApprovalRequest } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';

export interface Link {
  readonly label: string;
  readonly url: string;
}

const VIRUSTOTAL = 'virustotal.com';
const HOSTS: readonly string[] = [VIRUSTOTAL, 'threatlocker.com', 'adminbyrequest.com'];
const MOST = 10;

/** Addresses that may be opened from a request: over https, at hosts that are known. No other is shown as a link. */
export function linksOf({ subject, links }: Pick<ApprovalRequest, 'subject' | 'links'>): readonly Link[] {
  const given = links.flatMap(({ label, url }) => {
    const known = knownAddress(url);
    return known === null ? [] : [{ label: cleanLine(label, 60), url: known }];
  });
  const isOnVirusTotal = given.some(({ url }) => isAt(VIRUSTOTAL, new URL(url).hostname));
  const made =
    subject.sha256 === null || isOnVirusTotal
      ? []
      : [{ label: l10n.t('VirusTotal'), url: `https://www.${VIRUSTOTAL}/gui/file/${subject.sha256}` }];
  return [...made, ...given].slice(0, MOST);
}

function knownAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || `${url.username}${url.password}${url.port}` !== '') return null;
  return HOSTS.some((host) => isAt(host, url.hostname)) ? url.href : null;
}

function isAt(host: string, name: string): boolean {
  return name === host || name.endsWith(`.${host}`);
}
