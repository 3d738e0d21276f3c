import type { Step, StepPlace } from './dialogs.ts';

/** One question. It fills in what was answered before, and answers all that is known after it. */
export type Ask<Draft> = (draft: Draft, place: StepPlace) => Promise<Step<Draft>>;

/**
 * Asks one question after the other; from each but the first one can go back, and finds there what was answered.
 *
 * @param questions which they are may follow from what was answered
 * @param from where to begin
 * @returns `null`: the person left
 */
export async function inSteps<Draft>(
  title: string,
  first: Draft,
  questions: (draft: Draft) => readonly Ask<Draft>[],
  from = 0,
): Promise<Draft | null> {
  let draft = first;
  let index = from;
  for (;;) {
    const asks = questions(draft);
    const ask = asks[index];
    if (!ask) return draft;
    const step = await ask(draft, { title, step: index + 1, totalSteps: asks.length });
    switch (step.kind) {
      case 'done':
        draft = step.value;
        index += 1;
        break;
      case 'back':
        if (index === 0) return null;
        index -= 1;
        break;
      case 'cancelled':
        return null;
      default:
        return step satisfies never;
    }
  }
}

/** The step with its answer read. */
export function answered<T, Answer>(step: Step<T>, read: (value: T) => Answer): Step<Answer> {
  return step.kind === 'done' ? { kind: 'done', value: read(step.value) } : step;
}
