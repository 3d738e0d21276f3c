import { canonicalJson } from './json.ts';
import type { Certificate, Known } from './request.ts';

/** What tells a file where its SHA-256 is not known: its path with its signer. `null`: one of them is not known for sure. */
export function pathAndSigner(path: Known<string>, certificates: Known<readonly Certificate[]>): string | null {
  // Anybody can write a name into a signature that isn't valid.
  const signer = certificates?.find(({ valid, digestMismatch }) => valid === true && digestMismatch !== true)?.subject;
  return path === null || signer === null || signer === undefined ? null : canonicalJson([pathKey(path), signer]);
}

/** Windows tells no upper from lower case in paths. */
function pathKey(path: string): string {
  return path.includes('\\') ? path.toLowerCase() : path;
}
