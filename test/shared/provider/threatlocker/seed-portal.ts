import { readFileSync } from 'node:fs';
import { answers, type Portal, type PortalCall, portal, vendorId } from './setup.ts';

/** An example of ThreatLocker's article "Processing Application Control Approval Requests through API", its placeholders typed. */
export function example<T = unknown>(name: string): T {
  return JSON.parse(exampleText(name));
}

export function exampleText(name: string): string {
  return readFileSync(new URL(`seed/${name}.json`, import.meta.url), 'utf8');
}

export const SEED = {
  request: vendorId('00000101-aaaa-4bbb-8ccc-000000000101'),
  organization: '00000201-aaaa-4bbb-8ccc-000000000201',
  parent: '00000202-aaaa-4bbb-8ccc-000000000202',
  master: '00000203-aaaa-4bbb-8ccc-000000000203',
  builtIn: '00000501-aaaa-4bbb-8ccc-000000000501',
  own: '00000502-aaaa-4bbb-8ccc-000000000502',
  ofParent: '00000503-aaaa-4bbb-8ccc-000000000503',
  group: '00000602-aaaa-4bbb-8ccc-000000000602',
  globalGroup: '00000603-aaaa-4bbb-8ccc-000000000603',
} as const;

export const LIST = 'ApprovalRequest/ApprovalRequestGetByParameters';
export const BY_ID = 'ApprovalRequest/ApprovalRequestGetById';
export const PERMIT_RECORD = 'ApprovalRequest/ApprovalRequestGetPermitApplicationById';
export const MATCHING = 'Application/ApplicationGetMatchingList';
export const ADD_TO = 'Application/ApplicationGetListForAddToApplication';
export const OPTIONS = 'Application/ApplicationGetForApplicationOptions';
export const MAINTENANCE = 'Application/ApplicationGetForMaintenanceMode';
export const RESEARCH = 'Application/ApplicationGetResearchDetailsById';
export const GROUPS = 'ComputerGroup/ComputerGroupGetForPermitApplication';
export const CHILDREN = 'Organization/OrganizationGetChildrenIdsAndName';
export const MOVE_COMPUTERS = 'Organization/OrganizationGetForMoveComputers';
export const FILE_HISTORY = 'ActionLog/ActionLogGetAllForFileHistoryV2';
export const ACTION_LOG = 'ActionLog/ActionLogGetByParametersV2';
export const NAVIGATION = 'Organization/OrganizationGetListForNav';

/** A list of one page for status 1, and nothing for any other. */
export function pendingOnly(rows: readonly unknown[]): (call: PortalCall) => { body: unknown } {
  return ({ body }) => ({ body: JSON.parse(body).statusId === 1 && rows.length > 0 ? rows : '' });
}

/** A vendor that knows the one request of the article's examples. What is given replaces an answer or adds one. */
export async function seedPortal(changes: Readonly<Record<string, unknown>> = {}): Promise<Portal> {
  const [row] = example<readonly unknown[]>('list.response');
  return await portal(
    answers({
      [LIST]: pendingOnly([row]),
      [BY_ID]: row,
      [PERMIT_RECORD]: () => ({ body: exampleText('permit-record.response') }),
      [MATCHING]: example('matching.response'),
      [ADD_TO]: example('add-to-application.response'),
      [MAINTENANCE]: example('maintenance-mode.response'),
      [RESEARCH]: example('research-adobe-acrobat.response'),
      [GROUPS]: example('computer-groups.response'),
      ...changes,
    }),
  );
}

/** The permit record of the examples, changed. */
export function permitRecord(change: (record: MutableRecord) => void): MutableRecord {
  const record = example<MutableRecord>('permit-record.response');
  change(record);
  return record;
}

type Members = Record<string, unknown>;
export interface MutableRecord extends Members {
  approvalRequest: Members;
  actionLog: Members;
  fileDetails: Members;
  ringfencingOptions: Members;
  matchingApplications: Members;
  policyConditions: Members;
  policyLevel: Members;
  adminNotes: Members;
}
