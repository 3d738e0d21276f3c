const EPOCH_MS = 62_135_596_800_000n;

/** .NET ticks: 100 nanoseconds since the year 1, about 6.4e17, so no JavaScript number holds them exactly. */
export function ticksOf(ms: number): bigint {
  return (BigInt(Math.trunc(ms)) + EPOCH_MS) * 10_000n;
}

/** Ticks for the next change: after all earlier ones, and never a multiple of 128, which a double could still hold. */
export function nextTicks(ms: number, last: bigint): bigint {
  const candidate = ticksOf(ms);
  const later = candidate > last ? candidate : last + 1n;
  return later % 128n === 0n ? later + 75n : later;
}
