import { type ApprovalRequest, type Finding, pathAndSigner, type RequestReference } from '../approval/index.ts';
import { gravest } from '../triage/index.ts';
import { fileKey } from './source.ts';
import type { Findings } from './triage.ts';

export const GROUPINGS = [
  'file',
  'organization',
  'computer',
  'requester',
  'account',
  'kind',
  'settings',
  'age',
  'severity',
] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** How the members of a group of files were told to be the same one. `path-and-signer`: their bytes may differ. */
type ToldBy = 'sha256' | 'vendor-hash' | 'path-and-signer';

export interface Group {
  readonly by: Grouping;
  /** From the vendor's own ids, so that it stays over readings, whatever things are called. */
  readonly key: string;
  readonly label: string;
  /** Of groups by file; left out where nothing tells the file from others, so that it stands alone. */
  readonly toldBy?: ToldBy;
  readonly requests: readonly RequestReference[];
}

/** What grouping by age and severity rests on. */
export interface GroupingContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly findings: Findings;
}

interface Place {
  readonly key: string;
  readonly label: string;
  readonly toldBy?: ToldBy;
  /** Where groups have an order of their own: the lowest first. */
  readonly rank?: number;
}

/** Groups in the order of their first member; by severity the gravest first, by age the oldest. */
export function groupRequests(
  requests: readonly ApprovalRequest[],
  by: Grouping,
  context: GroupingContext,
): readonly Group[] {
  const grouping = beginGroups(by, context);
  for (const request of requests) grouping.add(request);
  return grouping
    .groups()
    .map(({ requests: members, ...group }) => ({ ...group, requests: members.map(({ reference }) => reference) }));
}

export interface GroupOfRequests extends Omit<Group, 'requests'> {
  readonly requests: readonly ApprovalRequest[];
}

/** {@link groupRequests} one by one, for who may not hold a process for as long as a long queue takes. */
export interface BegunGroups {
  add(request: ApprovalRequest): void;
  groups(): readonly GroupOfRequests[];
}

export function beginGroups(by: Grouping, context: GroupingContext): BegunGroups {
  const begun = new Map<string, { readonly rank: number; readonly group: GroupOfRequests; readonly add: Add }>();
  return {
    add: (request) => {
      const { key, label, rank = 0, toldBy } = placeOf(request, by, context);
      const known = begun.get(key);
      if (known) {
        known.add(request);
        return;
      }
      const requests = [request];
      const group = { by, key: `${by}:${key}`, label, ...(toldBy ? { toldBy } : {}), requests };
      begun.set(key, { rank, group, add: (another) => requests.push(another) });
    },
    groups: () => [...begun.values()].sort((a, b) => a.rank - b.rank).map(({ group }) => group),
  };
}

type Add = (request: ApprovalRequest) => void;

function placeOf(request: ApprovalRequest, by: Grouping, { now, findings }: GroupingContext): Place {
  const { organization, computer, requester, account, provider, kind, policy } = request;
  switch (by) {
    case 'file':
      return fileOf(request);
    case 'organization':
      // Admin By Request knows none within a tenant, so the account stands for it.
      return provider === 'admin-by-request' && organization.id === null && organization.name === null
        ? { key: `account/${account}`, label: account }
        : named(account, organization.id, organization.name);
    case 'computer':
      return named(account, computer.id, computer.name);
    case 'requester':
      return named(account, null, requester.account ?? requester.name, requester.name);
    case 'account':
      return { key: account, label: account };
    case 'kind':
      return { key: kind, label: kind };
    case 'settings':
      return named(account, null, policy);
    case 'age':
      return ageOf(request, now);
    case 'severity':
      return severityOf(findings(request.reference));
    default:
      return by satisfies never;
  }
}

/** Names count within their account alone: two tenants may both have a LAPTOP-1. Ids are the vendor's own everywhere. */
function named(account: string, id: string | null, name: string | null, label = name): Place {
  if (id !== null) return { key: id.toLowerCase(), label: label ?? id };
  return name === null
    ? { key: 'unknown', label: 'unknown' }
    : { key: `${account}/${name.toLowerCase()}`, label: label ?? name };
}

function fileOf(request: ApprovalRequest): Place {
  const { subject, reference } = request;
  const label = subject.name ?? subject.path ?? 'unnamed file';
  const hash = fileKey(request);
  if (hash !== null) return { key: hash, label, toldBy: subject.sha256 === null ? 'vendor-hash' : 'sha256' };
  const signedPath = pathAndSigner(subject.path, subject.certificates);
  if (signedPath !== null) return { key: signedPath, label, toldBy: 'path-and-signer' };
  return subject.name === null && subject.path === null
    ? { key: 'none', label: 'no file' }
    : { key: `alone:${reference}`, label };
}

const HOUR_MS = 3_600_000;
const AGES = [
  { key: 'older', label: 'over a week', from: 7 * 24 },
  { key: 'week', label: 'a day to a week', from: 24 },
  { key: 'day', label: 'an hour to a day', from: 1 },
  { key: 'hour', label: 'less than an hour', from: Number.NEGATIVE_INFINITY },
] as const;

function ageOf({ requestedAt }: ApprovalRequest, now: number): Place {
  const hours = (now - (requestedAt === null ? Number.NaN : Date.parse(requestedAt))) / HOUR_MS;
  const rank = AGES.findIndex(({ from }) => hours >= from);
  const age = AGES[rank];
  return age ? { key: age.key, label: age.label, rank } : { key: 'unknown', label: 'unknown', rank: AGES.length };
}

const SEVERITIES = ['stop', 'caution', 'info'] as const;

/** Not looked at is not the same as nothing found. */
function severityOf(findings: readonly Finding[] | null): Place {
  if (findings === null) return { key: 'unknown', label: 'not looked at', rank: -1 };
  const severity = gravest(findings);
  if (severity === null) return { key: 'none', label: 'nothing found', rank: SEVERITIES.length };
  return { key: severity, label: severity, rank: SEVERITIES.indexOf(severity) };
}
