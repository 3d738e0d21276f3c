import * as z from 'zod';
import { decideWithPerson } from '../confirm/decide-with-person.ts';
import { decisionResult } from '../present/decision.ts';
import { requestInput } from './common.ts';
import { defineTool } from './tool.ts';

const id = z.guid();
const property = z.string().min(1).max(1000).optional();

export const approveRequest = defineTool({
  name: 'approve_request',
  title: 'Propose an approval',
  description:
    'Proposes to approve approval requests. A person is asked and has to type a confirmation; nothing is sent without it, and no argument replaces it. Use it only when the user wants an approval, after get_request. An answer needs-choice lists the choices with whom they reach: let the user choose. The options below are for ThreatLocker; Admin By Request takes none.',
  input: z.strictObject({
    requests: z.array(requestInput).min(1).max(100).describe('References, all of one vendor.'),
    application: z
      .discriminatedUnion('use', [
        z.strictObject({
          use: z.literal('matching'),
          id: id.describe('From check_matching_apps; permits everything in it.'),
        }),
        z.strictObject({
          use: z.literal('existing'),
          id: id.describe('From get_permit_options; the file is added to it.'),
        }),
        z.strictObject({
          use: z.literal('new'),
          name: z.string().min(1).max(100).describe('Name of the new application.'),
        }),
      ])
      .optional()
      .describe('Left out: a new application for this file alone, unless one matches.'),
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
      .describe(
        'For a new or existing application; default hash. Properties: two at least. Maintenance: opens the computer for an hour.',
      ),
    scope: z
      .union([
        z.enum(['computer', 'organization']),
        z.strictObject({ group: id.describe('A computer group of the same organization.') }),
      ])
      .optional()
      .describe('Whom the policy reaches; default computer.'),
    elevation: z
      .strictObject({
        mode: z.enum(['none', 'elevate', 'silent']),
        hours: z.int().min(1).max(8760).optional().describe('Left out: without an end.'),
      })
      .optional()
      .describe('Administrator rights; has to be said for elevation requests.'),
    expires: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When the permit ends, with offset; at most a year ahead.'),
    ticket: z.string().max(64).optional().describe('Ticket number.'),
    comment: z.string().max(500).optional().describe('For colleagues; the requester does not see it.'),
    notify: z.string().max(1000).optional().describe('Text to the requester; default none.'),
  }),
  output: decisionResult,
  writes: 'approval',
  handle: ({ requests, ...options }, call) => decideWithPerson(requests, { verdict: 'approve', options }, call),
});
