export interface Totals {
  readonly items: number;
  readonly pages: number;
}

/**
 * The `pagination` header, seen live: `{"currentPage","itemsPerPage","totalItems","totalPages",…}`; or headers of these names,
 * as an article of the vendor's has it for the action log. Absent on some servers.
 */
export function totalsOf(headers: Headers): Totals | null {
  const header = headers.get('pagination');
  if (header === null) return totalsFrom(headers.get('totalItems'), headers.get('totalPages'));
  try {
    const { totalItems, totalPages } = JSON.parse(header) as { totalItems?: unknown; totalPages?: unknown };
    return typeof totalItems === 'number' && typeof totalPages === 'number'
      ? { items: totalItems, pages: totalPages }
      : null;
  } catch {
    return null;
  }
}

function totalsFrom(items: string | null, pages: string | null): Totals | null {
  const [wholeItems, wholePages] = [items, pages].map((text) =>
    text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null,
  );
  return wholeItems == null || wholePages == null ? null : { items: wholeItems, pages: wholePages };
}
