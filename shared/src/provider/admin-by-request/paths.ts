type Parameters = Readonly<Record<string, string | number | undefined>>;

/** `?a=1&b=2`, encoded; what is `undefined` is left out. The vendor takes parameters as headers too, which can't hold more than Latin-1. */
export function query(parameters: Parameters): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(wellFormed(String(value)))}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Half of a surrogate pair would make encodeURIComponent throw. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/**
 * A name as one segment of a path, encoded; `null` where it can't be one. A slash might be decoded on the way, and
 * /inventory/{name}/pin is a GET that issues a PIN code; a segment of dots would be taken as the folder above.
 */
export function segment(name: string): string | null {
  if (!/^[^/?#%\p{Cc}\p{Surrogate}]{1,200}$/u.test(name) || /^\.+$/.test(name.trim())) return null;
  return encodeURIComponent(name);
}
