import type { SameFile } from './same-file.ts';

const WORDS: Readonly<Record<SameFile | 'none', string>> = {
  sha256: 'same SHA-256',
  'vendor-hash': "same hash of the vendor's",
  'path-and-signer': 'same path and signer',
  'path-and-vendor': "same path and publisher's name, which proves nothing",
  none: 'nothing tells the file',
};

/** By what a file was told to be the same, in words. */
export function sameFileText(by: string): string {
  return Object.hasOwn(WORDS, by) ? WORDS[by as keyof typeof WORDS] : by;
}
