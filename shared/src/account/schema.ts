import * as z from 'zod';
import {
  FINDING_IDS,
  type FindingId,
  parseAccountId,
  parseApproverKey,
  type Severity,
  SURROUNDING_FINDING_IDS,
} from '../approval/index.ts';
import { cleanLine, examineLine } from '../text/index.ts';
import { DATA_CENTER, INSTANCE, loopbackOrigin } from './hosts.ts';
import { closed } from './problems.ts';
import { secretReference } from './secret-reference.ts';

const visible = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => examineLine(text, max).removed === 0, { error: 'must hold no hidden characters' })
    .transform((text) => cleanLine(text, max));

const email = z
  .string()
  .max(254)
  .regex(/^[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, { error: 'must be an e-mail address' });

const guid = z
  .string()
  .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, { error: 'must be an organization id: a GUID with its hyphens' })
  .toLowerCase();

const accountId = z.string().transform((text, context) => {
  const id = parseAccountId(text);
  if (id !== null) return id;
  const message = 'must be 1 to 32 lower-case letters, digits or hyphens, and not begin with a hyphen';
  context.issues.push({ code: 'custom', message, input: text });
  return z.NEVER;
});

const endpoint = z.string().transform((text, context) => {
  const origin = loopbackOrigin(text);
  if (origin !== null) return origin;
  const message =
    'must be an address on this computer, for a sandbox, such as http://127.0.0.1:4810; leave it out to reach the vendor';
  context.issues.push({ code: 'custom', message, input: text });
  return z.NEVER;
});

const CHANNELS = ['extension', 'terminal', 'elicitation'] as const;

const basics = {
  id: accountId.describe('What you call it: lower-case letters, digits and hyphens. Requests are named after it.'),
  label: visible(60).optional().describe('Its name for people; the id where left out.'),
  endpoint: endpoint.optional().describe('Only for a sandbox: an address on this computer, in place of the vendor.'),
  assistants: z
    .enum(['none', 'read', 'propose'])
    .default('propose')
    .describe('Whether assistants see nothing of it, may look, or may propose decisions.'),
  contactDetails: z.boolean().default(false).describe("Whether assistants see requesters' e-mail and phone."),
  channels: z
    .array(z.enum(CHANNELS))
    .min(1)
    .transform((named) => CHANNELS.filter((channel) => named.includes(channel)))
    .default([...CHANNELS])
    .describe("How its decisions may be confirmed: in an editor, at a terminal, in a form of the assistant's client."),
  elicitationReach: z
    .enum(['computer', 'group', 'organization', 'any'])
    .default('computer')
    .describe('How far a decision may reach that is confirmed in such a form. What reaches further needs the others.'),
  unattended: closed({
    secret: secretReference.describe(
      "Where its secret is kept: one of its own, not the vendor's, of 16 characters at least.",
    ),
  })
    .optional()
    .describe('Lets a job carry back what people decided in a ticket system; without it, none may.'),
};

const threatLocker = closed({
  provider: z.literal('threatlocker'),
  instance: z
    .string()
    .regex(INSTANCE, {
      error:
        'must be the instance alone, such as "g": lower-case letters and digits (in the portal: Help > Organization Instance)',
    })
    .describe('Which one it is on, such as "g"; in the portal under Help, Organization Instance.'),
  apiToken: secretReference.describe("Where an API user's token is kept."),
  organizationId: guid.optional().describe("The organization to manage; the token's own where left out."),
  includeChildOrganizations: z.boolean().default(true).describe('Whether the requests of its children are shown too.'),
  ...basics,
});

const adminByRequest = closed({
  provider: z.literal('admin-by-request'),
  dataCenter: z
    .string()
    .regex(DATA_CENTER, {
      error:
        'must be the data centre alone, such as "dc1" (in the portal: Settings > Tenant Settings > Data > API Keys)',
    })
    .describe('Where the tenant is, such as "dc1"; in the portal on the page of its API keys.'),
  apiKey: secretReference.describe('Where the API key is kept.'),
  approverEmail: email
    .optional()
    .describe("A portal user whom the vendor's audit log then names; the approver's address where left out."),
  ...basics,
});

const severity = z.enum(['info', 'caution', 'stop']);
const neverStop = z.enum(['info', 'caution'], {
  error: 'must be "info" or "caution": it is not looked for when a decision is planned, so it could stop none',
});
const severityOf = (id: FindingId) => (SURROUNDING_FINDING_IDS.includes(id) ? neverStop : severity).optional();

/** Severities by finding; `vague-reason` is an earlier spelling. */
const severities = closed({
  ...(Object.fromEntries(FINDING_IDS.map((id) => [id, severityOf(id)])) as Record<
    FindingId,
    ReturnType<typeof severityOf>
  >),
  'vague-reason': severity.optional(),
}).transform(({ 'vague-reason': vague, ...given }): Partial<Record<FindingId, Severity>> => {
  const all = { 'reason-vague': vague, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
});

const names = z.array(visible(100)).max(1_000).default([]);

const guardrails = closed({
  severity: severities.prefault({}).describe('How grave a finding is here, by its id.'),
  attackTools: names.describe('More names of tools that attackers use.'),
  remoteAccessTools: names.describe('More names of tools that let somebody else control a computer.'),
  networkTools: names.describe('More names of tools that look into networks or passwords.'),
  userWritablePaths: z
    .array(visible(300))
    .max(1_000)
    .default([])
    .describe('More folders that anybody can write to, so that what lies there may be anything.'),
});

const confirmation = closed({
  approverKeys: z
    .array(
      z.string().refine((text) => parseApproverKey(text) !== null, {
        error: 'must be an Ed25519 public key: "ed25519:" and the base64 of its 32 bytes',
      }),
    )
    .max(100)
    .default([])
    .describe("Editors' public keys. While there are any, only their signatures and a person at a terminal count."),
  waitSeconds: z
    .int()
    .min(1)
    .max(600)
    .default(45)
    .describe("How long an assistant's call waits for a person outside of its client."),
  expiresMinutes: z.int().min(1).max(60).default(10).describe('How long a proposed decision can be confirmed.'),
});

const http = closed({
  token: secretReference
    .optional()
    .describe('Where the token of `countersign mcp --http` is kept; where left out, one is made in the state folder.'),
});

/** The accounts file. */
export const settingsSchema = closed({
  approver: closed({
    name: visible(100).optional().describe('Your name.'),
    email: email.optional().describe('Your address, by which your own requests and what you have taken on are known.'),
  }).default({}),
  accounts: z
    .array(z.discriminatedUnion('provider', [threatLocker, adminByRequest]))
    .min(1)
    .max(200),
  guardrails: guardrails.prefault({}),
  confirmation: confirmation.prefault({}),
  http: http.prefault({}),
});

export type RawSettings = z.output<typeof settingsSchema>;
