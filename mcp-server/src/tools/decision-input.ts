import * as z from 'zod';

const id = z.guid();
const property = z.string().min(1).max(1000).optional();

/** What an approval can be told, for assistants and for the terminal's options. */
export const approveInput = {
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
};

/** What a denial can be told. */
export const denyInput = {
  reason: z.string().min(1).max(1000).describe('One clear sentence; the requester may read it.'),
  notify: z.string().max(1000).optional().describe('ThreatLocker: message to the requester.'),
};
