import { createHash } from 'node:crypto';

/** Identifiers that depend on the seed and a name alone, never on the order in which they are asked for. */
export interface Identities {
  /** Lower-case hexadecimal digits, 64 at most. */
  hex(name: string, digits: number): string;
  /** A lower-case version 4 GUID. */
  guid(name: string): string;
}

export function identities(seed: number): Identities {
  const hex = (name: string, digits: number): string =>
    createHash('sha256').update(`${seed}/${name}`).digest('hex').slice(0, digits);
  return {
    hex,
    guid(name) {
      const raw = hex(`guid/${name}`, 32);
      const variant = '89ab'.charAt(Number.parseInt(raw.charAt(16), 16) % 4);
      return `${raw.slice(0, 8)}-${raw.slice(8, 12)}-4${raw.slice(13, 16)}-${variant}${raw.slice(17, 20)}-${raw.slice(20)}`;
    },
  };
}

/** A file keeps its hash whatever the seed, and whichever vendor reports it. */
export function fileHash(purpose: 'sha256' | 'threatlocker', name: string): string {
  return createHash('sha256').update(`${purpose}/${name}`).digest('hex');
}

/** mulberry32: small, seeded, good enough to choose who arrives next. Answers numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
