import { canonicalJson } from './json.ts';
import type { ApprovalRequest, Certificate, Known, ScanResult } from './request.ts';

/** What a decision rests on. If one of these changes while the decision waits, nothing is sent. */
export interface GuardedFacts {
  readonly status: string;
  readonly organization: Known<string>;
  readonly computer: Known<string>;
  readonly requester: Known<string>;
  readonly actionType: Known<string>;
  readonly os: Known<string>;
  readonly path: Known<string>;
  readonly process: Known<string>;
  readonly createdBy: readonly string[];
  readonly sha256: Known<string>;
  readonly vendorHash: Known<string>;
  readonly certificates: Known<readonly Certificate[]>;
  readonly reason: Known<string>;
  readonly scan: ScanResult;
  /** ThreatLocker's `approvalRequest.json`, verbatim. */
  readonly vendorJson: Known<string>;
  /** The application that was chosen, with its owner; `null` when none was. */
  readonly application: { readonly id: string; readonly name: Known<string>; readonly owner: Known<string> } | null;
  readonly group: { readonly id: string; readonly name: Known<string>; readonly owner: Known<string> } | null;
  /** Who had the request, where ownership of it is taken; `null` for all else, because an assignee may change meanwhile. */
  readonly assignee: Known<string>;
}

export function guardedFacts(
  request: ApprovalRequest,
  chosen: Pick<GuardedFacts, 'vendorJson' | 'application' | 'group' | 'assignee'>,
): GuardedFacts {
  const { subject } = request;
  return {
    status: request.status,
    organization: request.organization.id ?? request.organization.name,
    computer: request.computer.id ?? request.computer.name,
    requester: request.requester.account,
    actionType: request.vendorKind,
    os: request.computer.os,
    path: subject.path ?? subject.name,
    process: subject.process,
    createdBy: subject.createdBy,
    sha256: subject.sha256,
    vendorHash: subject.vendorHash,
    certificates: subject.certificates,
    reason: request.reason,
    scan: subject.scan,
    ...chosen,
  };
}

const WORDS: Readonly<Record<keyof GuardedFacts, string>> = {
  status: 'the status',
  organization: 'the organization',
  computer: 'the computer',
  requester: 'the requester',
  actionType: 'the kind of action',
  os: 'the operating system',
  path: 'the path',
  process: 'the starting process',
  createdBy: 'the processes that wrote the file',
  sha256: 'the SHA-256 hash',
  vendorHash: "the vendor's hash",
  certificates: 'the certificates',
  reason: 'the reason',
  scan: 'the scan result',
  vendorJson: "the vendor's record of the action",
  application: 'the chosen application or its owner',
  group: 'the chosen computer group',
  assignee: 'who has the request',
};

/** Names of the facts that differ, in words for a person; empty when nothing changed. */
export function changedFacts(planned: GuardedFacts, now: GuardedFacts): readonly string[] {
  return (Object.keys(WORDS) as (keyof GuardedFacts)[])
    .filter((fact) => canonicalJson(planned[fact]) !== canonicalJson(now[fact]))
    .map((fact) => WORDS[fact]);
}
