import type { UnattendedOrder } from '@countersign/shared/decide';
import type { Runtime } from '../runtime.ts';
import type { ExitCode } from './exit-code.ts';
import { wrapped } from './layout.ts';
import { locate } from './locate.ts';
import { type Output, write } from './output.ts';
import { toldOf } from './tell.ts';
import { unattendedAnswer } from './unattended-answer.ts';
import { choiceLines } from './view/decision.ts';
import { endLines } from './view/end.ts';

/** Carries back one decision of a ticket system; nobody is asked. */
export async function unattended(
  order: UnattendedOrder,
  { json }: { readonly json: boolean },
  output: Output,
  runtime: Runtime,
): Promise<ExitCode> {
  try {
    await locate(runtime.book, order.request);
    const result = await runtime.decisions.unattended(order);
    if (json) {
      output.out(JSON.stringify(unattendedAnswer(result), null, 2));
      return await toldOf(result, output);
    }
    write(output, endLines(output, result));
    if (result.choices) {
      write(output, ['', ...choiceLines(output, result.choices), '']);
      write(output, wrapped(output, 'With "--json" they stand with the options that take them.'));
    }
    return await toldOf(result, output);
  } finally {
    runtime.close();
  }
}
