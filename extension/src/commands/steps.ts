import type { Step, StepPlace } from '../host/index.ts';

/** One question of several: what was answered so far goes in, and comes out with its own answer. */
export type Ask<Answers> = (answers: Answers, place: StepPlace) => Promise<Step<Answers>>;

/** Asks one question after the other; whoever goes back is asked the one before again. @returns `null`: it was closed */
export async function askInSteps<Answers>(
  title: string,
  start: Answers,
  questions: readonly Ask<Answers>[],
): Promise<Answers | null> {
  const answers: Answers[] = [start];
  while (answers.length <= questions.length) {
    const [now = start] = answers.slice(-1);
    const ask = questions[answers.length - 1];
    if (!ask) break;
    const step = await ask(now, { title, step: answers.length, totalSteps: questions.length });
    if (step.kind === 'cancelled') return null;
    if (step.kind === 'done') answers.push(step.value);
    else if (answers.length > 1) answers.pop();
  }
  return answers.at(-1) ?? null;
}
