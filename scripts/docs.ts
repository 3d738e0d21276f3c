import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { referenceFiles } from './docs/reference.ts';

// Writes the reference anew, from the code and from the server as it was built.

for (const [file, text] of Object.entries(await referenceFiles())) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`${file}\n`);
}
