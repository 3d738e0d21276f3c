import type { ApproveOptions, VendorId, VendorWrite } from '../../approval/index.ts';
import { query } from './paths.ts';

/** The one place where an approval is made. PUT is the approval; its body would be ignored. */
export function approveWrite(id: VendorId, approverEmail: string | undefined): VendorWrite {
  return {
    verdict: 'approve',
    method: 'PUT',
    path: `/requests/${id}${query({ approvedby: approverEmail })}`,
    organizationId: null,
    body: null,
  };
}

const WORDS: Readonly<Record<keyof ApproveOptions, string>> = {
  application: 'choice of an application',
  rule: 'choice of a rule',
  scope: 'scope',
  elevation: 'choice of an elevation',
  expires: 'end date',
  ticket: 'ticket number',
  comment: 'comment',
  notify: 'message to the requester',
};

/** Why these options can't be carried out, or `null`. The vendor's approval has none at all. */
export function whyApproveRefused(options: ApproveOptions): string | null {
  const present = Object.entries(options).filter(([, value]) => value !== undefined);
  const [name] = present[0] ?? [];
  if (name === undefined) return null;
  const words = Object.entries(WORDS).find(([option]) => option === name)?.[1] ?? 'such option';
  return `An approval in Admin By Request has no ${words}: leave out "${name}".`;
}
