const MAX = 24;
const EXTENSION = /\.[A-Za-z0-9]{1,8}$/;

/**
 * A file name made typeable: `^[A-Za-z0-9][A-Za-z0-9._-]{0,23}$`, with its extension where that is short. Null where
 * nothing sensible is left, and for every name with a character outside printable ASCII: whoever types a look-alike's
 * transliteration would confirm another name than the one that stands there.
 */
export function slug(name: string): string | null {
  if (!/^[ -~]+$/.test(name)) return null;
  const tidy = trimmed(name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/-+(?=\.)/g, ''));
  const extension = EXTENSION.exec(tidy)?.[0] ?? '';
  const stem = tidy.slice(0, tidy.length - extension.length).slice(0, MAX - extension.length);
  const short = trimmed(trimmed(stem) + extension);
  return /[A-Za-z0-9]/.test(short) ? short : null;
}

function trimmed(text: string): string {
  return text.replace(/^[^A-Za-z0-9]+/, '').replace(/[^A-Za-z0-9]+$/, '');
}
