import { fingerprint, type ThreatLockerAccount } from '../../account/index.ts';
import type { ApprovalRequest, VendorId } from '../../approval/index.ts';
import { createVendorClient, type Fetch, type Limits, VendorError } from '../../http/index.ts';
import { foreignEffect } from '../foreign-write.ts';
import type { Provider } from '../provider.ts';
import { readForAdding, readForMaintenance, readGroups, readMatching } from './applications.ts';
import { type Ask, createConnection, organizationHeader } from './connection.ts';
import { diagnose } from './diagnose.ts';
import { earlierDecisionsOf } from './earlier-decisions.ts';
import { effectOf } from './effect.ts';
import { historyOf } from './history.ts';
import { judge } from './judge.ts';
import { type Located, locate } from './locate.ts';
import { readPermitOptions, readReport, toMatch } from './look-ups.ts';
import { ownOrganization, parentsOf } from './organizations.ts';
import { isOwnWrite } from './own-write.ts';
import { type PermitRecord, toPermitRecord } from './permit/record.ts';
import type { Offers } from './permit/selection.ts';
import { type Desk, factsNow, prepare } from './prepare.ts';
import { pullRequests } from './pull.ts';
import { readQueue } from './queue.ts';
import { bodyOf, markOf } from './write.ts';

export interface ThreatLockerOptions {
  readonly account: ThreatLockerAccount;
  /** Resolves the account's API token. */
  readonly secret: () => Promise<string>;
  readonly fetch: Fetch;
  readonly userAgent: string;
  readonly limits?: Partial<Limits>;
  readonly now?: () => number;
}

/** One ThreatLocker account over its PortalAPI. */
export function createThreatLockerProvider(options: ThreatLockerOptions): Provider {
  const { account } = options;
  const now = options.now ?? Date.now;
  const client = createVendorClient({
    fetch: options.fetch,
    origin: account.baseUrl,
    userAgent: options.userAgent,
    // The token stands alone; with "Bearer" before it, it is refused like a wrong one.
    authorize: async () => ({ authorization: await options.secret() }),
    judge: (reply) => judge(reply, account.instance),
    now,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const connection = createConnection(client);
  const own = account.organizationId ?? null;
  const organizations = new Map<VendorId, string>();

  const remember = (request: ApprovalRequest) => {
    if (request.organization.id) organizations.set(request.vendorId, request.organization.id);
  };

  async function list(signal?: AbortSignal) {
    const listing = await readQueue(connection, {
      account: account.id,
      includeChildOrganizations: account.includeChildOrganizations,
      ask: { organization: own, signal },
    });
    listing.requests.forEach(remember);
    return listing;
  }

  async function get(given: VendorId, signal?: AbortSignal): Promise<Located> {
    // GUIDs don't tell upper from lower case, but our memory does.
    const id = given.toLowerCase() as VendorId;
    const located = await locate(
      connection,
      id,
      {
        account: account.id,
        ownOrganization: own,
        includeChildOrganizations: account.includeChildOrganizations,
        organizationOf: async () => {
          if (!organizations.has(id)) await list(signal);
          return organizations.get(id) ?? null;
        },
      },
      { signal },
    );
    remember(located.request);
    return located;
  }

  /** Asked anew each time, so that a token of another tenant is noticed. */
  async function fingerprintNow(): Promise<string> {
    const tenant = own === null ? await ownOrganization(connection, {}) : null;
    return fingerprint(account, tenant ?? undefined);
  }

  const askAbout = (request: ApprovalRequest, signal?: AbortSignal): Ask => ({
    organization: request.organization.id ?? own,
    signal,
  });

  async function permitOf(request: ApprovalRequest, signal?: AbortSignal): Promise<PermitRecord> {
    const query = { approvalRequestId: request.vendorId };
    const answer = await connection.get(
      'ApprovalRequest/ApprovalRequestGetPermitApplicationById',
      query,
      askAbout(request, signal),
    );
    return toPermitRecord(answer.body, request);
  }

  function offersFor(permit: PermitRecord, ask: Ask, search = ''): Offers {
    const { osType, organizationId } = permit;
    const { certificates: _, ...file } = permit.file;
    return {
      matching: () => readMatching(connection, file, ask),
      existing: () => readForAdding(connection, { organizationId, osType, search }, ask),
      maintenance: () => readForMaintenance(connection, osType, ask),
      groups: () => readGroups(connection, osType, ask),
    };
  }

  function deskFor(request: ApprovalRequest, mark: string, signal?: AbortSignal): Omit<Desk, 'fingerprint'> {
    const ask = askAbout(request, signal);
    return {
      instance: account.instance,
      mark,
      now: now(),
      permit: () => permitOf(request, signal),
      offers: (permit) => offersFor(permit, ask),
      parents: (permit) => parentsOf(connection, permit.record, permit.organizationId, ask),
    };
  }

  return {
    name: 'threatlocker',
    capabilities: { takeOwnership: true, permitOptions: true, ticket: true, mark: true },
    fingerprint: fingerprintNow,
    list,
    get,
    pull: (soFar, signal) =>
      pullRequests(
        {
          connection,
          account: account.id,
          includeChildOrganizations: account.includeChildOrganizations,
          ask: { organization: own, signal },
          get: async (id, organization) => {
            if (organization) organizations.set(id, organization);
            return (await get(id, signal)).request;
          },
          now,
        },
        soFar,
      ),

    matchingApplications: async (id, signal) => {
      const { request } = await get(id, signal);
      const offers = offersFor(await permitOf(request, signal), askAbout(request, signal));
      return (await offers.matching()).map((application) => toMatch(application, request));
    },

    research: async (id, applicationId, signal) => {
      const { request } = await get(id, signal);
      const permit = await permitOf(request, signal);
      const ask = askAbout(request, signal);
      return await readReport(connection, { request, permit, offers: offersFor(permit, ask), ask, applicationId });
    },

    permitOptions: async (id, search, signal) => {
      const { request } = await get(id, signal);
      const permit = await permitOf(request, signal);
      return await readPermitOptions(request, permit, offersFor(permit, askAbout(request, signal), search));
    },

    earlierDecisions: (request, signal) =>
      earlierDecisionsOf(connection, request, {
        account: account.id,
        includeChildOrganizations: account.includeChildOrganizations,
        ask: { organization: own, signal },
      }),

    history: async (id, of, days, signal) => {
      const { request } = await get(id, signal);
      return await historyOf(connection, request, { of, days, now: now(), ask: askAbout(request, signal) });
    },

    prepare: async (id, decision, decisionId, signal) => {
      const located = await get(id, signal);
      const desk = deskFor(located.request, markOf(decisionId), signal);
      return await prepare(located, decision, { ...desk, fingerprint: await fingerprintNow() });
    },

    recheck: async (target) => {
      const { request } = await get(vendorIdOf(target.request));
      return { request, facts: await factsNow(request, target, deskFor(request, '')) };
    },

    send: async (write, beforeItLeaves) => {
      // The last look before it leaves, whatever stands in a plan.
      if (bodyOf(write) === null) {
        throw new VendorError('validation', 'The planned write does not fit its verdict. Nothing was sent.', {
          neverSent: true,
        });
      }
      await client.write({
        method: write.method,
        path: write.path,
        headers: organizationHeader(write.organizationId),
        body: write.body,
        beforeItLeaves,
      });
    },

    attribute: (request, decisionId) => (request.comments?.includes(markOf(decisionId)) ? 'ours' : 'unproven'),
    makes: isOwnWrite,
    describe: (target) => (isOwnWrite(target) ? effectOf(target) : foreignEffect(target)),
    diagnose: (signal) => diagnose(connection, { organization: own, signal }, () => list(signal)),
  };
}

function vendorIdOf(reference: string): VendorId {
  return reference.slice(reference.indexOf('/') + 1) as VendorId;
}
