import * as z from 'zod';
import { decideWithPerson } from '../confirm/decide-with-person.ts';
import { decisionResult } from '../present/decision.ts';
import { approveInput } from './decision-input.ts';
import { requestInput } from './request-input.ts';
import { defineTool } from './tool.ts';

export const approveRequest = defineTool({
  name: 'approve_request',
  title: 'Propose an approval',
  description:
    'Proposes an approval; nothing is sent until a person types a confirmation, which no argument replaces. Use it only when the user wants an approval, after get_request. On needs-choice let the user choose. Admin By Request takes no options.',
  input: z.strictObject({
    requests: z.array(requestInput).min(1).max(100).describe('All of one vendor.'),
    ...approveInput,
  }),
  output: decisionResult,
  writes: 'approval',
  handle: ({ requests, ...options }, call) => decideWithPerson(requests, { verdict: 'approve', options }, call),
});
