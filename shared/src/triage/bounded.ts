import type { ApprovalRequest } from '../approval/index.ts';

/** Longer than any honest one; faces show less. The end counts too, since it tells what kind of file it is. */
const HEAD = 4000;
const TAIL = 1000;
/** Nothing to cut in it, as in most. */
const SHORT = 100;
/** Marks over one letter; a thousand of them cost seconds. */
const PILED = /(\p{M}{8})\p{M}+/gu;

/** The request with its texts cut, so that no length and no pile of marks makes a rule slow. */
export function bounded(request: ApprovalRequest): ApprovalRequest {
  const { subject, requester, computer } = request;
  const { name, path, product, vendor, process } = subject;
  const texts = [request.reason, path, name, product, vendor, process, request.comments, request.ticket];
  const others = [request.assignee, requester.account, requester.name, requester.email, computer.name];
  const { createdBy, certificates } = subject;
  const areShort =
    createdBy.every(isShort) && (certificates?.every((certificate) => isShort(certificate.subject)) ?? true);
  if (areShort && texts.every(isShort) && others.every(isShort)) return request;
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
      name: cut(name),
      path: cut(path),
      product: cut(product),
      vendor: cut(vendor),
      process: cut(process),
      createdBy: createdBy.map((path) => cut(path)).filter((path) => path !== null),
      certificates: certificates?.map((certificate) => ({ ...certificate, subject: cut(certificate.subject) })) ?? null,
    },
  };
}

function isShort(text: string | null): boolean {
  return text === null || text.length <= SHORT;
}

function cut(text: string | null): string | null {
  if (text === null || text.length <= SHORT) return text;
  const short = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)} ${text.slice(-TAIL)}`;
  return short.replace(PILED, '$1');
}
