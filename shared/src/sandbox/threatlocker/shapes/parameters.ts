import type { Shape } from '../binding.ts';
import { approvalRequestShape } from './request.ts';

export const rejectShape = {
  approvalRequestDtos: [approvalRequestShape],
  type: 'text',
  ignoreSubject: 'text',
  ignoreReason: 'text',
  responseSubject: 'text',
  responseReason: 'text',
  rejectReason: 'text',
  isVDI: 'bool',
  notifyOnIgnore: 'bool',
  notifyOnResponse: 'bool',
  usingCustomApprovals: 'bool',
  allowedApprovalRequestDtos: [approvalRequestShape],
  deniedApprovalRequestDtos: [approvalRequestShape],
} as const satisfies Shape;

export const listParametersShape = {
  statusId: 'int?',
  searchText: 'text',
  userApprovalTierLevel: 'int',
  showCurrentTierOnly: 'bool',
  showChildOrganizations: 'bool',
  requestTypeId: 'int',
  orderBy: 'text',
  isAscending: 'bool',
  actionType: ['text'],
  pageSize: 'int?',
  pageNumber: 'int?',
} as const satisfies Shape;

export const authorizeShape = { approvalRequestId: 'guid', message: 'text' } as const satisfies Shape;
