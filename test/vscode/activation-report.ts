/** What VS Code's own report of its start says of one extension, in milliseconds. */
export interface ActivationFigures {
  /** Reading and evaluating its code. */
  readonly load: number;
  /** Calling `activate`. */
  readonly call: number;
  /** Waiting for what `activate` answered. */
  readonly finish: number;
}

const COLUMNS = { load: 'Load Code', call: 'Call Activate', finish: 'Finish Activate' } as const;

function cells(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}

/** @returns undefined while the report has no such row */
export function readFigures(report: string, extensionId: string): ActivationFigures | undefined {
  const lines = report.split('\n');
  const heading = lines.find((line) => Object.values(COLUMNS).every((column) => cells(line).includes(column)));
  const row = lines.find((line) => cells(line).includes(extensionId));
  if (heading === undefined || row === undefined) return undefined;
  const figure = (column: string) => Number(cells(row)[cells(heading).indexOf(column)]);
  return { load: figure(COLUMNS.load), call: figure(COLUMNS.call), finish: figure(COLUMNS.finish) };
}

export function figuresText({ load, call, finish }: ActivationFigures): string {
  return `load ${load} + call ${call} + finish ${finish} = ${load + call + finish} ms`;
}
