import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Builds what the tests of commands run, and gives the tests one folder for all that they leave on disk. */
export function setup(): () => void {
  const { status, stderr } = spawnSync(process.execPath, ['esbuild.config.mjs'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stderr}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-test-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
