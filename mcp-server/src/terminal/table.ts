import CliTable3 from 'cli-table3';
import { widthOf } from './layout.ts';
import { type Output, painted } from './output.ts';

export interface Column {
  readonly title: string;
  /** Narrower than this it tells nothing. */
  readonly min: number;
  readonly max: number;
}

/** Cells with lines under them over the table's whole width; or such a line alone, before rows that belong together. */
export type Row =
  | { readonly cells: readonly string[]; readonly below: readonly string[] }
  | { readonly heading: string };

const GAP = 2;
const NO_BORDERS = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);

/** A table without lines, fitted to the terminal: columns give way evenly, and what is cut ends in an ellipsis. */
export function table(output: Output, columns: readonly Column[], rows: readonly Row[]): string {
  const grid = new CliTable3({
    chars: NO_BORDERS,
    colWidths: [...widths(columns, rows, widthOf(output))],
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
  });
  grid.push(columns.map(({ title }) => painted(output, 'bold', title)));
  const across = (content: string) => [{ content, colSpan: columns.length }];
  for (const row of rows) {
    if ('heading' in row) grid.push(across(''), across(row.heading));
    else grid.push([...row.cells], ...row.below.map(across));
  }
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function widths(columns: readonly Column[], rows: readonly Row[], room: number): readonly number[] {
  const wanted = columns.map(({ title, min, max }, index) => {
    const longest = Math.max(
      title.length,
      ...rows.map((row) => ('cells' in row ? [...(row.cells[index] ?? '')].length : 0)),
    );
    return Math.min(Math.max(longest, min), max) + GAP;
  });
  for (;;) {
    const spare = room - wanted.reduce((sum, width) => sum + width, 0);
    if (spare >= 0) {
      // The second lines may take all the room there is.
      const last = wanted.length - 1;
      return wanted.map((width, index) => (index === last ? width + spare : width));
    }
    const widest = indexOfWidest(wanted, columns);
    if (widest < 0) return wanted;
    wanted[widest] = (wanted[widest] ?? 0) - 1;
  }
}

/** The widest column that may still give way; -1 where none may. */
function indexOfWidest(current: readonly number[], columns: readonly Column[]): number {
  return current.reduce((best, width, index) => {
    const mayShrink = width > (columns[index]?.min ?? 0) + GAP;
    return mayShrink && width > (current[best] ?? 0) ? index : best;
  }, -1);
}
