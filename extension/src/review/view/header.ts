import type { Account } from '@countersign/shared/account';
import { type ApprovalRequest, isDecidable, isHandled, PROVIDER_NAMES } from '@countersign/shared/approval';
import { ageOf } from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Header } from '../messages.ts';
import { NAME_MAX, row, rowOf, rowOrUnknown, timeText } from './text.ts';
import { kindText, statusText } from './words.ts';

export function titleOf({ subject, kind }: Pick<ApprovalRequest, 'subject' | 'kind'>): string {
  const name = subject.name ?? subject.path;
  return (name === null ? '' : cleanLine(name, NAME_MAX)) || kindText(kind);
}

/** What it is about, whose it is, and since when it waits. */
export function headerOf(request: ApprovalRequest, { label, sandbox, provider }: Account, now: number): Header {
  const { requester, computer, organization, status } = request;
  return {
    title: titleOf(request),
    badges: [
      ...(sandbox ? [{ text: l10n.t('SANDBOX: nothing here is real'), tone: 'doubt' as const }] : []),
      { text: kindText(request.kind), tone: request.kind === 'unknown' ? 'doubt' : 'plain' },
      { text: statusText(status), tone: isDecidable(request) || isHandled(status) ? 'plain' : 'doubt' },
    ],
    rows: [
      rowOrUnknown(l10n.t('Requester'), whoOf(requester), NAME_MAX * 2),
      ...rowOf(l10n.t('Contact'), contactOf(request)),
      rowOrUnknown(l10n.t('Computer'), computerOf(computer), NAME_MAX * 2),
      rowOrUnknown(l10n.t('Organization'), organization.name ?? organization.id, NAME_MAX),
      ...row(l10n.t('Account'), l10n.t('{0} ({1})', cleanLine(label, NAME_MAX), PROVIDER_NAMES[provider])),
      ...row(l10n.t('Asked'), askedText(request, now)),
      ...rowOf(l10n.t('Assigned to'), request.assignee, NAME_MAX),
      ...rowOf(l10n.t('Decided'), decidedText(request)),
      {
        label: l10n.t('Reference'),
        values: [
          {
            text: request.reference,
            tone: 'plain',
            isCode: true,
            button: { does: 'copy', id: 'reference', label: l10n.t('Copy'), spoken: l10n.t('Copy the reference') },
          },
        ],
      },
    ],
  };
}

/** The account, and the name where that says more. */
function whoOf({ account, name }: ApprovalRequest['requester']): string | null {
  if (account === null || name === null) return account ?? name;
  return account.toLowerCase().includes(name.toLowerCase()) ? account : `${account}, ${name}`;
}

function contactOf({ requester: { email, phone } }: ApprovalRequest): string | null {
  const known = [email, phone].filter((text) => text !== null && text !== '');
  return known.length === 0 ? null : l10n.t('{0} (typed in by the requester)', known.join(', '));
}

function computerOf({ name, id, os, isServer }: ApprovalRequest['computer']): string | null {
  const known = name ?? id;
  if (known === null) return null;
  const more = [os, isServer === true ? l10n.t('server') : null].filter((text) => text !== null);
  return more.length === 0 ? known : `${known} (${more.join(', ')})`;
}

function askedText(request: ApprovalRequest, now: number): string {
  const { requestedAt, requestedAtZone } = request;
  if (requestedAt === null) return l10n.t('at an unknown time');
  const age = ageOf(request, now);
  if (requestedAtZone === 'local') return l10n.t("{0}, by the computer's own clock", timeText(requestedAt));
  return l10n.t('{0} ago ({1})', age, timeText(requestedAt));
}

/** Who decided, where somebody did. */
export function decidedText({ decided, status }: Pick<ApprovalRequest, 'decided' | 'status'>): string | null {
  if (decided === null) return isHandled(status) ? l10n.t('the vendor does not say by whom') : null;
  const who = cleanLine(decided.by ?? decided.email ?? l10n.t('somebody whom the vendor does not name'), NAME_MAX);
  const when = decided.at === null ? who : l10n.t('{0}, {1}', who, timeText(decided.at));
  return decided.reason ? l10n.t('{0}: "{1}"', when, cleanLine(decided.reason, 200)) : when;
}
