/**
 * The requester's reason: base64 of UTF-8 in lists and in GetById, plain in GetPermitApplicationById (seen live).
 * What doesn't decode to readable text is taken as it stands, and so is a single short word: "file" is sound base64 too.
 */
export function decodeReason(text: string | null): string | null {
  if (text === null) return null;
  const compact = text.trim();
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return text;
  if (compact.length <= 8 && /^[A-Z]?[a-z]+$/.test(compact)) return text;
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.toString('base64') !== compact) return text;
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isReadable(decoded) ? decoded : text;
  } catch {
    return text;
  }
}

function isReadable(text: string): boolean {
  return !/[\p{Cc}\p{Cn}]/u.test(text.replace(/[\t\r\n]/g, ''));
}
