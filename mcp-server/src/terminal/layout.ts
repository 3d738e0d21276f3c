import type { Output } from './output.ts';

/** Wide enough for a sentence, narrow enough to read. */
const MAX_WIDTH = 120;
const MIN_TEXT = 30;

export function widthOf(output: Output): number {
  return Math.min(output.columns, MAX_WIDTH);
}

/** Lines of a text behind an indent. What is no terminal gets each line whole, so that it can be searched. */
export function wrapped(output: Output, text: string, indent = ''): readonly string[] {
  const room = output.isTTY ? Math.max(MIN_TEXT, widthOf(output) - indent.length) : Number.POSITIVE_INFINITY;
  return text.split('\n').flatMap((line) => wrapLine(line, room).map((part) => (indent + part).trimEnd()));
}

export interface Fact {
  readonly label: string;
  /** `null`: there is nothing to say, so the line is left out. */
  readonly text: string | null | undefined;
}

/** Labels in one column, their texts beside them, wrapped under themselves. */
export function facts(output: Output, rows: readonly Fact[], indent = '  '): readonly string[] {
  const shown = rows.filter((row): row is { label: string; text: string } => Boolean(row.text));
  const column = indent.length + Math.max(0, ...shown.map(({ label }) => label.length)) + 2;
  return shown.flatMap(({ label, text }) => {
    const [first = '', ...rest] = wrapped(output, text, ' '.repeat(column));
    return [(indent + label).padEnd(column) + first.trimStart(), ...rest];
  });
}

/** At most so many characters, with the sign that some are missing. */
export function shortened(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, Math.max(0, max - 1))
        .join('')
        .trimEnd()}…`;
}

function wrapLine(line: string, room: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && [...longer].length > room) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}
