import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = 'extension';
const TOOLS = path.resolve('scripts/package/tools');
/** What the extension is made of; nothing else of its folder goes along. */
const CONTENT = ['README.md', 'package.nls.json', 'media', 'l10n', 'dist'];
const FROM_THE_PROJECT = ['CHANGELOG.md', 'LICENSE'];

const tool = (name: string, args: readonly string[], cwd: string) =>
  execFileSync(path.join(TOOLS, 'node_modules/.bin', name), [...args], { cwd, encoding: 'utf8' });

/** Packs the extension as it was built, with the tools of `installTools`. @returns the file */
export function packVsix(folder: string): string {
  const stage = stageVsix(folder);
  const { version } = JSON.parse(readFileSync(path.join(stage, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const file = path.resolve(folder, `countersign-${version}.vsix`);
  tool(
    'vsce',
    ['package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', file],
    stage,
  );
  return file;
}

/** Names of the files that would go into the package, by its own tool. */
export function listVsix(folder: string): readonly string[] {
  return tool('vsce', ['ls', '--no-dependencies'], stageVsix(folder))
    .split('\n')
    .filter((line) => line !== '');
}

/** The strings of the extension's code, as they are to stand in its folder for translators. */
export function exportStrings(folder: string): string {
  tool('vscode-l10n-dev', ['export', '--outDir', path.resolve(folder), path.resolve(ROOT, 'src')], TOOLS);
  return readFileSync(path.join(folder, 'bundle.l10n.json'), 'utf8');
}

/** 170 MB that only packaging needs. */
export function installTools(): void {
  execFileSync('npm', ['ci', '--prefix', TOOLS, '--ignore-scripts'], { stdio: 'pipe' });
}

/** A folder with the package's content, and a manifest without what only its development needs. */
function stageVsix(folder: string): string {
  const stage = path.resolve(folder, 'vsix');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  // The strings that are in the code anyway; translations of them go along.
  const filter = (file: string) => path.basename(file) !== 'bundle.l10n.json';
  for (const name of CONTENT) cpSync(path.join(ROOT, name), path.join(stage, name), { recursive: true, filter });
  for (const name of FROM_THE_PROJECT) cpSync(name, path.join(stage, name));
  const {
    private: _,
    devDependencies: __,
    ...manifest
  } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify({ ...manifest, name: 'countersign' }, null, 2));
  return stage;
}
