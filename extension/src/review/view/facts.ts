import type { ApprovalRequest, Certificate, ScanResult } from '@countersign/shared/approval';
import { cleanBlock, cleanLine, formatSize } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Link } from '../links.ts';
import type { Block, FactRow, FactValue, Tone } from '../messages.ts';
import { LINE_MAX, NAME_MAX, row, rowOf, rowOrUnknown, unknown } from './text.ts';

const REASON_MAX = 2_000;
const MOST_CERTIFICATES = 10;
const MOST_ENGINES = 60;
const MOST_CREATORS = 10;

/**
 * What would be allowed, and why.
 * @param scan what scanners said; `null`: it is still being asked for, `unread`: it could not be read
 */
export function factBlocks(
  request: ApprovalRequest,
  scan: ScanResult | 'unread' | null,
  links: readonly Link[],
): readonly Block[] {
  const { subject } = request;
  const product = [subject.product, subject.version].filter(Boolean).join(' ');
  return [
    {
      kind: 'facts',
      rows: [
        rowOrUnknown(l10n.t('Path'), subject.path),
        ...rowOf(l10n.t('Product'), product || null),
        ...rowOf(l10n.t('Publisher, by its own word'), subject.vendor),
        ...row(l10n.t('Size'), subject.size === null ? null : formatSize(subject.size)),
        rowOrUnknown(l10n.t('Started by'), subject.process),
        ...creatorRows(subject.createdBy),
        hashRow(l10n.t('SHA-256'), subject.sha256, 'sha256', l10n.t('Copy the SHA-256')),
        ...(subject.vendorHash === null
          ? []
          : [hashRow(l10n.t("Vendor's hash"), subject.vendorHash, 'vendor-hash', l10n.t("Copy the vendor's hash"))]),
        { label: l10n.t('Signed by'), values: certificateValues(subject.certificates) },
        { label: l10n.t('Scan'), values: scanValues(scan) },
        ...rowOf(l10n.t('Policy'), request.policy),
        ...tierRows(request),
        ...(request.remotePresence === true
          ? row(l10n.t('Remote session'), l10n.t('Somebody was connected remotely when this was asked for.'), 'doubt')
          : []),
        ...(request.mfaInPortal === true
          ? row(l10n.t('Second factor'), l10n.t('The portal would ask for one here.'), 'doubt')
          : []),
        ...rowOf(l10n.t('Ticket'), request.ticket, NAME_MAX),
        ...rowOf(l10n.t('Comments'), request.comments, 500),
        ...linkRows(links),
      ],
    },
    request.reason === null || cleanBlock(request.reason, REASON_MAX) === ''
      ? { kind: 'note', text: l10n.t('No reason was given.'), tone: 'doubt' }
      : {
          kind: 'quote',
          label: l10n.t('Reason, in the words of the requester'),
          text: cleanBlock(request.reason, REASON_MAX),
        },
  ];
}

function creatorRows(creators: readonly string[]): readonly FactRow[] {
  if (creators.length === 0) return [];
  const values = creators
    .slice(0, MOST_CREATORS)
    .map((creator): FactValue => ({ text: cleanLine(creator, LINE_MAX), tone: 'plain' }));
  return [{ label: l10n.t('Written by'), values: [...values, ...more(creators.length - MOST_CREATORS)] }];
}

function hashRow(label: string, hash: string | null, id: string, spoken: string): FactRow {
  if (hash === null) return { label, values: [unknown()] };
  const button = { does: 'copy', id, label: l10n.t('Copy'), spoken } as const;
  return { label, values: [{ text: cleanLine(hash, 128), tone: 'plain', isCode: true, button }] };
}

function certificateValues(certificates: readonly Certificate[] | null): readonly FactValue[] {
  if (certificates === null) return [unknown()];
  if (certificates.length === 0) return [{ text: l10n.t('nobody: the file is unsigned'), tone: 'doubt' }];
  const values = certificates.slice(0, MOST_CERTIFICATES).map(({ subject, valid, digestMismatch }): FactValue => {
    const name = subject === null ? l10n.t('an unnamed signer') : cleanLine(subject, LINE_MAX);
    if (digestMismatch === true) return { text: l10n.t('{0} — DIGEST DOES NOT MATCH', name), tone: 'bad' };
    if (valid === false) return { text: l10n.t('{0} — NOT VALID', name), tone: 'bad' };
    return valid === true
      ? { text: l10n.t('{0} — valid', name), tone: 'good' }
      : { text: l10n.t('{0} — validity not known', name), tone: 'doubt' };
  });
  return [...values, ...more(certificates.length - MOST_CERTIFICATES)];
}

const SCAN_TONES: Readonly<Record<ScanResult['verdict'], Tone>> = {
  clean: 'good',
  suspicious: 'bad',
  malicious: 'bad',
  'not-scanned': 'doubt',
  unknown: 'doubt',
};

function scanValues(scan: ScanResult | 'unread' | null): readonly FactValue[] {
  if (scan === null) return [{ text: l10n.t('being read …'), tone: 'doubt' }];
  if (scan === 'unread') return [{ text: l10n.t('could not be read'), tone: 'doubt' }];
  const { verdict, threat, engines } = scan;
  const word = scanText(verdict);
  return [
    {
      text: threat === null ? word : l10n.t('{0}: {1}', word, cleanLine(threat, NAME_MAX)),
      tone: SCAN_TONES[verdict],
    },
    ...engines.slice(0, MOST_ENGINES).map(
      (engine): FactValue => ({
        text: [`${cleanLine(engine.engine, 60)}: ${cleanLine(engine.verdict, 40)}`, engine.threat]
          .filter((text) => text !== null)
          .map((text) => cleanLine(text, NAME_MAX))
          .join(', '),
        tone: 'plain',
      }),
    ),
    ...more(engines.length - MOST_ENGINES),
  ];
}

function scanText(verdict: ScanResult['verdict']): string {
  switch (verdict) {
    case 'clean':
      return l10n.t('Clean');
    case 'suspicious':
      return l10n.t('SUSPICIOUS');
    case 'malicious':
      return l10n.t('MALICIOUS');
    case 'not-scanned':
      return l10n.t('Not scanned');
    case 'unknown':
      return l10n.t('Unknown');
    default:
      return verdict satisfies never;
  }
}

/** Tier 0 is what the vendor sends for a request that waits for none: one approval decides it, or all were given. */
function tierRows({ tiers }: ApprovalRequest): readonly FactRow[] {
  if (tiers === null || tiers.pending === 0) return [];
  return row(
    l10n.t('Approval tiers'),
    l10n.t('approved up to tier {0}, waits for tier {1}', String(tiers.approved), String(tiers.pending)),
    'doubt',
  );
}

function linkRows(links: readonly Link[]): readonly FactRow[] {
  if (links.length === 0) return [];
  const values = links.map(({ label, url }, index): FactValue => {
    const button = {
      does: 'open',
      id: String(index),
      label: l10n.t('Open'),
      spoken: l10n.t('Open {0}', label),
    } as const;
    return { text: l10n.t('{0} at {1}', label, new URL(url).hostname), tone: 'plain', button };
  });
  return [{ label: l10n.t('Look it up'), values }];
}

function more(count: number): readonly FactValue[] {
  return count > 0 ? [{ text: l10n.t('and {0} more', String(count)), tone: 'plain' }] : [];
}
