import type { DecisionResult } from '@countersign/shared/decide';
import type { TargetOutcome } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';
import { choice, choiceOf } from './application.ts';

const MESSAGE_MAX = 1000;

export const decisionTarget = z.object({
  request: z.string(),
  status: z.string(),
  decidedBy: z.string().optional(),
  attribution: z.string().optional(),
  message: z.string(),
});

export const decisionResult = z.object({
  decision: z.string().nullable(),
  status: z.string(),
  by: z.string().optional(),
  message: z.string(),
  targets: z.array(decisionTarget),
  choices: z.array(choice).optional(),
  journal: z.string().optional(),
});

export function decisionResultOf(
  result: Omit<DecisionResult, 'status'> & { readonly status: string },
): z.output<typeof decisionResult> {
  return {
    decision: result.decision,
    status: result.status,
    ...(result.by ? { by: result.by } : {}),
    message: cleanLine(result.message, MESSAGE_MAX),
    targets: result.targets.map(decisionTargetOf),
    ...(result.choices ? { choices: result.choices.map(choiceOf) } : {}),
    ...(result.journal ? { journal: result.journal } : {}),
  };
}

export function decisionTargetOf({
  request,
  status,
  decidedBy,
  attribution,
  message,
}: Omit<TargetOutcome, 'status'> & { readonly status: string }): z.output<typeof decisionTarget> {
  return {
    request: cleanLine(request, 100),
    status,
    ...(decidedBy === undefined ? {} : { decidedBy: cleanLine(decidedBy, 100) }),
    ...(attribution === undefined ? {} : { attribution }),
    message: cleanLine(message, MESSAGE_MAX),
  };
}
