import * as z from 'zod';
import { decideWithPerson } from '../confirm/decide-with-person.ts';
import { decisionResult } from '../present/decision.ts';
import { requestInput } from './request-input.ts';
import { defineTool } from './tool.ts';

export const takeOwnership = defineTool({
  name: 'take_ownership',
  title: 'Propose to take ownership',
  description:
    "Proposes to assign ThreatLocker requests to this account's own user; whoever has them loses them. It decides nothing, and needs a person's confirmation like an approval. Use it only when the user wants it.",
  input: z.strictObject({
    requests: z.array(requestInput).min(1).max(100).describe('Of ThreatLocker.'),
  }),
  output: decisionResult,
  writes: 'ownership',
  handle: ({ requests }, call) => decideWithPerson(requests, { verdict: 'take-ownership' }, call),
});
