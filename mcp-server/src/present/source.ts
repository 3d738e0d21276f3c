import type { Source } from '@countersign/shared/queue';
import * as z from 'zod';

export const sourceState = z.object({
  account: z.string(),
  state: z.string(),
  at: z.string().optional(),
  error: z.object({ kind: z.string(), message: z.string() }).optional(),
  notes: z.array(z.string()).optional(),
});

export function sourceOf(source: Source): z.output<typeof sourceState> {
  if (source.state !== 'ready') return { account: source.account, state: source.state, error: source.error };
  const notes = source.notes.length > 0 ? { notes: [...source.notes] } : {};
  return { account: source.account, state: source.state, at: source.at, ...notes };
}

/** What can't be seen in the list itself: queues that failed, and what a vendor would not tell. */
export function sourceWarnings(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) =>
    source.state === 'ready'
      ? source.notes.map((note) => `${source.account}: ${note}`)
      : [`${source.account} could not be read, so its requests are missing here: ${source.error.message}`],
  );
}
