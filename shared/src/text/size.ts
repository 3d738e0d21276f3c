const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/**
 * A file's size to read and to compare: "812 bytes", "2.8 MB (2,805,978 bytes)". A kB is 1,000 bytes.
 *
 * @param bytes a whole number from 0
 */
export function formatSize(bytes: number): string {
  const exact = `${bytes.toLocaleString('en')} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length);
  const unit = UNITS[power - 1];
  if (unit === undefined) return exact;
  const rounded = (bytes / 1000 ** power).toLocaleString('en', { maximumSignificantDigits: 3 });
  return `${rounded} ${unit} (${exact})`;
}
