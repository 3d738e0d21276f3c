import { ageOf } from '@countersign/shared/queue';
import { formatSize } from '@countersign/shared/text';
import { findingText } from '@countersign/shared/triage';
import { type RequestDetail, requesterText } from '../../present/request.ts';
import { facts, wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { count } from './words.ts';

export function requestLines(output: Output, detail: RequestDetail, now: number): readonly string[] {
  const { subject, contact, approvalTiers: tiers } = detail;
  const rows = facts(output, [
    { label: 'Request', text: detail.request },
    { label: 'Kind', text: detail.kind },
    { label: 'Status', text: detail.status },
    { label: 'Asked at', text: askedText(detail, now) },
    { label: 'To approve', text: detail.decidable ? null : `Not here. ${detail.undecidableBecause ?? ''}` },
    {
      label: 'Tiers',
      text:
        tiers && tiers.pending > 0
          ? `${count(tiers.approved, 'approval', 'approvals')} given, waits for tier ${tiers.pending}`
          : null,
    },
    { label: 'Taken by', text: detail.assignee },
    { label: 'Decided', text: decidedText(detail) },
    { label: 'File', text: subject.name },
    { label: 'Path', text: subject.path },
    { label: 'Product', text: [subject.product, subject.version].filter(Boolean).join(' ') },
    { label: 'Vendor', text: subject.vendor },
    { label: 'Size', text: detail.sizeBytes === null ? null : formatSize(detail.sizeBytes) },
    { label: 'SHA-256', text: subject.sha256 ?? 'not known' },
    { label: 'Vendor hash', text: detail.vendorHash },
    { label: 'Signed by', text: certificatesText(detail) },
    { label: 'Scan', text: scanText(output, detail) },
    { label: 'Started by', text: detail.process },
    { label: 'Written by', text: detail.createdBy.join(' < ') },
    { label: 'Policy', text: detail.policy },
    { label: 'Trace number', text: detail.traceNo },
    { label: 'Computer', text: `${detail.computer ?? 'unknown'}${detail.os === null ? '' : ` (${detail.os})`}` },
    { label: 'Organization', text: detail.organization },
    { label: 'Requester', text: requesterText(detail) ?? 'unknown' },
    { label: 'Contact', text: [contact?.email, contact?.phone].filter(Boolean).join(', ') },
    {
      label: 'Remote',
      text: detail.remotePresence === true ? 'Somebody was connected remotely when this was asked for.' : null,
    },
    {
      label: 'MFA',
      text: detail.mfaInPortal === true ? 'The portal would ask for a second factor here.' : null,
    },
    { label: 'Ticket', text: detail.ticket },
    { label: 'Comments', text: detail.comments },
  ]);
  const links = detail.links.flatMap(({ label, url }) => wrapped(output, `${label}: ${url}`, '  '));
  return [...rows, ...links, ...reasonLines(output, detail), ...findingLines(output, detail)];
}

const STYLES = { stop: 'red', caution: 'yellow', info: 'dim' } as const;

function findingLines(output: Output, { findings }: RequestDetail): readonly string[] {
  const lines = findings.flatMap((found) => {
    const [first = '', ...rest] = facts(output, [{ label: found.severity.padEnd(LABEL), text: findingText(found) }]);
    const style = STYLES[found.severity];
    return [first.replace(found.severity, painted(output, style, found.severity)), ...rest];
  });
  return ['', painted(output, 'bold', 'What to notice'), ...(lines.length === 0 ? ['  Nothing was found.'] : lines)];
}

const LABEL = 'caution'.length;

/** The requester's own words, each line behind a bar, so that none passes for ours. */
function reasonLines(output: Output, { reason }: RequestDetail): readonly string[] {
  if (reason === null) return ['', '  No reason was given.'];
  const bar = `  ${painted(output, 'dim', '│')} `;
  const lines = wrapped(output, reason, '    ').map((line) => bar + line.slice('    '.length));
  return ['', "  The requester's reason:", ...lines];
}

function certificatesText({ certificates }: RequestDetail): string {
  if (certificates === null) return 'not known';
  if (certificates.length === 0) return 'nobody: the file is unsigned';
  return certificates
    .map(({ subject, valid, digestMismatch }) => {
      const doubts = [
        ...(valid === true ? ['valid'] : valid === false ? ['NOT VALID'] : ['validity not known']),
        ...(digestMismatch === true ? ['DIGEST DOES NOT MATCH'] : []),
      ];
      return `${subject ?? 'unnamed'} (${doubts.join(', ')})`;
    })
    .join('; ');
}

function scanText(output: Output, { subject, scanThreat }: RequestDetail): string {
  const text = `${subject.scan}${scanThreat === null ? '' : ` (${scanThreat})`}`;
  return subject.scan === 'malicious' || subject.scan === 'suspicious' ? painted(output, 'red', text) : text;
}

function askedText(detail: RequestDetail, now: number): string {
  if (detail.requestedAt === null) return 'unknown';
  const time = detail.requestedAt.replace('T', ' ').replace(/(\.\d+)?Z?$/, '');
  const zone = detail.requestedAtZone === 'local' ? "the computer's own time" : 'UTC';
  const age = ageOf(detail, now);
  return `${time}, ${zone}${age.endsWith('local') ? '' : ` (${age} ago)`}`;
}

function decidedText({ decided }: RequestDetail): string | null {
  if (decided === null) return null;
  const when = decided.at === null ? '' : ` at ${decided.at}`;
  const why = decided.reason === null ? '' : `: "${decided.reason}"`;
  return `by ${decided.by ?? 'unknown'}${when}${why}`;
}
