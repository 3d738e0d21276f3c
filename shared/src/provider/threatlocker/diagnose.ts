import { VendorError } from '../../http/index.ts';
import { cleanLine } from '../../text/index.ts';
import type { Check, Listing } from '../provider.ts';
import type { Ask, Connection } from './connection.ts';
import { type Organization, ownOrganization, readOrganizations } from './organizations.ts';

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
    await check('Organizations', async () => organizationsSaid(await readOrganizations(connection, ask))),
    await parents(connection, ask),
    {
      name: 'Permission to approve',
      state: 'unknown',
      message:
        'ThreatLocker tells it only when something is approved. The role needs "View Approvals" and "Approve for Single Computer", "Elevation Administrator" for elevation, and "View Unified Audit" to see what happened before.',
    },
  ];
}

/** Some settings and commands want an organization by its id, which the portal doesn't show. */
function organizationsSaid(organizations: readonly Organization[]): string {
  if (organizations.length === 0) return 'No organizations below this one.';
  const told = organizations.slice(0, MOST_TOLD).map(({ id, name }) => `${cleanLine(name, 60)} (${id})`);
  const others = organizations.length - told.length;
  return `${organizations.length} below this one: ${told.join(', ')}${others > 0 ? `, and ${others} more` : ''}.`;
}

const MOST_TOLD = 20;

async function parents(connection: Connection, ask: Ask): Promise<Check> {
  const name = 'Parents of an organization';
  let root: string | null = null;
  const read = await check(name, async () => {
    root = await ownOrganization(connection, ask);
    return 'Readable, so requests of child organizations can be approved.';
  });
  if (read.state === 'fails' || root !== null) return read;
  const message =
    'ThreatLocker does not tell which organizations there are above a child. Its requests can be approved only where their own record tells it.';
  return { name, state: 'unknown', message };
}

async function check(name: string, attempt: () => Promise<string>): Promise<Check> {
  try {
    return { name, state: 'works', message: await attempt() };
  } catch (error) {
    if (error instanceof VendorError) return { name, state: 'fails', message: error.message, error: error.kind };
    throw error;
  }
}
