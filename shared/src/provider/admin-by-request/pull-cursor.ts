import * as z from 'zod';

/** How far /requests was read at one moment, and how many rows all of them were up to there, each counted once. */
const step = z.object({ at: z.number(), highest: z.string().regex(/^\d+$/), rows: z.number() });
type Step = z.infer<typeof step>;

const pullCursor = z.object({
  /** For /auditlog/delta: .NET ticks beyond 2^53, hence text. */
  deltaTime: z.string().regex(/^\d+$/),
  /** The last steps, oldest first. */
  steps: z.array(step),
  /** When the last whole pull began; `null`: there was none yet. Milliseconds since 1970, as everywhere here. */
  wholeAt: z.number().nullable(),
  /** When the last whole reading of everything that is listed began. */
  sweptAt: z.number().nullable(),
});
export type PullCursor = z.infer<typeof pullCursor>;

/** `null` for none, and for another version's: then everything is read, and what was told before is known to be. */
export function readCursor(text: string | null, now: number): PullCursor | null {
  if (text === null) return null;
  const read = pullCursor.safeParse(JSON.parse(text)).data;
  return read === undefined ? null : withoutFuture(read, now);
}

/**
 * Times that are still to come were written by a clock that was ahead, and would hold up for as long whatever waits for time
 * to pass. For each stands the one that makes most be read.
 */
function withoutFuture(cursor: PullCursor, now: number): PullCursor {
  const { deltaTime, steps, wholeAt, sweptAt } = cursor;
  return {
    ...cursor,
    steps: steps.map((one) => ({ ...one, at: Math.min(one.at, now) })),
    wholeAt: wholeAt !== null && wholeAt > now ? lastChange(deltaTime, now) : wholeAt,
    sweptAt: sweptAt !== null && sweptAt > now ? null : sweptAt,
  };
}

const TICKS_BEFORE_1970 = 621_355_968_000_000_000n;

/** Of those that a pull had seen, by the vendor's clock: the pull was no earlier. .NET ticks are 100 ns since the year 1. */
function lastChange(ticks: string, now: number): number {
  const at = Number((BigInt(ticks) - TICKS_BEFORE_1970) / 10_000n);
  return at > 0 && at < now ? at : now;
}

const HOUR = 60 * 60_000;
/**
 * A request may become visible after others with higher ids. How late isn't documented: the id is given by the vendor's own
 * server, so that it is a matter of its transactions, and an hour is long. What comes later still is found by the day's
 * reading of everything.
 */
const LATE = HOUR;
/** Of a long list about a page is read again. */
const MOST_AGAIN = 1000;

/** From which id on requests are read; `null`: from the first. */
export function startOf({ steps, wholeAt }: PullCursor): string | null {
  const settled = settledStep(steps, wholeAt);
  return settled === undefined ? null : String(BigInt(settled.highest) + 1n);
}

/**
 * The last step that nothing can come before any more, or behind which a page is enough. Of a first reading that was broken
 * off it is the latter alone: what it left out may have become visible meanwhile.
 */
function settledStep(steps: readonly Step[], wholeAt: number | null): Step | undefined {
  const rows = steps.at(-1)?.rows ?? 0;
  const isSettled = ({ at }: Step) => wholeAt !== null && at < wholeAt - LATE;
  return steps.findLast((one) => isSettled(one) || one.rows <= rows - MOST_AGAIN);
}

/** The cursor after a page, with no more steps than the next pull can need. @param added rows above the last step's highest id */
export function stepped(cursor: PullCursor, at: number, highest: string, added: number): PullCursor {
  const last = cursor.steps.at(-1);
  if (last !== undefined && BigInt(highest) <= BigInt(last.highest)) return cursor;
  const steps = [...cursor.steps, { at, highest, rows: (last?.rows ?? 0) + added }];
  const settled = settledStep(steps, cursor.wholeAt ?? at);
  return { ...cursor, steps: settled === undefined ? steps : steps.slice(steps.indexOf(settled)) };
}
