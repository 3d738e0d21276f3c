import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Packs the npm package `countersign` as it was built. @returns the file */
export function packNpm(folder: string): string {
  // Its own script would build anew, under the feet of whoever runs what is built.
  const args = ['pack', '--workspace', 'countersign', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { status, stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  const name = /countersign-[\w.-]+\.tgz/.exec(stdout)?.[0];
  if (name === undefined) throw new Error(`npm pack named no file:\n${stdout}`);
  return path.join(folder, name);
}
