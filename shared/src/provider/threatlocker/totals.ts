export interface Totals {
  readonly items: number;
  readonly pages: number;
}

/** The `pagination` header, seen live: `{"currentPage","itemsPerPage","totalItems","totalPages",…}`. Absent on some servers. */
export function totalsOf(headers: Headers): Totals | null {
  const header = headers.get('pagination');
  if (header === null) return null;
  try {
    const { totalItems, totalPages } = JSON.parse(header) as { totalItems?: unknown; totalPages?: unknown };
    return typeof totalItems === 'number' && typeof totalPages === 'number'
      ? { items: totalItems, pages: totalPages }
      : null;
  } catch {
    return null;
  }
}
