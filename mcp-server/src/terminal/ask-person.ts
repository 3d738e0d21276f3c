import {
  type DecisionResult,
  type Decisions,
  despiteText,
  type PersonsAnswer,
  type PlannedDecision,
  stopsIn,
} from '@countersign/shared/decide';
import { facts, wrapped } from './layout.ts';
import { write } from './output.ts';
import type { Prompt } from './prompt.ts';

const DECLINE = 'decline';

/** What came of asking: an answer; or none, because the person left, or because the plan ended before they answered. */
export type Said =
  | Exclude<PersonsAnswer, { readonly kind: 'cancelled' }>
  | { readonly kind: 'left' }
  | { readonly kind: 'elsewhere'; readonly result: DecisionResult };

/**
 * Asks until the person answers or leaves, or until the plan ends without them. A slip of the finger ends nothing.
 *
 * @param isTheirs whether they want it themselves; else they may turn down who does
 */
export async function askPerson(
  decisions: Decisions,
  { plan, findings }: PlannedDecision,
  { isTheirs }: { readonly isTheirs: boolean },
  prompt: Prompt,
): Promise<Said> {
  const { output } = prompt;
  const stops = new Map(stopsIn(plan.verdict, findings).map((stop) => [stop.id, stop]));
  const despite = despiteText([...stops.values()]);
  let isTyped = false;
  const elsewhere = decisions.outcome(plan.decision, new AbortController().signal);
  write(output, [
    'Type',
    ...facts(output, [
      { label: plan.confirmText, text: 'to confirm it' },
      ...(isTheirs
        ? []
        : [{ label: DECLINE, text: 'to reject the proposal; the request is then neither approved nor denied' }]),
    ]),
    isTheirs ? 'or press Enter to leave it; then nothing is sent.' : 'or press Enter to leave it open.',
  ]);
  for (;;) {
    const heard = await Promise.race([prompt.ask('> '), elsewhere]);
    if (heard !== null && typeof heard !== 'string') return { kind: 'elsewhere', result: heard };
    const text = heard?.trim();
    if (!text) return { kind: 'left' };
    if (!isTheirs && text === DECLINE) return { kind: 'declined' };
    const wanted = isTyped ? despite : plan.confirmText;
    if (text !== wanted) {
      const what = isTheirs ? `not "${wanted}"` : `neither "${wanted}" nor "${DECLINE}"`;
      write(output, wrapped(output, `Nothing was done: that is ${what}.`));
    } else if (isTyped || stops.size === 0) {
      return { kind: 'typed', text: plan.confirmText };
    } else {
      isTyped = true;
      write(output, [
        '',
        ...[...stops.values()].flatMap(({ message }) => wrapped(output, message)),
        ...wrapped(output, `To confirm it all the same, type "${despite}".`),
      ]);
    }
  }
}
