import * as z from 'zod';
import { FINDING_IDS, type FindingId, parseAccountId, parseApproverKey, type Severity } from '../approval/index.ts';
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
  id: accountId,
  label: visible(60).optional(),
  endpoint: endpoint.optional(),
  assistants: z.enum(['none', 'read', 'propose']).default('propose'),
  contactDetails: z.boolean().default(false),
  channels: z
    .array(z.enum(CHANNELS))
    .min(1)
    .transform((named) => CHANNELS.filter((channel) => named.includes(channel)))
    .default([...CHANNELS]),
  elicitationReach: z.enum(['computer', 'group', 'organization', 'any']).default('computer'),
};

const threatLocker = closed({
  provider: z.literal('threatlocker'),
  instance: z.string().regex(INSTANCE, {
    error:
      'must be the instance alone, such as "g": lower-case letters and digits (in the portal: Help > Organization Instance)',
  }),
  apiToken: secretReference,
  organizationId: guid.optional(),
  includeChildOrganizations: z.boolean().default(true),
  ...basics,
});

const adminByRequest = closed({
  provider: z.literal('admin-by-request'),
  dataCenter: z.string().regex(DATA_CENTER, {
    error: 'must be the data centre alone, such as "dc1" (in the portal: Settings > Tenant Settings > Data > API Keys)',
  }),
  apiKey: secretReference,
  approverEmail: email.optional(),
  ...basics,
});

const severity = z.enum(['info', 'caution', 'stop']);

/** Severities by finding; `vague-reason` is an earlier spelling. */
const severities = closed({
  ...(Object.fromEntries(FINDING_IDS.map((id) => [id, severity.optional()])) as Record<
    FindingId,
    z.ZodOptional<typeof severity>
  >),
  'vague-reason': severity.optional(),
}).transform(({ 'vague-reason': vague, ...given }): Partial<Record<FindingId, Severity>> => {
  const all = { 'reason-vague': vague, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
});

const names = z.array(visible(100)).max(1_000).default([]);

const guardrails = closed({
  severity: severities.prefault({}),
  attackTools: names,
  remoteAccessTools: names,
  networkTools: names,
  userWritablePaths: z.array(visible(300)).max(1_000).default([]),
});

const confirmation = closed({
  approverKeys: z
    .array(
      z.string().refine((text) => parseApproverKey(text) !== null, {
        error: 'must be an Ed25519 public key: "ed25519:" and the base64 of its 32 bytes',
      }),
    )
    .max(100)
    .default([]),
  waitSeconds: z.int().min(1).max(600).default(45),
  expiresMinutes: z.int().min(1).max(60).default(10),
});

const http = closed({ token: secretReference.optional() });

/** The accounts file. */
export const settingsSchema = closed({
  approver: closed({ name: visible(100).optional(), email: email.optional() }).default({}),
  accounts: z
    .array(z.discriminatedUnion('provider', [threatLocker, adminByRequest]))
    .min(1)
    .max(200),
  guardrails: guardrails.prefault({}),
  confirmation: confirmation.prefault({}),
  http: http.prefault({}),
});

export type RawSettings = z.output<typeof settingsSchema>;
