import { SettingsError } from '@countersign/shared/account';
import { parseReference, type RequestReference } from '@countersign/shared/approval';
import { type DecisionResult, type UnattendedOrder, whyNotBegun } from '@countersign/shared/decide';
import type { Runtime } from '../runtime.ts';
import { type CarriedVerdict, carriedLine } from './carried-line.ts';
import { type ExitCode, exitCodeOf, SHOWN, USAGE, worse } from './exit-code.ts';
import { type InputLine, inputLines } from './input-lines.ts';
import type { Surroundings } from './surroundings.ts';
import { untold } from './tell.ts';
import { unattendedAnswer } from './unattended-answer.ts';

interface Answered {
  readonly result: DecisionResult;
  readonly code: ExitCode;
}

/**
 * Carries back decisions of a ticket system, a line of JSON each, one after the other as they come; answers each with a line of
 * its own. Told to stop, it ends the one that it is at.
 */
export async function unattendedLines(
  verdict: CarriedVerdict,
  { input, output, deliver, untilStopped }: Surroundings,
  runtime: Runtime,
): Promise<ExitCode> {
  const stopped = untilStopped().then(() => null);
  try {
    // Accounts that nobody can read are told once, not with every line.
    await runtime.book.now();
    const carry = carrier(verdict, runtime);
    const lines = inputLines(input)[Symbol.asyncIterator]();
    let code: ExitCode = SHOWN;
    for (;;) {
      const coming = lines.next();
      // The input is closed under it when the command is told to stop, and nobody waits for it any more.
      coming.catch(() => undefined);
      const next = await Promise.race([stopped, coming]);
      if (next === null || next.done) return code;
      const answered = await carry(next.value);
      if (answered === null) continue;
      code = worse(code, answered.code);
      const line = JSON.stringify({ line: next.value.number, ...unattendedAnswer(answered.result) });
      // Whoever is not told can't tell others, so nothing more is done in their name.
      const failure = await deliver(line);
      if (failure === null) continue;
      const lost = untold(answered.result, failure);
      output.err(`Line ${next.value.number}: ${lost.sentence} No line after it was begun.`);
      return worse(code, lost.code);
    }
  } finally {
    input.destroy();
    runtime.close();
  }
}

/** Takes one line after the other, and remembers what failed in a way that concerns an account's others. `null`: it is empty. */
function carrier(verdict: CarriedVerdict, runtime: Runtime) {
  const stopped = new Map<string, string>();
  return async (line: InputLine): Promise<Answered | null> => {
    if ('text' in line && line.text === '') return null;
    const order = 'text' in line ? carriedLine(line.text, verdict) : line.problem;
    if (typeof order === 'string') {
      const message = `Line ${line.number} was not taken: ${order}. Nothing was sent.`;
      return { result: { ...NOTHING, status: 'refused', by: 'client', message }, code: USAGE };
    }
    const account = parseReference(order.request)?.account ?? '';
    const failure = stopped.get(account);
    const result = failure === undefined ? await carried(order, runtime) : notBegun(order, whyNotBegun(failure));
    if (result.concernsAll) stopped.set(account, failure ?? result.message.replace(/ Nothing was sent\.$/, ''));
    return { result, code: exitCodeOf(result.status) };
  };
}

async function carried(order: UnattendedOrder, { decisions }: Runtime): Promise<DecisionResult> {
  try {
    return await decisions.unattended(order);
  } catch (error) {
    if (error instanceof SettingsError) return notBegun(order, error.message);
    throw error;
  }
}

const NOTHING = { decision: null, targets: [] } as const;

function notBegun({ request }: UnattendedOrder, because: string): DecisionResult {
  const status = 'not-applied';
  const message = `${because} Nothing was sent.`;
  return { decision: null, status, message, targets: [{ request: request as RequestReference, status, message }] };
}
