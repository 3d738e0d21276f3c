interface Told {
  readonly request: string;
  readonly event: string;
  readonly status?: string;
}

/** A system that keeps every line it ever got whole. */
export interface Receiver {
  take(lines: readonly string[]): void;
  /** What was last told of each request, by reference. */
  last(): ReadonlyMap<string, Told>;
  /** Lines that came again and were not the same. */
  readonly contradictions: readonly string[];
}

export function createReceiver(): Receiver {
  const bySeq = new Map<number, string>();
  const contradictions: string[] = [];
  return {
    contradictions,
    take: (lines) => {
      for (const line of lines) {
        const { seq } = JSON.parse(line) as { seq: number };
        const before = bySeq.get(seq);
        if (before !== undefined && before !== line) contradictions.push(`${before}\nand then\n${line}`);
        bySeq.set(seq, line);
      }
    },
    last: () => {
      const inOrder = [...bySeq].sort(([one], [other]) => one - other);
      return new Map(
        inOrder.map(([, line]) => {
          const told = JSON.parse(line) as Told;
          return [told.request, told] as const;
        }),
      );
    },
  };
}
