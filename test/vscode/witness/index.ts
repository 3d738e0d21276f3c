import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import manifest from '../../../extension/package.json' with { type: 'json' };
import { OUT, type Workbench } from '../workbench/index.ts';

/** One call that a server inside the extension host has answered. */
export interface WitnessedCall {
  readonly origin: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly body: string;
}

/** Makes the extension that writes down what servers inside the extension host are sent. Answers its folder. */
export async function makeWitness(): Promise<string> {
  const folder = path.join(OUT, 'witness');
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [path.join(import.meta.dirname, 'witness.ts')],
    outfile: path.join(folder, 'witness.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node22.17',
    format: 'cjs',
    logLevel: 'warning',
  });
  const witness = { main: './witness.cjs', activationEvents: ['*'], extensionKind: ['ui', 'workspace'] };
  const about = { name: 'witness', publisher: 'tests', version: '0.0.0', engines: manifest.engines };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ ...about, ...witness }));
  return folder;
}

/** What it has written down, in order. */
export async function witnessed({ folders }: Workbench): Promise<readonly WitnessedCall[]> {
  const lines = await readFile(path.join(folders.home, 'witnessed.jsonl'), 'utf8');
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line): WitnessedCall => JSON.parse(line));
}
