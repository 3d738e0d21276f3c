import { type ApprovalRequest, type Finding, isApprovable, isDecidable, type Kind } from '@countersign/shared/approval';
import { ageOf } from '@countersign/shared/queue';
import { formatAge, shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Icon, Mark, Row } from '../../host/index.ts';
import { type Gravest, gravestOf } from '../gravest.ts';
import { type GroupBy, gravestName, kindName } from '../words.ts';
import type { AccountSeen } from './picture.ts';

const NAME_MAX = 60;
const WHO_MAX = 40;

/** What of a request stands in its row, in words of others that were cleaned. */
export interface RequestWords {
  readonly name: string;
  readonly requester: string;
  readonly computer: string;
  readonly organization: string | null;
  readonly status: string;
  readonly assignee: string | null;
}

/** Cleaning takes longer than all the rest of a row, and a request never changes. */
export function createRequestWords(): (request: ApprovalRequest) => RequestWords {
  const known = new WeakMap<ApprovalRequest, RequestWords>();
  return (request) => {
    const words = known.get(request) ?? wordsOf(request);
    known.set(request, words);
    return words;
  };
}

function wordsOf({
  subject,
  kind,
  requester,
  computer,
  organization,
  status,
  assignee,
}: ApprovalRequest): RequestWords {
  const short = (text: string | null) => (text === null ? null : shortLine(text, WHO_MAX) || null);
  const file = subject.name ?? subject.path?.split(/[\\/]/).findLast((part) => part !== '') ?? null;
  return {
    name: (file === null ? null : shortLine(file, NAME_MAX) || null) ?? kindName(kind),
    requester: short(requester.name ?? requester.account) ?? l10n.t('unknown requester'),
    computer: short(computer.name ?? computer.id) ?? l10n.t('unknown computer'),
    organization: short(organization.name ?? organization.id),
    status: shortLine(status, WHO_MAX),
    assignee: short(assignee),
  };
}

export interface RequestSeen {
  readonly words: RequestWords;
  /** `null`: the account is no longer among those that are known. */
  readonly account: AccountSeen | null;
  /** `null`: nobody looked. */
  readonly findings: readonly Finding[] | null;
  readonly by: GroupBy;
  /** Whether requests of sandboxes stand among real ones. */
  readonly isMixed: boolean;
  readonly now: number;
}

/** Who asks, where, and for how long; what the group says already is left out. */
export function requestRow(request: ApprovalRequest, seen: RequestSeen): Row {
  const { words, account, by, isMixed, now } = seen;
  const gravest = gravestOf(seen.findings);
  const age = ageOf(request, now);
  const description = [
    ...(isMixed && account?.sandbox ? ['SANDBOX'] : []),
    ...(by === 'requester' ? [] : [words.requester]),
    ...(by === 'computer' ? [] : [words.computer]),
    ...(by === 'organization' || words.organization === null ? [] : [words.organization]),
    age,
    ...(request.status === 'pending' ? [] : [words.status]),
    ...(words.assignee === null ? [] : [l10n.t('taken by {0}', words.assignee)]),
    ...(gravest === 'not-looked-at' ? [gravestName(gravest)] : []),
    ...staleWords(account, now),
  ];
  const mark = markOf(gravest, account);
  return {
    label: words.name,
    description: description.join(' · '),
    icon: iconOf(request.kind, gravest),
    ...(mark ? { mark } : {}),
    children: 'none',
    context: contextOf(request, account),
    click: 'review',
    spoken: spokenText(request, seen, age, gravest),
  };
}

function staleWords(account: AccountSeen | null, now: number): readonly string[] {
  if (account === null || account.staleAt === null) return [];
  return [l10n.t('as of {0} ago', formatAge(now - Date.parse(account.staleAt)))];
}

function markOf(gravest: Gravest, account: AccountSeen | null): Mark | null {
  if (gravest === 'stop' || gravest === 'caution') return gravest;
  return account?.staleAt == null ? null : 'stale';
}

const ICONS: Readonly<Record<Kind, string>> = {
  application: 'file-binary',
  elevation: 'arrow-circle-up',
  storage: 'database',
  network: 'globe',
  'run-as-admin': 'shield',
  'admin-session': 'account',
  'server-session': 'server',
  unknown: 'question',
};

const COLORS: Readonly<Partial<Record<Gravest, string>>> = {
  stop: 'countersign.stopForeground',
  caution: 'countersign.cautionForeground',
  'not-looked-at': 'disabledForeground',
};

function iconOf(kind: Kind, gravest: Gravest): Icon {
  const color = COLORS[gravest];
  return { name: ICONS[kind], ...(color ? { color } : {}) };
}

function contextOf(request: ApprovalRequest, account: AccountSeen | null): readonly string[] {
  const decidable = isDecidable(request);
  return [
    'request',
    ...(isApprovable(request) ? ['approvable'] : []),
    ...(decidable ? ['decidable'] : []),
    ...(decidable && account?.canOwn ? ['ownable'] : []),
    ...(request.subject.sha256 === null ? [] : ['sha256']),
    // Behind a sandbox stands no vendor.
    ...(account?.sandbox === false ? ['portal'] : []),
  ];
}

function spokenText(request: ApprovalRequest, seen: RequestSeen, age: string, gravest: Gravest): string {
  const { words, account, now } = seen;
  const where = words.organization === null ? words.computer : l10n.t('{0} of {1}', words.computer, words.organization);
  return [
    ...(account?.sandbox ? ['SANDBOX'] : []),
    l10n.t('{0}, {1}', kindName(request.kind), words.name),
    l10n.t('asked for by {0} on {1}', words.requester, where),
    l10n.t('waiting: {0}', age),
    ...(request.status === 'pending' ? [] : [words.status]),
    ...(words.assignee === null ? [] : [l10n.t('taken by {0}', words.assignee)]),
    l10n.t('gravest finding: {0}', gravestName(gravest)),
    ...staleWords(account, now),
  ].join('. ');
}
