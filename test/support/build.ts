import { spawnSync } from 'node:child_process';

/** Builds every bundle once before the tests, so that none of them runs an old one. */
export function setup(): void {
  const { status, stderr } = spawnSync(process.execPath, ['esbuild.config.mjs'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stderr}`);
}
