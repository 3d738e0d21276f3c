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

type Carrier = Pick<Runtime, 'book' | 'decisions' | 'now' | 'close'>;

/**
 * Carries back decisions of a ticket system, a line of JSON each, one after the other as they come; answers each with a line of
 * its own. Told to stop, it ends the one that it is at.
 */
export async function unattendedLines(
  verdict: CarriedVerdict,
  { input, output, deliver, untilStopped }: Pick<Surroundings, 'input' | 'output' | 'deliver' | 'untilStopped'>,
  runtime: Carrier,
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

/** How long an account's decisions are not tried after one failed that all would: what has passed is to stop nothing. */
const STOPPED_MS = 60_000;

/** Takes one line after the other, and remembers what failed in a way that concerns an account's others. `null`: it is empty. */
function carrier(verdict: CarriedVerdict, runtime: Carrier) {
  const stopped = new Map<string, { readonly failure: string; readonly until: number }>();
  return async (line: InputLine): Promise<Answered | null> => {
    if ('text' in line && line.text === '') return null;
    const order = 'text' in line ? carriedLine(line.text, verdict) : line.problem;
    if (typeof order === 'string') {
      const message = `Line ${line.number} was not taken: ${order}. Nothing was sent.`;
      return { result: { ...NOTHING, status: 'refused', by: 'client', message }, code: USAGE };
    }
    const account = parseReference(order.request)?.account ?? '';
    const before = stopped.get(account);
    if (before !== undefined && runtime.now() < before.until) {
      const result = notBegun(order, whyNotBegun(before.failure));
      return { result, code: exitCodeOf(result) };
    }
    const result = await carried(order, runtime);
    if (result.concernsAll) {
      const failure = result.message.replace(/ Nothing was sent\.$/, '');
      stopped.set(account, { failure, until: runtime.now() + STOPPED_MS });
    }
    return { result, code: exitCodeOf(result) };
  };
}

async function carried(order: UnattendedOrder, { decisions }: Carrier): Promise<DecisionResult> {
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
