import type { ApprovalRequest } from '../../approval/index.ts';
import type { ApprovalRequestDto } from './dto.ts';
import { ZERO_GUID } from './organizations.ts';

type Assigned = Pick<ApprovalRequestDto, 'isAssigned' | 'assigneeUserId' | 'assigneeUsername'>;

/** Who has a request. Its name is looked up by the vendor apart (`retrievedAssigneeUsername`), so the id stands in for it. */
export function assigneeOf(dto: Assigned): Pick<ApprovalRequest, 'assignee' | 'assigneeId'> {
  const { isAssigned, assigneeUserId, assigneeUsername } = dto;
  const assigneeId = isAssigned === false || assigneeUserId === ZERO_GUID ? null : assigneeUserId;
  return { assignee: assigneeUsername ?? assigneeId, assigneeId };
}
