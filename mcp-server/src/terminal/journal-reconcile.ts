import { isUnclear } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import { hasLedger } from '../open-user-ledger.ts';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, SHOWN, UNCLEAR } from './exit-code.ts';
import { NO_LEDGER } from './journal-source.ts';
import { wrapped } from './layout.ts';
import { type Output, write } from './output.ts';
import { whileWorking } from './progress.ts';

const MESSAGE_MAX = 1000;

/** What became of writes whose outcome nobody recorded. */
export async function reconcileJournal(
  { json }: { readonly json?: boolean },
  { decisions, close }: Runtime,
  output: Output,
): Promise<ExitCode> {
  try {
    const isThere = hasLedger();
    const outcomes = isThere ? await whileWorking(output, 'Reading what became of them', decisions.reconcile()) : [];
    const targets = outcomes.map(({ request, status, message, decidedBy, attribution }) => ({
      request: cleanLine(request, MESSAGE_MAX),
      status,
      ...(decidedBy === undefined ? {} : { decidedBy: cleanLine(decidedBy, MESSAGE_MAX) }),
      ...(attribution === undefined ? {} : { attribution }),
      message: cleanLine(message, MESSAGE_MAX),
    }));
    if (json) output.out(JSON.stringify({ targets }, null, 2));
    else if (targets.length === 0) output.out(isThere ? 'No write was left without an outcome.' : NO_LEDGER);
    else {
      write(
        output,
        targets.flatMap(({ request, status, message }) => wrapped(output, `${request}: ${status}. ${message}`)),
      );
    }
    return outcomes.some(isUnclear) ? UNCLEAR : SHOWN;
  } finally {
    close();
  }
}
