import { type ApprovalRequest, type Finding, PROVIDER_NAMES } from '@countersign/shared/approval';
import { ageOf } from '@countersign/shared/queue';
import { cleanLine, escapeMarkdown, formatAge } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { findingsMarkdown } from '../findings.ts';
import { kindName } from '../words.ts';
import type { AccountSeen } from './picture.ts';

const FACT_MAX = 200;
const REASON_MAX = 600;

export interface HoverSeen {
  readonly account: AccountSeen | null;
  /** `null`: nobody looked. */
  readonly findings: readonly Finding[] | null;
  readonly now: number;
}

/** What is known of a request and what stands out in it. Markdown of ours alone: nothing that others wrote renders. */
export function requestHover(request: ApprovalRequest, { account, findings, now }: HoverSeen): string {
  const { subject, computer, requester, organization } = request;
  const facts: readonly (readonly [name: string, value: string | null])[] = [
    [l10n.t('Kind'), kindName(request.kind)],
    [l10n.t('Status'), request.status],
    [l10n.t('Waiting'), ageOf(request, now)],
    [l10n.t('Can not be approved'), request.unapprovable],
    [l10n.t('Path'), subject.path ?? subject.name],
    [l10n.t('Product'), [subject.product, subject.version].filter((part) => part !== null).join(' ') || null],
    [l10n.t('Vendor'), subject.vendor],
    [l10n.t('SHA-256'), subject.sha256],
    [l10n.t('Signed by'), signersText(request)],
    [
      l10n.t('Scan'),
      subject.scan.threat === null ? scanText(request) : `${scanText(request)} (${subject.scan.threat})`,
    ],
    [l10n.t('Started by'), subject.process],
    [l10n.t('Computer'), computer.name ?? computer.id ?? l10n.t('unknown')],
    [l10n.t('Organization'), organization.name ?? organization.id],
    [l10n.t('Requester'), requesterText(request) ?? l10n.t('unknown')],
    [l10n.t('Policy'), request.policy],
    [l10n.t('Taken by'), request.assignee],
    [l10n.t('Ticket'), request.ticket],
    [l10n.t('Contact'), requester.email],
    [l10n.t('Request'), request.reference],
    [l10n.t('Account'), account && l10n.t('{0}, {1}', account.label, PROVIDER_NAMES[account.provider])],
  ];
  return [
    ...(account?.sandbox ? [`**${l10n.t('SANDBOX: nothing here is real.')}**`] : []),
    ...staleLine(account, now),
    findings === null ? l10n.t('It was not looked at.') : findingsMarkdown(findings),
    reasonMarkdown(request.reason),
    facts.flatMap(([name, value]) => (value === null ? [] : [`- ${name}: ${oneLine(value)}`])).join('\n'),
  ].join('\n\n');
}

/** Of any text, as Markdown that shows it as it is. */
export function plainMarkdown(text: string): string {
  return oneLine(text, REASON_MAX);
}

function oneLine(text: string, max = FACT_MAX): string {
  return escapeMarkdown(cleanLine(text, max));
}

function staleLine(account: AccountSeen | null, now: number): readonly string[] {
  if (account === null || account.staleAt === null) return [];
  const age = formatAge(now - Date.parse(account.staleAt));
  return [l10n.t('As it was {0} ago; it may have been decided since.', age)];
}

function reasonMarkdown(reason: string | null): string {
  if (reason === null) return l10n.t('No reason was given.');
  return `${l10n.t("The requester's reason:")}\n> ${oneLine(reason, REASON_MAX)}`;
}

function requesterText({ requester: { name, account } }: ApprovalRequest): string | null {
  if (name === null || account === null) return name ?? account;
  return `${name} (${account})`;
}

function signersText({ subject: { certificates } }: ApprovalRequest): string {
  if (certificates === null) return l10n.t('not known');
  if (certificates.length === 0) return l10n.t('nobody: the file is unsigned');
  return certificates
    .slice(0, 3)
    .map(({ subject, valid, digestMismatch }) => {
      const doubt = digestMismatch === true ? l10n.t('DIGEST DOES NOT MATCH') : validityText(valid);
      return `${subject ?? l10n.t('unnamed')} (${doubt})`;
    })
    .join('; ');
}

function validityText(valid: boolean | null): string {
  if (valid === null) return l10n.t('validity not known');
  return valid ? l10n.t('valid') : l10n.t('NOT VALID');
}

function scanText({ subject: { scan } }: ApprovalRequest): string {
  return {
    clean: l10n.t('clean'),
    suspicious: l10n.t('suspicious'),
    malicious: l10n.t('malicious'),
    'not-scanned': l10n.t('not scanned'),
    unknown: l10n.t('not known'),
  }[scan.verdict];
}
