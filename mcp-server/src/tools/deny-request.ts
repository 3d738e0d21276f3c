import * as z from 'zod';
import { decideWithPerson } from '../confirm/decide-with-person.ts';
import { decisionResult } from '../present/decision.ts';
import { requestInput } from './common.ts';
import { defineTool } from './tool.ts';

export const denyRequest = defineTool({
  name: 'deny_request',
  title: 'Propose a denial',
  description:
    'Proposes to deny approval requests. A person is asked and has to type a confirmation; nothing is sent without it, and no argument replaces it. Use it only when the user wants a denial. Admin By Request mails the reason to the requester.',
  input: z.strictObject({
    requests: z.array(requestInput).min(1).max(100).describe('References, all of one vendor.'),
    reason: z
      .string()
      .min(1)
      .max(1000)
      .describe('Why; one clear sentence for the record, which the requester may read.'),
    notify: z.string().max(1000).optional().describe('ThreatLocker: text to the requester; default none.'),
  }),
  output: decisionResult,
  writes: 'denial',
  handle: ({ requests, ...options }, call) => decideWithPerson(requests, { verdict: 'deny', options }, call),
});
