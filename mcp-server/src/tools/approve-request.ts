import * as z from 'zod';
import { decideWithPerson } from '../confirm/decide-with-person.ts';
import { decisionResult } from '../present/decision.ts';
import { requestInput } from './request-input.ts';
import { defineTool } from './tool.ts';

const id = z.guid();
const property = z.string().min(1).max(1000).optional();

export const approveRequest = defineTool({
  name: 'approve_request',
  title: 'Propose an approval',
  description:
    'Proposes an approval; nothing is sent until a person types a confirmation, which no argument replaces. Use it only when the user wants an approval, after get_request. On needs-choice let the user choose. Admin By Request takes no options.',
  input: z.strictObject({
    requests: z.array(requestInput).min(1).max(100).describe('All of one vendor.'),
    application: z
      .discriminatedUnion('use', [
        z.strictObject({
          use: z.literal('matching'),
          id: id.describe('From check_matching_apps; all in it is permitted.'),
        }),
        z.strictObject({
          use: z.literal('existing'),
          id: id.describe('From get_permit_options; gets the file.'),
        }),
        z.strictObject({
          use: z.literal('new'),
          name: z.string().min(1).max(100),
        }),
      ])
      .optional()
      .describe('Default: a new one for this file alone, unless one matches.'),
    rule: z
      .discriminatedUnion('by', [
        z.strictObject({ by: z.literal('hash') }),
        z.strictObject({
          by: z.literal('properties'),
          path: property,
          process: property,
          certificate: property,
          createdBy: property,
        }),
        z.strictObject({ by: z.literal('maintenance'), mode: z.enum(['installation', 'learning', 'monitor']) }),
      ])
      .optional()
      .describe('Default hash. Properties: two at least. Maintenance: opens the computer for an hour.'),
    scope: z
      .union([
        z.enum(['computer', 'organization']),
        z.strictObject({ group: id.describe('Computer group of its organization.') }),
      ])
      .optional()
      .describe('Default computer.'),
    elevation: z
      .strictObject({
        mode: z.enum(['none', 'elevate', 'silent']),
        hours: z.int().min(1).max(8760).optional().describe('Default: no end.'),
      })
      .optional()
      .describe('Needed for elevation requests.'),
    expires: z.iso.datetime({ offset: true }).optional().describe('End of it; at most a year ahead.'),
    ticket: z.string().max(64).optional().describe('Ticket number.'),
    comment: z.string().max(500).optional().describe('For colleagues only.'),
    notify: z.string().max(1000).optional().describe('Message to the requester.'),
  }),
  output: decisionResult,
  writes: 'approval',
  handle: ({ requests, ...options }, call) => decideWithPerson(requests, { verdict: 'approve', options }, call),
});
