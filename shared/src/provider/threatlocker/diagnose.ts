import { VendorError } from '../../http/index.ts';
import type { Check, Listing } from '../provider.ts';
import type { Ask, Connection } from './connection.ts';
import { readOrganizations } from './organizations.ts';

/** Tries what the account needs, from the connection to the queue, and says what fails and why. */
export async function diagnose(
  connection: Connection,
  ask: Ask,
  list: () => Promise<Listing>,
): Promise<readonly Check[]> {
  const token = await check('Token and instance', async () => {
    const { body } = await connection.get(
      'ApprovalRequest/ApprovalRequestGetCount',
      { includeChildOrganizations: true },
      ask,
    );
    return typeof body === 'number'
      ? `The token is accepted; the vendor counts ${body} pending.`
      : 'The token is accepted.';
  });
  if (token.state === 'fails') return [token];
  return [
    token,
    await check('Queue', async () => {
      const { requests, notes } = await list();
      return [`${requests.length} requests wait.`, ...notes].join(' ');
    }),
    await check(
      'Organizations',
      async () => `${(await readOrganizations(connection, ask)).length} organizations below this one.`,
    ),
    await check('Parents of an organization', async () => {
      await connection.get('Organization/OrganizationGetListForNav', { search: '' }, { ...ask, organization: null });
      return 'Readable, so requests of child organizations can be approved.';
    }),
    {
      name: 'Permission to approve',
      state: 'unknown',
      message:
        'ThreatLocker tells it only when something is approved. The role needs "View Approvals" and "Approve for Single Computer", "Elevation Administrator" for elevation, and "View Unified Audit" to see what happened before.',
    },
  ];
}

async function check(name: string, attempt: () => Promise<string>): Promise<Check> {
  try {
    return { name, state: 'works', message: await attempt() };
  } catch (error) {
    if (error instanceof VendorError) return { name, state: 'fails', message: error.message, error: error.kind };
    throw error;
  }
}
