import type { OrganizationKey, RecordedWrite, Sandbox } from '@countersign/shared/sandbox';
import { permitProblems } from '../shared/provider/threatlocker/permit-validator.ts';

const PERMIT = '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication';
/** What the sandbox's organizations stand below, nearest first. */
const ABOVE: Readonly<Record<string, readonly OrganizationKey[]>> = {
  northwind: [],
  contoso: ['northwind'],
  fabrikam: ['northwind'],
  harbor: ['contoso', 'northwind'],
  rotterdam: ['fabrikam', 'northwind'],
};

/** Reads a request at the vendor, past our client, as it stands before it is decided. */
async function permitRecord(
  { threatLocker }: Pick<Sandbox, 'threatLocker'>,
  id: string,
  organization: string,
): Promise<unknown> {
  const path = `/portalapi/ApprovalRequest/ApprovalRequestGetPermitApplicationById?approvalRequestId=${id}`;
  const answer = await fetch(`${threatLocker.url}${path}`, {
    headers: { authorization: threatLocker.token, managedOrganizationId: organization },
  });
  return await answer.json();
}

/**
 * What is wrong with a write as the narrowest approval of one request: its file's hash, in a new application, on its computer, by the
 * rules that ThreatLocker publishes. To be asked before anything is decided.
 *
 * @param file the new application's name
 */
export async function narrowestPermit(
  sandbox: Pick<Sandbox, 'threatLocker' | 'raw'>,
  id: string,
  file: string,
): Promise<(write: Pick<RecordedWrite, 'path' | 'body'> | undefined) => readonly string[]> {
  const { organizations, instance } = sandbox.threatLocker;
  const organization = sandbox.raw('threatlocker', id)?.organizationId ?? '';
  const key = Object.entries(organizations).find(([, known]) => known === organization)?.[0] ?? '';
  const read = await permitRecord(sandbox, id, organization);
  return (write) => {
    if (write?.path !== PERMIT) return [`it is no permit: ${write?.path}`];
    const mark = /\[countersign [^\]]+\]/.exec(write.body)?.[0] ?? 'no mark of ours';
    return permitProblems(write.body, {
      read,
      instance,
      parents: (ABOVE[key] ?? []).map((above) => organizations[above]),
      use: 'new',
      applicationName: file,
      rule: 'hash',
      scope: 'computer',
      elevation: 'none',
      mark,
    });
  };
}
