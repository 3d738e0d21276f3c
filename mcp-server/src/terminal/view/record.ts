import type { RecordedWrite } from '@countersign/shared/sandbox';
import { wrapped } from '../layout.ts';
import type { Output } from '../output.ts';

/** What reached a sandbox, by its own account. */
export function recordLines(output: Output, record: readonly RecordedWrite[]): readonly string[] {
  if (record.length === 0) return ["The sandbox's own record: no write reached it."];
  return [
    "The sandbox's own record of what reached it:",
    ...record.flatMap(({ verdict, requestId, method, path, effect, status }) =>
      wrapped(
        output,
        `${verdict} ${requestId ?? ''}: ${effect} (${method} ${path}, ${status === null ? 'no answer' : `HTTP ${status}`})`,
        '  ',
      ),
    ),
  ];
}
