import * as z from 'zod';
import { decideWithPerson } from '../confirm/decide-with-person.ts';
import { decisionResult } from '../present/decision.ts';
import { denyInput } from './decision-input.ts';
import { requestInput } from './request-input.ts';
import { defineTool } from './tool.ts';

export const denyRequest = defineTool({
  name: 'deny_request',
  title: 'Propose a denial',
  description:
    'Proposes a denial; nothing is sent until a person types a confirmation, which no argument replaces. Use it only when the user wants a denial. Admin By Request mails the reason to the requester.',
  input: z.strictObject({
    requests: z.array(requestInput).min(1).max(100).describe('All of one vendor.'),
    ...denyInput,
  }),
  output: decisionResult,
  writes: 'denial',
  handle: ({ requests, ...options }, call) => decideWithPerson(requests, { verdict: 'deny', options }, call),
});
