/** Work that may be parted wherever it yields. */
export type Work<T> = Generator<void, T, void>;

interface WorkOptions {
  /** Asked between pieces; what is no longer wanted ends. */
  readonly isWanted?: () => boolean;
  /** Somebody waits to see it: it is done before all that only prepares something. */
  readonly isUrgent?: boolean;
}

/** Does what is long in pieces, so that the thread which serves every extension is never held for long. */
export interface Slices {
  /**
   * What still fits this turn is done at once; all work of a turn shares its time.
   *
   * @returns `null`: it was no longer wanted. What fails is a promise that does
   */
  run<T>(work: Work<T>, options?: WorkOptions): T | null | Promise<T | null>;
}

/** Goes on with some work until the turn is over. @returns whether it ended */
type GoOn = () => boolean;

const TURN_MS = 8;

/** @param clock milliseconds */
export function createSlices(clock: () => number = () => performance.now()): Slices {
  const urgent: GoOn[] = [];
  const others: GoOn[] = [];
  let turnEnds: number | null = null;

  function isTurnOver(): boolean {
    if (turnEnds === null) {
      turnEnds = clock() + TURN_MS;
      setImmediate(nextTurn);
    }
    return clock() >= turnEnds;
  }

  function nextTurn(): void {
    turnEnds = null;
    for (const waiting of [urgent, others]) {
      for (let first = waiting[0]; first; first = waiting[0]) {
        if (!first()) return;
        waiting.shift();
      }
    }
  }

  return {
    run: <T>(work: Work<T>, { isWanted = () => true, isUrgent = false }: WorkOptions = {}) => {
      /** @returns `null`: the turn is over */
      const step = (): { readonly value: T | null } | null => {
        while (isWanted()) {
          if (isTurnOver()) return null;
          const { done, value } = work.next();
          if (done) return { value };
        }
        return { value: null };
      };
      if (urgent.length === 0 && (isUrgent || others.length === 0)) {
        try {
          const ended = step();
          if (ended) return ended.value;
        } catch (error) {
          return Promise.reject(error);
        }
      }
      return new Promise<T | null>((resolve, reject) => {
        const goOn: GoOn = () => {
          try {
            const ended = step();
            if (ended) resolve(ended.value);
            return ended !== null;
          } catch (error) {
            reject(error);
            return true;
          }
        };
        (isUrgent ? urgent : others).push(goOn);
        // Where no turn has begun yet, nobody would begin the next one.
        isTurnOver();
      });
    },
  };
}
