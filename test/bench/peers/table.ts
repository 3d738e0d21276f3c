import type { Figures, ListedTool, Start } from './start.ts';
import type { Subject } from './subjects.ts';

interface Measured {
  readonly subject: Subject;
  readonly start: Start | undefined;
  readonly figures: Figures;
}

/** One figure of each, and what ours is held against. */
interface Line {
  readonly what: string;
  readonly of: (measured: Measured) => number | null;
  readonly shown: (figure: number) => string;
  readonly bare: number | null;
  readonly goals: readonly { readonly words: string; readonly most: number }[];
}

export function report(bare: Figures, all: readonly Measured[]): void {
  const fastest = Math.min(...all.filter(({ subject }) => !subject.isOurs).map(({ figures }) => figures.ms));
  const lines: readonly Line[] = [
    {
      what: 'spawn to tools/list',
      of: ({ figures }) => figures.ms,
      shown: (ms) => `${ms.toFixed(0)} ms, ${(ms / bare.ms).toFixed(2)}×`,
      bare: bare.ms,
      goals: [
        { words: '0.6 of the fastest peer', most: 0.6 * fastest },
        { words: '3.5 × bare Node', most: 3.5 * bare.ms },
      ],
    },
    {
      what: 'peak memory until then',
      of: ({ figures }) => figures.peak,
      shown: (mb) => `${mb.toFixed(1)} MB, ${(mb / bare.peak).toFixed(2)}×`,
      bare: bare.peak,
      goals: [{ words: '1.7 × bare Node', most: 1.7 * bare.peak }],
    },
    {
      what: 'after the first list_pending',
      of: ({ figures }) => figures.peakAfterList,
      shown: (mb) => `${mb.toFixed(1)} MB, ${(mb / bare.peak).toFixed(2)}×`,
      bare: null,
      goals: [{ words: '2.5 × bare Node', most: 2.5 * bare.peak }],
    },
    {
      what: 'installed',
      of: ({ subject }) => subject.installedBytes,
      shown: (bytes) => `${(bytes / 1e6).toFixed(2)} MB`,
      bare: null,
      goals: [{ words: '2 MB', most: 2e6 }],
    },
    {
      what: 'tools',
      of: ({ start }) => start?.tools.length ?? null,
      shown: String,
      bare: null,
      goals: [],
    },
    {
      what: 'tools/list',
      of: ({ start }) => bytes(start?.tools),
      shown: (size) => `${(size / 1e3).toFixed(1)} kB`,
      bare: null,
      goals: [{ words: '20 kB', most: 20e3 }],
    },
    {
      what: '… names, descriptions, inputs',
      of: ({ start }) => start?.tools.reduce((sum, tool) => sum + forModels(tool), 0) ?? null,
      shown: (size) => `${(size / 1e3).toFixed(1)} kB`,
      bare: null,
      goals: [{ words: '9 kB', most: 9e3 }],
    },
  ];
  const heads = ['', ...all.map(({ subject }) => subject.name), 'node -e 0', 'goal'];
  print([heads, ...lines.map((line) => cellsOf(line, all))]);
}

function cellsOf({ what, of, shown, bare, goals }: Line, all: readonly Measured[]): readonly string[] {
  const figures = all.map(of);
  const ours = figures[all.findIndex(({ subject }) => subject.isOurs)] ?? Number.NaN;
  const told = goals.map(({ words, most }) => `${ours <= most ? '✓' : '✗'} ${words}`);
  return [
    what,
    ...figures.map((figure) => (figure === null ? '' : shown(figure))),
    bare === null ? '' : shown(bare),
    told.join(', '),
  ];
}

/** What a client puts before a model. */
function forModels({ name, description = '', inputSchema }: ListedTool): number {
  return bytes(name) + bytes(description) + bytes(inputSchema);
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_head, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    process.stdout.write(
      `${row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
