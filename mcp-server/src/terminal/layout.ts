import type { Output } from './output.ts';

/** Wide enough for a sentence, narrow enough to read. */
const MAX_WIDTH = 120;
const MIN_TEXT = 30;

export function widthOf(output: Output): number {
  return Math.min(output.columns, MAX_WIDTH);
}

/** Lines of a text behind an indent. What is no terminal gets each line whole, so that it can be searched. */
export function wrapped(output: Output, text: string, indent = ''): readonly string[] {
  const room = roomBehind(output, indent);
  return text.split('\n').flatMap((line) => wrapLine(line, room).map((part) => (indent + part).trimEnd()));
}

/**
 * A text whose first line begins with `first`, and whatever wraps with `rest`, which is no shorter. Where only words of ours
 * stand at `first`, nothing that is quoted can pass for them; so a word that is too long is parted here, not at the edge.
 */
export function hanging(output: Output, text: string, first: string, rest: string): readonly string[] {
  const room = roomBehind(output, rest);
  return wrapLine(text.replaceAll('\n', ' '), room)
    .flatMap((line) => pieces(line, room))
    .map((line, index) => ((index === 0 ? first : rest) + line).trimEnd());
}

function roomBehind(output: Output, indent: string): number {
  return output.isTTY ? Math.max(MIN_TEXT, widthOf(output) - indent.length) : Number.POSITIVE_INFINITY;
}

function pieces(text: string, room: number): readonly string[] {
  const characters = [...text];
  if (characters.length <= room) return [text];
  return [characters.slice(0, room).join(''), ...pieces(characters.slice(room).join(''), room)];
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
