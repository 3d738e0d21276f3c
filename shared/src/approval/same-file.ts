import { canonicalJson } from './json.ts';
import type { Certificate, Known } from './request.ts';

/** What tells a file where its SHA-256 is not known: its path with its first signer. `null`: one of them is not known. */
export function pathAndSigner(path: Known<string>, certificates: Known<readonly Certificate[]>): string | null {
  const signer = certificates?.[0]?.subject ?? null;
  // Windows tells no upper from lower case in paths.
  return path === null || signer === null ? null : canonicalJson([path.toLowerCase(), signer]);
}
