/** Chance that a seed repeats. */
export interface Chance {
  /** A whole number below `limit`. */
  below(limit: number): number;
  one<const T extends readonly [unknown, ...unknown[]]>(choices: T): T[number];
  /** True so many times in a hundred. */
  percent(share: number): boolean;
}

/** xorshift32, which is enough to choose what goes wrong next. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  const below = (limit: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  return {
    below,
    one: (choices) => choices[below(choices.length)] ?? choices[0],
    percent: (share) => below(100) < share,
  };
}
