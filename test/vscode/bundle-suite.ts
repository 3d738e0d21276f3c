import path from 'node:path';
import { build } from 'esbuild';
import { OUT } from './workbench/index.ts';

/** Makes the one file that an extension host loads. Answers its path. */
export async function bundleSuite(): Promise<string> {
  const outfile = path.join(OUT, 'in-host/suite.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'in-host/suite.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22.17',
    format: 'cjs',
    sourcemap: 'inline',
    // mocha finds its reporters by their place; below this folder a host finds mocha.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
