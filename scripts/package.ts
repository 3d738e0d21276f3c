import { mkdirSync, statSync } from 'node:fs';
import { packMcpb } from './package/mcpb.ts';
import { packNpm } from './package/npm.ts';

// Makes what is given to users, from what was built: an npm package and a bundle for desktop clients.

const FOLDER = 'dist/packages';

mkdirSync(FOLDER, { recursive: true });
for (const file of [packNpm(FOLDER), packMcpb(FOLDER)]) {
  process.stdout.write(`${file}  ${(statSync(file).size / 1000).toFixed(0)} kB\n`);
}
