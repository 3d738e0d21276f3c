import type { ApprovalRequest } from '../../approval/index.ts';
import type { Rules } from '../observation.ts';
import { isWithoutFile } from './scan.ts';

const DAY_MS = 24 * 3_600_000;
const OLD_DAYS = 7;
/** Requests of Admin By Request leave its list after fourteen. */
const EXPIRING_DAYS = 12;

/** What the vendor says of the request itself. */
export const state: Rules = (request, { now }) => {
  const { status, kind, computer, tiers, provider, remotePresence, mfaInPortal } = request;
  const days = ageInDays(request, now);
  const missing = missingFacts(request);
  return [
    status === 'quarantined' && {
      id: 'quarantined',
      fact: status,
      message: "The vendor put the file into quarantine; it is decided in the vendor's portal.",
    },
    (kind === 'admin-session' || kind === 'server-session') && {
      id: 'admin-session',
      fact: kind,
      message: 'A session gives administrator rights to everything that is started in it.',
    },
    (kind === 'server-session' || computer.isServer === true) && {
      id: 'server',
      fact: computer.name ?? kind,
      message: 'The computer is a server.',
    },
    remotePresence === true && {
      id: 'remote-presence',
      fact: 'remotePresence',
      message: 'Somebody was connected to the computer from afar when it was asked for.',
    },
    tiers !== null &&
      (tiers.pending > 0 || tiers.approved > 0) && {
        id: 'another-tier',
        fact: `tier ${tiers.pending}, ${tiers.approved} approved`,
        message: 'Several people have to approve it, one tier after the other.',
      },
    mfaInPortal === true && {
      id: 'mfa-in-portal',
      fact: 'showMfaChallenge',
      message: "The vendor's portal would ask the approver for a second factor.",
    },
    missing.length > 0 && {
      id: 'facts-missing',
      fact: missing.join(', '),
      message: `The vendor did not tell ${missing.join(', ')}.`,
    },
    days !== null &&
      days >= OLD_DAYS && {
        id: 'old-request',
        fact: request.requestedAt ?? '',
        message: `It has waited ${days} days.`,
      },
    days !== null &&
      days >= EXPIRING_DAYS &&
      provider === 'admin-by-request' && {
        id: 'expires-soon',
        fact: request.requestedAt ?? '',
        message: 'Requests leave the list after two weeks.',
      },
    kind === 'run-as-admin' &&
      (computer.os === 'windows' || computer.os === 'macos') && {
        id: 'counts-towards-auto-approval',
        fact: kind,
        message: 'Where automatic approval is on, each approval brings the program nearer to it, for everybody.',
      },
  ];
};

function ageInDays({ requestedAt }: ApprovalRequest, now: number): number | null {
  const at = requestedAt === null ? Number.NaN : Date.parse(requestedAt);
  return Number.isNaN(at) ? null : Math.floor((now - at) / DAY_MS);
}

/** What a decision would rest on, and nobody told. */
function missingFacts(request: ApprovalRequest): readonly string[] {
  const { subject, computer, requester, kind, status, provider } = request;
  const about: readonly (readonly [boolean, string])[] = [
    [kind === 'unknown', 'what kind of request it is'],
    [status.startsWith('other('), 'its status in words that are known'],
    [requester.account === null && requester.name === null, 'who asks'],
    [computer.name === null && computer.id === null, 'on which computer'],
    [computer.os === null || computer.os.startsWith('other('), 'the operating system'],
  ];
  const aboutFile: readonly (readonly [boolean, string])[] = [
    [subject.path === null, 'where the file lies'],
    [subject.sha256 === null && subject.vendorHash === null, "the file's hash"],
    [
      // Admin By Request tells of no file whether it is signed; said of each, it would be read of none.
      provider === 'threatlocker' &&
        (subject.certificates === null || subject.certificates.some(({ valid }) => valid === null)),
      'whether the file is validly signed',
    ],
  ];
  return [...about, ...(isWithoutFile(kind) ? [] : aboutFile)]
    .filter(([isMissing]) => isMissing)
    .map(([, what]) => what);
}
