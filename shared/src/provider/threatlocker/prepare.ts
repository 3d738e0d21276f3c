import {
  type ApprovalRequest,
  type ApproveOptions,
  type Decision,
  type GuardedFacts,
  guardedFacts,
  isDecidable,
  isHandled,
  isJsonObject,
  type JsonObject,
  type PlanTarget,
  type VendorWrite,
} from '../../approval/index.ts';
import { cleanLine } from '../../text/index.ts';
import type { Preparation } from '../provider.ts';
import type { Located } from './locate.ts';
import { permitBody } from './permit/body.ts';
import type { PermitRecord } from './permit/record.ts';
import { select } from './permit/select.ts';
import type { Offers, Selection } from './permit/selection.ts';
import { denialOf, ownershipWrite, rejectWrite } from './reject.ts';
import { WRITE_PATHS } from './write.ts';

/** What the vendor can be asked about one located request. */
export interface Desk {
  readonly fingerprint: string;
  readonly instance: string;
  readonly mark: string;
  readonly now: number;
  permit(): Promise<PermitRecord>;
  offers(permit: PermitRecord): Offers;
  parents(permit: PermitRecord): Promise<readonly string[] | null>;
}

/** Makes a decision on one request exact. */
export async function prepare({ request, raw }: Located, decision: Decision, desk: Desk): Promise<Preparation> {
  if (isHandled(request.status)) {
    const by = request.decided?.by;
    return {
      outcome: 'already-handled',
      request,
      message: `This request is already ${request.status}${by ? ` by ${cleanLine(by, 100)}` : ''}.`,
    };
  }
  const refused = (message: string): Preparation => ({ outcome: 'refused', request, by: 'client', message });
  if (!isDecidable(request)) {
    return {
      outcome: 'refused',
      request,
      by: 'guardrail',
      message: `Its status is ${request.status}, which is not known to be open. Look at it in the portal.`,
    };
  }
  const organization = request.organization.id;
  if (organization === null)
    return refused('ThreatLocker does not say which organization this request belongs to. Decide it in the portal.');
  const ready = (write: VendorWrite, facts: GuardedFacts, options: JsonObject): Preparation => ({
    outcome: 'ready',
    request,
    target: { request: request.reference, fingerprint: desk.fingerprint, facts, options, write },
  });
  switch (decision.verdict) {
    case 'deny': {
      const denial = denialOf(decision.options);
      if (denial === null) return refused('A reason or message may have 1,000 characters at most. Shorten it.');
      if (denial.reason === '') return refused('A denial needs a reason.');
      return ready(rejectWrite(raw, organization, denial, desk.mark), guardedFacts(request, NOTHING_CHOSEN), {
        ...denial,
      });
    }
    case 'take-ownership':
      return ready(ownershipWrite(raw, organization, desk.mark), ownershipFacts(request), {});
    case 'approve':
      return await prepareApproval(request, decision.options, desk, ready);
    default:
      return decision satisfies never;
  }
}

async function prepareApproval(
  request: ApprovalRequest,
  options: ApproveOptions,
  desk: Desk,
  ready: (write: VendorWrite, facts: GuardedFacts, options: JsonObject) => Preparation,
): Promise<Preparation> {
  if (request.unapprovable !== null)
    return { outcome: 'refused', request, by: 'client', message: request.unapprovable };
  const permit = await desk.permit();
  const result = await select(options, request, permit, desk.offers(permit), desk.now);
  if (result.outcome === 'refused') return { ...result, request, by: 'client' };
  if (result.outcome === 'needs-choice') return { ...result, request };
  const organizationIds = await desk.parents(permit);
  if (organizationIds === null) {
    return {
      outcome: 'refused',
      request,
      by: 'client',
      message:
        "Nobody says which organizations stand above this request's, and an approval must name them. Approve it in the portal, or use a token of the request's own organization.",
    };
  }
  const { selection } = result;
  const body = permitBody(
    {
      permit,
      organizationIds,
      userInstance: instanceIn(permit.portalApiUrl) ?? desk.instance,
      isElevation: request.kind === 'elevation',
      mark: desk.mark,
    },
    selection,
  );
  const write: VendorWrite = {
    verdict: 'approve',
    method: 'POST',
    path: WRITE_PATHS.approve,
    organizationId: permit.organizationId,
    body: JSON.stringify(body),
  };
  const facts = { ...guardedFacts(request, chosenIn(selection, permit)), scan: permit.scan };
  return ready(write, facts, optionsOf(selection));
}

const NOTHING_CHOSEN = { vendorJson: null, application: null, group: null, assignee: null } as const;

type Chosen = Pick<GuardedFacts, keyof typeof NOTHING_CHOSEN>;

/** Taking is from somebody, or from nobody; by the id where there is one, because a name may be looked up or not. */
function ownershipFacts(request: ApprovalRequest): GuardedFacts {
  return guardedFacts(request, { ...NOTHING_CHOSEN, assignee: request.assigneeId ?? request.assignee });
}

function chosenIn({ application, scope }: Selection, permit: PermitRecord): Chosen {
  return {
    ...NOTHING_CHOSEN,
    vendorJson: permit.json,
    application: application.use === 'new' ? null : guarded(application.application),
    group: scope.to === 'group' ? guarded(scope.group) : null,
  };
}

interface Owned {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
}

function guarded({ id, name, organizationId, organizationName }: Owned): GuardedFacts['application'] {
  return { id, name, owner: organizationId ?? organizationName };
}

/**
 * The facts as they are now, by the same look-ups as at planning, so that a chosen application or group that changed hands
 * is noticed. Of what is handled there is nothing left to choose.
 */
export async function factsNow(
  request: ApprovalRequest,
  { facts: planned, options, write }: PlanTarget,
  desk: Pick<Desk, 'permit' | 'offers'>,
): Promise<GuardedFacts> {
  if (write.verdict === 'take-ownership') return ownershipFacts(request);
  if (planned.vendorJson === null || isHandled(request.status)) return guardedFacts(request, NOTHING_CHOSEN);
  const application = options['application'];
  const use = isJsonObject(application) ? application['use'] : undefined;
  const permit = await desk.permit();
  const chosen = await rereadChosen(planned, use, permit, desk.offers(permit));
  return { ...guardedFacts(request, chosen), scan: permit.scan };
}

async function rereadChosen(
  planned: GuardedFacts,
  use: unknown,
  permit: PermitRecord,
  offers: Offers,
): Promise<Chosen> {
  const find = (list: readonly Owned[], chosen: GuardedFacts['application']) => {
    const found = list.find(({ id }) => id === chosen?.id);
    return found ? guarded(found) : null;
  };
  return {
    ...NOTHING_CHOSEN,
    vendorJson: permit.json,
    application:
      planned.application === null
        ? null
        : find(await (use === 'matching' ? offers.matching() : offers.existing()), planned.application),
    group: planned.group === null ? null : find(await offers.groups(), planned.group),
  };
}

function optionsOf(selection: Selection): JsonObject {
  const { application, rule, scope, elevation } = selection;
  return {
    application:
      application.use === 'new'
        ? { use: 'new', name: application.name }
        : { use: application.use, id: application.application.id },
    rule: 'option' in rule ? { by: rule.by, ...rule.option } : { ...rule },
    scope: scope.to === 'group' ? { group: scope.group.id } : scope.to,
    elevation,
    expires: selection.expires,
    ticket: selection.ticket,
    comment: selection.comment,
    notify: selection.notify,
  };
}

/** `https://portalapi.INSTANCE.threatlocker.com/`, as each request carries it. */
function instanceIn(portalApiUrl: string | null): string | null {
  return portalApiUrl?.match(/^https:\/\/[a-z]*portalapi\.([a-z0-9]{1,32})\.threatlocker\.com\/?$/i)?.[1] ?? null;
}
