import { type Known, pathAndSigner, type Subject } from '../approval/index.ts';

/**
 * How two requests were told to be for the same file.
 * `sha256`: the same bytes · `vendor-hash`: the vendor's own hash of them · `path-and-signer`: the same path and the subject
 * of a certificate that the vendor calls valid, so that the bytes may differ · `path-and-vendor`: the same path and the
 * publisher's name as the vendor shows it, which nothing proves.
 */
export type SameFile = 'sha256' | 'vendor-hash' | 'path-and-signer' | 'path-and-vendor';

/** The best by which this file can be told; `null` when nothing is known that tells it from others. */
export function tellingOf(subject: Subject): SameFile | null {
  if (subject.sha256 !== null) return 'sha256';
  if (subject.vendorHash !== null) return 'vendor-hash';
  return byPath(subject, subject);
}

/** A hash that both sides know has the last word; path and signer count only where there is none. */
export function sameFile(one: Subject, other: Subject): SameFile | null {
  if (one.sha256 !== null && other.sha256 !== null) return one.sha256 === other.sha256 ? 'sha256' : null;
  if (one.vendorHash !== null && other.vendorHash !== null) {
    return one.vendorHash.toLowerCase() === other.vendorHash.toLowerCase() ? 'vendor-hash' : null;
  }
  return byPath(one, other);
}

function byPath(one: Subject, other: Subject): SameFile | null {
  const signed = signedPath(one);
  if (signed !== null && signed === signedPath(other)) return 'path-and-signer';
  return isSame(one.path, other.path) && isSame(one.vendor, other.vendor) ? 'path-and-vendor' : null;
}

/** A certificate that the vendor does not call valid names no signer: anybody can write a name into one. */
function signedPath({ path, certificates }: Subject): Known<string> {
  return pathAndSigner(path, certificates?.filter(({ valid }) => valid === true) ?? null);
}

function isSame(one: Known<string>, other: Known<string>): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}
