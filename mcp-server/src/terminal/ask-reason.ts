import { wrapped } from './layout.ts';
import { write } from './output.ts';
import type { Prompt } from './prompt.ts';

/** Asks for the reason of a denial that was given without one. `null`: none was given. */
export async function askReason(prompt: Prompt): Promise<string | null> {
  const question =
    'Why is it denied? Type one clear sentence, which the requester may read, or press Enter to leave it.';
  write(prompt.output, wrapped(prompt.output, question));
  return (await prompt.ask('> '))?.trim() || null;
}
