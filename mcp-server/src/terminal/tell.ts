import type { DecisionResult } from '@countersign/shared/decide';
import { decisionResultOf } from '../present/decision.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { type Output, write } from './output.ts';

/** Where a decision stands, as the tools answer it, and as a person reads it. */
export interface Told {
  readonly result: DecisionResult;
  readonly lines: readonly string[];
}

/** Says it on standard output, and by the exit code. */
export function tell({ result, lines }: Told, json: boolean, output: Output): ExitCode {
  if (json) output.out(JSON.stringify(decisionResultOf(result), null, 2));
  else write(output, lines);
  return exitCodeOf(result.status);
}
