import { type AdminByRequestAccount, fingerprint as fingerprintOf } from '../../account/index.ts';
import { type ApprovalRequest, type Attribution, type Known, parseReference } from '../../approval/index.ts';
import { createVendorClient, type Fetch, type Limits, VendorError } from '../../http/index.ts';
import type { Provider } from '../provider.ts';
import { createApi } from './api.ts';
import { type AuditDelta, auditDelta } from './audit-delta.ts';
import { describeTarget, ownWrite } from './describe.ts';
import { diagnoseAccount } from './diagnose.ts';
import { earlierDecisionsOf } from './earlier-decisions.ts';
import { getRequest } from './get.ts';
import { historyOf } from './history.ts';
import { createJudge } from './judge.ts';
import { listWaiting } from './list.ts';
import { guardedFactsOf, prepareDecision } from './prepare.ts';
import { pullRequests } from './pull.ts';
import { createCallCounter } from './quota.ts';
import { readWhoami } from './whoami.ts';
import { readWrite } from './written.ts';

interface AdminByRequestOptions {
  readonly account: AdminByRequestAccount;
  /** Asked anew for each call. */
  readonly secret: () => Promise<string>;
  readonly fetch: Fetch;
  /** Product and version. */
  readonly userAgent: string;
  readonly limits?: Partial<Limits>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface AdminByRequestProvider extends Provider {
  readonly quota: NonNullable<Provider['quota']>;
  /** What changed in the tenant's audit log since an earlier answer. */
  auditDelta(deltaTime?: string, signal?: AbortSignal): Promise<AuditDelta>;
}

const NO_CHOICES =
  'Admin By Request has no choices to make: an approval allows exactly what was asked for, once, on the computer that it was asked for on.';

export function createAdminByRequestProvider(options: AdminByRequestOptions): AdminByRequestProvider {
  const { account, secret, fetch, userAgent, limits = {}, now = Date.now } = options;
  const counter = createCallCounter(now);
  const client = createVendorClient({
    fetch,
    origin: account.baseUrl,
    userAgent,
    authorize: async () => ({ apikey: await secret() }),
    judge: createJudge(account),
    limits,
    now,
    onCall: counter.count,
  });
  const api = createApi(client);
  const get: Provider['get'] = (id, signal) => getRequest(api, account.id, id, signal);

  async function fingerprint(): Promise<string> {
    return fingerprintOf(account, (await readWhoami(api))?.tenantname ?? undefined);
  }

  return {
    name: 'admin-by-request',
    capabilities: { takeOwnership: false, permitOptions: false, ticket: false, mark: false },
    fingerprint,
    list: (signal) => listWaiting(api, account.id, signal),
    get,
    pull: (soFar, signal) => pullRequests({ api, account: account.id, now, signal }, soFar),
    matchingApplications: async () => [],
    research: async (id, _applicationId, signal) => {
      const { request } = await get(id, signal);
      return {
        scan: request.subject.scan,
        research: [],
        matching: null,
        unread: null,
        links: request.links,
        notes: ['Admin By Request has no research beyond its malware scan; the links lead to what else is known.'],
      };
    },
    permitOptions: async () => ({
      matching: [],
      existing: [],
      maintenance: [],
      groups: [],
      scopes: [],
      rules: [],
      canElevate: null,
      properties: { path: null, process: null, certificates: [], createdBy: [] },
      suggestion: null,
      notes: [NO_CHOICES],
    }),
    earlierDecisions: (request, signal) => earlierDecisionsOf(api, account.id, request, signal),
    history: async (id, of, days, signal) => historyOf(api, (await get(id, signal)).request, of, days, signal),
    prepare: async (id, decision, _decisionId, signal) =>
      prepareDecision((await get(id, signal)).request, decision, account.approverEmail, fingerprint),
    recheck: async (target) => {
      const reference = parseReference(target.request);
      if (reference?.account !== account.id) {
        throw new VendorError('validation', `${target.request} is no request of account "${account.id}".`, {
          neverSent: true,
        });
      }
      const { request } = await get(reference.vendorId);
      return { request, facts: guardedFactsOf(request) };
    },
    send: async (write, beforeItLeaves) => {
      // The last lock: whatever stands in a plan, nothing else than these two ever leaves.
      if (readWrite(write) === null) {
        throw new VendorError(
          'validation',
          'This write is neither an approval nor a denial as Admin By Request knows them. Nothing was sent.',
          { neverSent: true },
        );
      }
      await client.write({ method: write.method, path: write.path, beforeItLeaves });
    },
    attribute: (request) => attributionOf(request, account.approverEmail),
    makes: (target) => ownWrite(target) !== null,
    describe: describeTarget,
    diagnose: (signal) => diagnoseAccount(api, account, counter.quota, signal),
    quota: counter.quota,
    auditDelta: (deltaTime, signal) => auditDelta(api, deltaTime, signal),
  };
}

/** By the address that the vendor recorded, the only trace that a decision leaves. */
function attributionOf({ decided }: ApprovalRequest, approverEmail: string | undefined): Attribution {
  const email: Known<string> = decided?.email ?? null;
  if (email === null) return 'unproven';
  return email.trim().toLowerCase() === approverEmail?.trim().toLowerCase() ? 'ours' : 'other';
}
