import type { Finding } from '../approval/index.ts';
import { quoted } from '../text/index.ts';

const FACT_SHOWN = 100;

/** The sentence, and the fact it rests on, so that a reader can disagree. */
export function findingText({ message, fact }: Pick<Finding, 'message' | 'fact'>): string {
  return `${message} Rests on: ${quoted(fact, FACT_SHOWN)}`;
}
