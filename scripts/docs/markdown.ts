/** The first line of a page. */
export function titled(title: string, introduction: string, ...parts: readonly string[]): string {
  return [
    `# ${title}`,
    '<!-- Made from the code by `npm run docs`; changed there, not here. -->',
    introduction,
    ...parts,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** A table; none where it would have no rows. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return plain(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** What isn't code shows angle brackets as they are, which Markdown would take for a tag. */
export function plain(text: string): string {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '\\<') : part))
    .join('`');
}

export function code(text: string): string {
  return `\`${text}\``;
}
