import type { ApprovalRequest } from '../../approval/index.ts';
import type { TriageContext } from '../context.ts';
import { type Rules, THEIR_ADDRESS } from '../observation.ts';

const OFTEN = 5;

/** Who asks, and who is to decide. */
export const person: Rules = (request, context) => {
  const { requester, assignee } = request;
  const { waitingOfRequester = 0 } = context;
  const self = selfIn(request, context);
  return [
    self !== null && { id: 'self-approval', fact: self, message: 'Whoever asks is the one who would decide.' },
    waitingOfRequester >= OFTEN && {
      id: 'asks-often',
      fact: `${waitingOfRequester} requests`,
      message: `${waitingOfRequester} requests of ${requester.account === null ? 'this requester' : 'the same account'} wait. Many at once wear approvers down.`,
    },
    assignee !== null &&
      !isApprover(assignee, context.approver) && {
        id: 'assigned-to-other',
        fact: assignee,
        message: 'Somebody else has taken it on.',
      },
  ];
};

function selfIn({ requester }: ApprovalRequest, { approver }: TriageContext): string | null {
  const own = requesterAs(requester, approver);
  return own !== null && own === requester.email ? THEIR_ADDRESS : own;
}

/**
 * As what the requester is the approver: by whole address, account or name, since accounts of two domains share short names.
 * `null`: they are not.
 */
export function requesterAs(
  { email, account, name }: ApprovalRequest['requester'],
  approver: TriageContext['approver'],
): string | null {
  return [email, account, name].find((text) => text !== null && isApprover(text, approver)) ?? null;
}

/** By whole name or whole address. */
export function isApprover(text: string, approver: TriageContext['approver']): boolean {
  const plain = named(text);
  if (plain === '' || !approver) return false;
  return plain === named(approver.name ?? '') || approver.emails.some((email) => named(email) === plain);
}

/** Directories write "Approver, Kim" as well. */
function named(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  const [last, first, ...more] = plain.split(', ');
  return first === undefined || more.length > 0 ? plain : `${first} ${last}`;
}
