import * as z from 'zod';
import { decideWithPerson } from '../confirm/decide-with-person.ts';
import { decisionResult } from '../present/decision.ts';
import { requestInput } from './common.ts';
import { defineTool } from './tool.ts';

export const takeOwnership = defineTool({
  name: 'take_ownership',
  title: 'Propose to take ownership',
  description:
    "Proposes to assign ThreatLocker requests to this account's own user, so that colleagues see somebody is at them. It decides nothing. A person has to type a confirmation, as for an approval. Use it only when the user wants it; whoever has a request loses it. Not for Admin By Request, which has no ownership.",
  input: z.strictObject({
    requests: z.array(requestInput).min(1).max(100).describe('References, all of one vendor.'),
  }),
  output: decisionResult,
  writes: 'ownership',
  handle: ({ requests }, call) => decideWithPerson(requests, { verdict: 'take-ownership' }, call),
});
