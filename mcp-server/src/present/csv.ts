import { stringify } from 'csv-stringify/sync';

/**
 * Records of RFC 4180. A spreadsheet would take a cell that begins with `=` or the like for a formula, so that an apostrophe is
 * put before it.
 */
export function asCsv(rows: readonly (readonly unknown[])[]): string {
  return stringify([...rows.map((row) => [...row])], { record_delimiter: 'windows', escape_formulas: true });
}
