import type { DecisionResult } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';
import { choice, choiceOf } from './application.ts';

export const decisionResult = z.object({
  decision: z.string().nullable(),
  status: z.string(),
  by: z.string().optional(),
  message: z.string(),
  targets: z.array(
    z.object({
      request: z.string(),
      status: z.string(),
      decidedBy: z.string().optional(),
      attribution: z.string().optional(),
      message: z.string(),
    }),
  ),
  choices: z.array(choice).optional(),
  journal: z.string().optional(),
});

export function decisionResultOf(result: DecisionResult): z.output<typeof decisionResult> {
  return {
    decision: result.decision,
    status: result.status,
    ...(result.by ? { by: result.by } : {}),
    message: result.message,
    targets: result.targets.map(({ request, status, decidedBy, attribution, message }) => ({
      request,
      status,
      ...(decidedBy === undefined ? {} : { decidedBy: cleanLine(decidedBy, 100) }),
      ...(attribution === undefined ? {} : { attribution }),
      message,
    })),
    ...(result.choices ? { choices: result.choices.map(choiceOf) } : {}),
    ...(result.journal ? { journal: result.journal } : {}),
  };
}
