/** Whom a decision affects, from the narrowest to the widest. What can't be known counts as wider than an organization. */
export const REACH_LEVELS = ['none', 'computer', 'group', 'organization', 'unknown'] as const;
export type ReachLevel = (typeof REACH_LEVELS)[number];

export interface Reach {
  readonly level: ReachLevel;
  /** One plain sentence. */
  readonly sentence: string;
}

export function isWider(a: ReachLevel, b: ReachLevel): boolean {
  return REACH_LEVELS.indexOf(a) > REACH_LEVELS.indexOf(b);
}

export function widest(levels: readonly ReachLevel[]): ReachLevel {
  return levels.reduce<ReachLevel>((wide, level) => (isWider(level, wide) ? level : wide), 'none');
}
