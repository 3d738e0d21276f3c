import type { Effect, PlanTarget } from '../approval/index.ts';
import { cleanLine } from '../text/index.ts';

/** Told of a planned write that the provider doesn't make for its request. */
export function foreignEffect({ request, write }: PlanTarget): Effect {
  return {
    summary: `This write is none that Countersign makes for ${cleanLine(request)}. Don't countersign it.`,
    details: [cleanLine(`${write.method} ${write.path}`)],
    reach: { level: 'unknown', sentence: 'What it would change is not known.' },
  };
}
