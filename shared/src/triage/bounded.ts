import type { ApprovalRequest } from '../approval/index.ts';

/** Longer than any honest one; faces show less. The end counts too, since it tells what kind of file it is. */
const HEAD = 4000;
const TAIL = 1000;
/** Marks over one letter; a thousand of them cost seconds. */
const PILED = /(\p{M}{8})\p{M}+/gu;

/** The request with its texts cut, so that no length and no pile of marks makes a rule slow. */
export function bounded(request: ApprovalRequest): ApprovalRequest {
  const { subject, requester, computer } = request;
  return {
    ...request,
    reason: cut(request.reason),
    comments: cut(request.comments),
    ticket: cut(request.ticket),
    assignee: cut(request.assignee),
    requester: {
      ...requester,
      account: cut(requester.account),
      name: cut(requester.name),
      email: cut(requester.email),
    },
    computer: { ...computer, name: cut(computer.name) },
    subject: {
      ...subject,
      name: cut(subject.name),
      path: cut(subject.path),
      product: cut(subject.product),
      vendor: cut(subject.vendor),
      process: cut(subject.process),
    },
  };
}

function cut(text: string | null): string | null {
  if (text === null || text.length <= 100) return text;
  const short = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)} ${text.slice(-TAIL)}`;
  return short.replace(PILED, '$1');
}
