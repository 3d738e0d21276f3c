import type { Rules } from '../observation.ts';

/** What the vendor's scanners say. Silence is not "clean". */
export const scan: Rules = ({ subject: { scan: found }, kind }, { notAsked }) => {
  const who = found.engines.map(({ engine, verdict }) => `${engine}: ${verdict}`).join(', ');
  const fact = [found.verdict, found.threat, who].filter(Boolean).join('; ');
  switch (found.verdict) {
    case 'malicious':
      return [{ id: 'scan-malicious', fact, message: 'A scanner calls this file malicious.' }];
    case 'suspicious':
      return [{ id: 'scan-suspicious', fact, message: 'A scanner calls this file suspicious.' }];
    case 'clean':
      return [];
    case 'not-scanned':
    case 'unknown':
      if (notAsked?.includes('scan') || isWithoutFile(kind)) return [];
      return [{ id: 'not-scanned', fact, message: 'No scanner has said that this file is clean.' }];
    default:
      return found.verdict satisfies never;
  }
};

/** Sessions and network requests are about no file. */
export function isWithoutFile(kind: string): boolean {
  return kind === 'admin-session' || kind === 'server-session' || kind === 'network' || kind === 'storage';
}
