import type { Effect, GuardedFacts, PlanTarget } from '../../approval/index.ts';
import { cleanBlock, cleanLine, quoted } from '../../text/index.ts';
import { foreignEffect } from '../foreign-write.ts';
import { kindNamed } from './codes.ts';
import { readWrite, type Written } from './written.ts';

/** What a planned write would do, told from the write itself and the facts it was planned on. */
export function describeTarget(target: PlanTarget): Effect {
  const written = ownWrite(target);
  if (written === null) return foreignEffect(target);
  return written.verdict === 'approve' ? approval(written, target.facts) : denial(written, target.facts);
}

/** The write, where it is one that this provider makes for the target's own request; else `null`. */
export function ownWrite({ request, write }: PlanTarget): Written | null {
  const written = readWrite(write);
  return written !== null && request.endsWith(`/${written.id}`) && isShownExactly(written) ? written : null;
}

/** What is countersigned is what is seen: a reason with anything hidden in it is none that we made. */
function isShownExactly(written: Written): boolean {
  return written.verdict === 'approve' || cleanBlock(written.reason, Number.POSITIVE_INFINITY) === written.reason;
}

function approval(written: Written & { verdict: 'approve' }, facts: GuardedFacts): Effect {
  const computer = shown(facts.computer, 'a computer that is not named');
  const what = allowed(facts, shown(facts.requester, 'a requester who is not named'), computer);
  return {
    summary: what.summary,
    details: [
      ...what.details,
      'Admin By Request tells the requester by e-mail. An approval that is not used expires after two weeks; it can only be taken back in the portal, if at all.',
      'If the tenant has automatic approval switched on, this approval counts towards it: after enough of them, later requests for the same application are approved without a person.',
      written.by === null
        ? 'No approver is named, so the audit log will not say who approved.'
        : `Approved in the name of ${shown(written.by, '')}, if a portal user has that address; otherwise the audit log names nobody.`,
    ],
    reach: what.reach ?? {
      level: 'computer',
      sentence: `Only ${computer}; automatic approval, where a tenant uses it, may later widen it.`,
    },
  };
}

interface Allowed {
  readonly summary: string;
  readonly details: readonly string[];
  readonly reach?: Effect['reach'];
}

function allowed(facts: GuardedFacts, requester: string, computer: string): Allowed {
  const kind = kindNamed(facts.actionType);
  switch (kind) {
    case 'run-as-admin':
      return {
        summary: `Allow ${requester} to run ${shown(facts.path, 'a program that is not named')} as administrator once on ${computer}.`,
        details: [
          facts.sha256 === null
            ? 'Admin By Request gives no SHA-256 for the file, so that nothing ties the approval to one exact file.'
            : `SHA-256 of the file that was asked for: ${facts.sha256}.`,
        ],
      };
    case 'admin-session':
      return {
        summary: `Allow ${requester} an administrator session on ${computer}.`,
        details: [
          "While it lasts, the requester can run and change anything on the computer; how long that is follows from the tenant's settings.",
        ],
      };
    case 'server-session':
      return {
        summary: `Allow ${requester} an administrator session on the server ${computer}.`,
        details: [
          "While it lasts, the requester can run and change anything on the server, with everything that depends on it; how long that is follows from the tenant's settings.",
        ],
      };
    default:
      return {
        summary: `Allow ${requester} what was asked for on ${computer}, of a kind that Countersign does not know: ${shown(facts.actionType, 'unnamed')}.`,
        details: ['Look at the request in the Admin By Request portal before you approve it.'],
        reach: { level: 'unknown', sentence: 'What a request of this kind allows, and where, is not known.' },
      };
  }
}

function denial(written: Written & { verdict: 'deny' }, facts: GuardedFacts): Effect {
  const requester = shown(facts.requester, 'a requester who is not named');
  const what = facts.path === null ? shown(facts.actionType, 'a request') : shown(facts.path, '');
  return {
    summary: `Deny ${requester} on ${shown(facts.computer, 'a computer that is not named')}: ${what}.`,
    details: [
      `Admin By Request tells the requester by e-mail, with this reason: ${quoted(written.reason, Number.POSITIVE_INFINITY)}`,
      written.by === null
        ? 'No approver is named, so the audit log will not say who denied.'
        : `Denied in the name of ${shown(written.by, '')}, if a portal user has that address; otherwise the audit log names nobody.`,
    ],
    reach: { level: 'none', sentence: 'Nothing is allowed; no computer changes.' },
  };
}

function shown(text: string | null, otherwise: string): string {
  return text === null || cleanLine(text) === '' ? otherwise : quoted(text, 200);
}
