import { mkdirSync, statSync } from 'node:fs';
import { packMcpb } from './package/mcpb.ts';
import { packNpm } from './package/npm.ts';
import { exportStrings, installTools, packVsix } from './package/vsix.ts';

// Makes what is given to users, from what was built: an npm package, a bundle for desktop clients and the extension.

const FOLDER = 'dist/packages';

mkdirSync(FOLDER, { recursive: true });
installTools();
exportStrings('extension/l10n');
for (const file of [packNpm(FOLDER), packMcpb(FOLDER), packVsix(FOLDER)]) {
  process.stdout.write(`${file}  ${(statSync(file).size / 1000).toFixed(0)} kB\n`);
}
