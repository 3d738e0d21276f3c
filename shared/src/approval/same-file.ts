import { canonicalJson } from './json.ts';
import type { Certificate, Known } from './request.ts';

/** Whose valid signature a file carries. Anybody can write a name into one that isn't valid. */
export function validSigner(certificates: Known<readonly Certificate[]>): Known<string> {
  return certificates?.find(({ valid, digestMismatch }) => valid === true && digestMismatch !== true)?.subject ?? null;
}

/** What tells a file where its SHA-256 is not known: its path with its signer. `null`: one of them is not known for sure. */
export function pathAndSigner(path: Known<string>, certificates: Known<readonly Certificate[]>): string | null {
  const signer = validSigner(certificates);
  return path === null || signer === null ? null : canonicalJson([pathKey(path), signer]);
}

/** Windows tells no upper from lower case in paths. */
function pathKey(path: string): string {
  return path.includes('\\') ? path.toLowerCase() : path;
}
