import { closed } from '@countersign/shared/account';
import { isJsonObject } from '@countersign/shared/approval';
import type { UnattendedOrder } from '@countersign/shared/decide';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as z from 'zod';
import { approveInput, denyInput } from '../tools/decision-input.ts';

export type CarriedVerdict = UnattendedOrder['decision']['verdict'];

const attested = { request: z.string(), verdict: z.string(), countersignedBy: z.string(), ticket: z.string() };
const { elevation, expires, comment, notify } = approveInput;

/** What could widen whom it reaches is not among it: no scope, no other rule, no application that others have. */
const approval = closed({
  ...attested,
  /** Of the file that the person saw. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
  application: z
    .discriminatedUnion('use', [
      closed({ use: z.literal('matching'), id: z.guid() }),
      closed({ use: z.literal('new'), name: z.string().min(1).max(100).optional() }),
    ])
    .optional(),
  elevation,
  expires,
  comment,
  notify,
});
const denial = closed({ ...attested, ...denyInput });

/** One line of JSON as an order, or why it is none, to stand behind its number. */
export function carriedLine(text: string, verdict: CarriedVerdict): UnattendedOrder | string {
  const value = parsed(text);
  if (!isJsonObject(value)) return 'it is no JSON object';
  // Looked at before anything else: a decision that means the other thing is told as that.
  if (value['verdict'] !== verdict) return otherVerdict(value['verdict'], verdict);
  return verdict === 'approve' ? read(approval, value, approvalOf) : read(denial, value, denialOf);
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  orderOf: (given: z.output<Schema>) => UnattendedOrder,
): UnattendedOrder | string {
  const result = schema.safeParse(value);
  if (result.success) return orderOf(result.data);
  return result.error.issues.map(problemOf).join('; ');
}

function approvalOf({ request, countersignedBy, ticket, sha256, verdict: _, ...options }: z.output<typeof approval>) {
  const shown = sha256 === undefined ? {} : { sha256 };
  return { request, countersignedBy, ticket, ...shown, decision: { verdict: 'approve', options } } as const;
}

function denialOf({ request, countersignedBy, ticket, verdict: _, ...options }: z.output<typeof denial>) {
  return { request, countersignedBy, ticket, decision: { verdict: 'deny', options } } as const;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function otherVerdict(given: unknown, verdict: CarriedVerdict): string {
  if (given === undefined) return `its "verdict" is missing; here it must be "${verdict}"`;
  const said = typeof given === 'string' ? quoted(given, 40) : 'no text';
  return `its "verdict" is ${said}, and this is "countersign ${verdict}", which carries back nothing else`;
}

function problemOf({ code, path, message, ...issue }: z.core.$ZodIssue): string {
  const place = cleanLine(path.join('.'), 60);
  if (code === 'unrecognized_keys') return cleanLine(message.replaceAll('\n', ' ').replace(/[.]$/, ''), 300);
  const isMissing = code === 'invalid_type' && 'input' in issue && issue.input === undefined;
  return isMissing || /received undefined$/.test(message)
    ? `its "${place}" is missing`
    : `its "${place}" won't do: ${cleanLine(message, 200)}`;
}
