import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const WATCHER = '2.5.1';

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/**
 * code-server 4.105 takes @parcel/watcher from a git repository; the same version of it is in the registry. Everything
 * else stays as its own lock file has it.
 */
export function takeWatcherFromRegistry(vscode: string): void {
  const asVersion = (text: string) => text.replaceAll(/"parcel-bundler\/watcher#[0-9a-f]+"/g, `"${WATCHER}"`);
  edit(path.join(vscode, 'package.json'), asVersion);
  edit(path.join(vscode, 'npm-shrinkwrap.json'), (text) =>
    asVersion(text).replace(/"resolved": "git\+ssh:[^"]*",\s*"integrity": "[^"]*",/, ''),
  );
}
