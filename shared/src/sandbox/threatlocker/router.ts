import { listMember, member, parseJson, textMember } from '../json.ts';
import type { RecordedCall, Verdict, WriteIntent } from '../record.ts';
import { emptyReply, Refusal } from '../reply.ts';
import type { Outcome } from '../simulation.ts';
import { getActionLog, getFileHistory } from './action-log.ts';
import {
  getForApplicationOptions,
  getForMaintenanceMode,
  getListForAddToApplication,
  getMatchingList,
  getResearchDetails,
} from './applications.ts';
import { authorizeForPermit, permitStorageApproval } from './authorize.ts';
import type { Endpoint } from './endpoint.ts';
import { getByParameters, getCount } from './list.ts';
import { getChildrenIdsAndName, getForMoveComputers, getGroupsForPermit, getListForNav } from './organizations.ts';
import { permitApplication } from './permit.ts';
import { updateForReject } from './reject.ts';
import { getById, getPermitApplicationById, takeOwnership } from './single.ts';
import type { ThreatLockerState } from './state.ts';
import { identify } from './tenancy.ts';

interface Route {
  readonly method: 'GET' | 'POST';
  readonly endpoint: Endpoint;
  /** Reads have none. */
  readonly write?: { readonly verdict: Verdict; readonly requestIds: (body: unknown) => readonly unknown[] };
}

const ids = (dtos: readonly unknown[]): readonly unknown[] => dtos.map((dto) => textMember(dto, 'approvalRequestId'));
const topLevel = (body: unknown): readonly unknown[] => ids([body]);
const nested = (body: unknown): readonly unknown[] => ids([member(body, 'approvalRequest')]);
const listed = (body: unknown): readonly unknown[] =>
  ['approvalRequestDtos', 'allowedApprovalRequestDtos', 'deniedApprovalRequestDtos'].flatMap((name) =>
    ids(listMember(body, name)),
  );

const ROUTES: Readonly<Record<string, Route>> = {
  'ApprovalRequest/ApprovalRequestGetByParameters': { method: 'POST', endpoint: getByParameters },
  'ApprovalRequest/ApprovalRequestGetCount': { method: 'GET', endpoint: getCount },
  'ApprovalRequest/ApprovalRequestGetById': { method: 'GET', endpoint: getById },
  'ApprovalRequest/ApprovalRequestGetPermitApplicationById': { method: 'GET', endpoint: getPermitApplicationById },
  'ApprovalRequest/ApprovalRequestPermitApplication': {
    method: 'POST',
    endpoint: permitApplication,
    write: { verdict: 'approve', requestIds: nested },
  },
  'ApprovalRequest/ApprovalRequestPermitStorageApproval': {
    method: 'POST',
    endpoint: permitStorageApproval,
    write: { verdict: 'approve', requestIds: nested },
  },
  'ApprovalRequest/ApprovalRequestAuthorizeForPermitById': {
    method: 'POST',
    endpoint: authorizeForPermit,
    write: { verdict: 'approve', requestIds: topLevel },
  },
  'ApprovalRequest/ApprovalRequestUpdateForReject': {
    method: 'POST',
    endpoint: updateForReject,
    write: { verdict: 'deny', requestIds: listed },
  },
  'ApprovalRequest/ApprovalRequestUpdateForIgnore': {
    method: 'POST',
    endpoint: updateForReject,
    write: { verdict: 'ignore', requestIds: listed },
  },
  'ApprovalRequest/ApprovalRequestUpdateForTakeOwnership': {
    method: 'POST',
    endpoint: takeOwnership,
    write: { verdict: 'take-ownership', requestIds: topLevel },
  },
  'Application/ApplicationGetMatchingList': { method: 'POST', endpoint: getMatchingList },
  'Application/ApplicationGetListForAddToApplication': { method: 'GET', endpoint: getListForAddToApplication },
  'Application/ApplicationGetForApplicationOptions': { method: 'POST', endpoint: getForApplicationOptions },
  'Application/ApplicationGetForMaintenanceMode': { method: 'GET', endpoint: getForMaintenanceMode },
  'Application/ApplicationGetResearchDetailsById': { method: 'GET', endpoint: getResearchDetails },
  'Organization/OrganizationGetChildrenIdsAndName': { method: 'GET', endpoint: getChildrenIdsAndName },
  'Organization/OrganizationGetForMoveComputers': { method: 'GET', endpoint: getForMoveComputers },
  'Organization/OrganizationGetListForNav': { method: 'GET', endpoint: getListForNav },
  'ComputerGroup/ComputerGroupGetForPermitApplication': { method: 'GET', endpoint: getGroupsForPermit },
  'ActionLog/ActionLogGetAllForFileHistoryV2': { method: 'GET', endpoint: getFileHistory },
  'ActionLog/ActionLogGetByParametersV2': { method: 'POST', endpoint: getActionLog },
};

function routeOf(call: RecordedCall): Route | undefined {
  const base = '/portalapi/';
  const name = call.path.startsWith(base) ? call.path.slice(base.length) : '';
  return Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
}

export function threatLockerIntent(call: RecordedCall): WriteIntent | undefined {
  const route = routeOf(call);
  if (route?.write !== undefined && call.method === 'POST') {
    const found = route.write.requestIds(parseJson(call.body));
    const requestIds = found.filter((id): id is string => typeof id === 'string').map((id) => id.toLowerCase());
    // An allow list makes a rejection approve what it lists.
    const approves = listMember(parseJson(call.body), 'allowedApprovalRequestDtos').length > 0;
    return { verdict: approves ? 'approve' : route.write.verdict, requestIds };
  }
  const harmless = call.method === 'GET' || call.method === 'HEAD' || call.method === 'OPTIONS';
  return harmless || route?.method === call.method ? undefined : { verdict: 'unknown', requestIds: [] };
}

export function handleThreatLocker(state: ThreatLockerState, call: RecordedCall): Outcome {
  const route = routeOf(call);
  if (route === undefined) return { reply: emptyReply(404), effect: 'refused', why: 'no such endpoint' };
  if (route.method !== call.method) {
    return { reply: emptyReply(405, { allow: route.method }), effect: 'refused', why: 'wrong method' };
  }
  try {
    return route.endpoint({ state, caller: identify(state.users, state.tree, call), call });
  } catch (error) {
    if (error instanceof Refusal) return { reply: error.reply, effect: 'refused', why: error.why };
    throw error;
  }
}
