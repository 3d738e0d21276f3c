import type { DecisionStatus } from '@countersign/shared/approval';
import { type DecisionResult, isUnclear } from '@countersign/shared/decide';
import { decisionResultOf } from '../present/decision.ts';
import { type ExitCode, exitCodeOf, FAILED, UNCLEAR } from './exit-code.ts';
import { type Output, write } from './output.ts';

/** Where a decision stands, as the tools answer it, and as a person reads it. */
export interface Told {
  readonly result: DecisionResult;
  readonly lines: readonly string[];
}

/** Says it on standard output, and by the exit code. */
export async function tell({ result, lines }: Told, json: boolean, output: Output): Promise<ExitCode> {
  if (json) output.out(JSON.stringify(decisionResultOf(result), null, 2));
  else write(output, lines);
  return await toldOf(result, output);
}

/** The exit code of what was just written to standard output; where that could not be, a sentence says what is not told. */
export async function toldOf(result: DecisionResult, output: Output): Promise<ExitCode> {
  const failure = await output.written();
  if (failure === null) return exitCodeOf(result);
  const { sentence, code } = untold(result, failure);
  output.err(sentence);
  return code;
}

/** A decision of which standard output could not tell. @param failure such as `ENOSPC` */
export function untold(
  { decision, status, targets }: DecisionResult,
  failure: string,
): { readonly sentence: string; readonly code: ExitCode } {
  const known = targets.some(isUnclear) ? WHAT_HAPPENED.unknown : WHAT_HAPPENED[status];
  // Nothing was planned, so that only another decision can have done anything.
  const isNothing = known === undefined || (decision === null && status !== 'unknown');
  const named = decision === null ? '' : ` (decision ${decision})`;
  const said = isNothing ? 'Nothing was carried out, and' : `${known}${named}, but`;
  return {
    sentence: `${said} standard output could not be written (${failure}).`,
    code: isNothing ? FAILED : UNCLEAR,
  };
}

/** Where something may have been done; the journal knows the rest. */
const WHAT_HAPPENED: Readonly<Partial<Record<DecisionStatus, string>>> = {
  applied: 'It was carried out',
  'already-handled': 'It was handled already',
  partial: 'Its requests ended differently',
  unknown: 'It is unclear whether it was carried out',
};
