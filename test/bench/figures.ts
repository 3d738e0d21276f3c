/** Of numbers in any order; 0.5 is the median. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** One line: what was measured, its figures, and what they are held against. */
export function report(what: string, figures: string, beside: string): void {
  process.stdout.write(`${what}\n  ${figures}\n  ${beside}\n`);
}

export function timed<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
}
