/** What is longer stands by itself, so that the others keep a column that fits a terminal. */
const LONGEST = 50;

/** Lines for the end of a command's help. */
export function examples(...lines: readonly (readonly [command: string, does: string])[]): string {
  const lengths = lines.map(([command]) => command.length).filter((length) => length <= LONGEST);
  const column = Math.max(0, ...lengths) + 2;
  const shown = lines.map(([command, does]) =>
    command.length > LONGEST ? `  ${command}\n  ${' '.repeat(column)}${does}` : `  ${command.padEnd(column)}${does}`,
  );
  return ['', 'Examples:', ...shown].join('\n');
}
