import { parseArgs } from 'node:util';
import { quoted } from '@countersign/shared/text';

/** How `countersign mcp` is to run. */
export interface McpOptions {
  readonly readOnly: boolean;
  /** `null`: over standard input and output. */
  readonly http: { readonly port: number } | null;
}

/** What `countersign mcp` takes, for the terminal's help. */
export const MCP_FLAGS: readonly (readonly [flags: string, says: string])[] = [
  ['--http', 'serve over HTTP, on this computer alone, instead of standard input and output'],
  ['--port <number>', 'for --http; 0: any (default: 4820)'],
  ['--read-only', 'leave out the tools that propose decisions'],
];

const DEFAULT_PORT = '4820';
const SEE_HELP = '"countersign mcp --help" shows what there is.';
const KNOWN: ReadonlySet<string> = new Set(['--http', '--port', '--read-only', '--help', '-h']);

/** @param args behind `mcp` @returns a sentence about what is wrong with them, where something is */
export function readMcpOptions(args: readonly string[]): McpOptions | 'help' | { readonly wrong: string } {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: {
      http: { type: 'boolean' },
      port: { type: 'string' },
      'read-only': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    // Its own errors repeat what was typed as it is.
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    const typed = token.kind === 'option' ? token.rawName : token.kind === 'positional' ? token.value : '--';
    if (token.kind !== 'option' || !KNOWN.has(typed)) {
      return { wrong: `countersign mcp does not know ${quoted(typed, 100)}. ${SEE_HELP}` };
    }
    if (token.name !== 'port' && token.value !== undefined) return { wrong: `${typed} takes no value. ${SEE_HELP}` };
  }
  const { help, http, port, 'read-only': readOnly } = values;
  if (help !== undefined) return 'help';
  if (http === undefined) {
    if (port !== undefined) return { wrong: '--port is for --http alone; give both, or neither.' };
    return { readOnly: readOnly !== undefined, http: null };
  }
  const number = portIn(port ?? DEFAULT_PORT);
  if (number === null) return { wrong: '--port must be a whole number from 0 to 65535; 0 takes any that is free.' };
  return { readOnly: readOnly !== undefined, http: { port: number } };
}

function portIn(given: string | boolean): number | null {
  const number = typeof given === 'string' && /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  return number <= 65_535 ? number : null;
}
