/** Whether a path pattern with ThreatLocker's `*` covers a path; the case of letters doesn't count. */
export function covers(pattern: string, path: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = path.toLowerCase();
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
