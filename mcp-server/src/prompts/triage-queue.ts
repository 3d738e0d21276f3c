import { completable } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { QUEUE_URI } from '../resources/queue.ts';
import { structuredOf } from '../tools/tool.ts';
import { definePrompt, rules } from './prompt.ts';

export const triageQueue = definePrompt({
  name: 'triage_queue',
  title: 'Triage the queue',
  description:
    'Sort the approval requests that wait: what looks ordinary, what needs a closer look, what should be denied.',
  args: (accountIds) =>
    z.strictObject({
      account: completable(z.string().max(32).describe('Only this account, by its id.'), accountIds).optional(),
      organization: z
        .string()
        .max(200)
        .optional()
        .describe('Only organizations whose name holds this, or with this id.'),
    }),
  brief: async (filter, call) => {
    const { listPending } = await import('../called.ts');
    const answer = await listPending.handle(listPending.input.parse(filter), call);
    return {
      instructions: instructionsWith(rules(call.runtime)),
      data: { uri: uriOf(filter), content: structuredOf(answer) },
    };
  },
});

/** The queue's own address where all of it was asked for. */
function uriOf(filter: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return given.length === 0 ? QUEUE_URI : `${QUEUE_URI}?${new URLSearchParams(given)}`;
}

const instructionsWith = (theRules: string) => `Triage the approval requests that wait, for me.

${theRules}

1. Say first which accounts could not be read or are stale: what is missing from the list is not an empty queue. If there is a nextCursor, say that these are not all.
2. Put requests for the same file together.
3. Sort them: what looks ordinary, what needs a closer look, what you would deny. Name the findings of a request; get_request has the facts that they rest on. What is not known is not harmless.
4. For each that you would approve name the narrowest option that is sufficient; get_request and get_permit_options tell more.
5. Ask me which one to look at first or what to do, and wait for my answer.`;
