import type { Shape } from '../binding.ts';
import { certificateShape } from './request.ts';

export const applicationShape = {
  name: 'text',
  applicationName: 'text',
  applicationId: 'guid',
  organizationId: 'guid',
  organizationName: 'text',
  osType: 'int',
  suggestedPolicyId: 'guid?',
  status: 'int',
  isMaintained: 'bool',
  researchApplicationId: 'guid?',
} as const satisfies Shape;

export const matchParametersShape = {
  hash: 'text',
  sha256: 'text',
  path: 'text',
  processPath: 'text',
  organizationIds: ['guid'],
  certs: [certificateShape],
  createdBys: ['text'],
  osType: 'int?',
  filename: 'text',
  folder: 'text',
  approvalRequestId: 'guid?',
} as const satisfies Shape;

export const applicationOptionsShape = {
  organizationId: 'guid',
  osType: 'int',
  includeBuiltIn: 'bool',
  searchText: 'text',
  hostName: 'text',
  appliesToId: 'guid',
  onlyPermitted: 'bool',
} as const satisfies Shape;
