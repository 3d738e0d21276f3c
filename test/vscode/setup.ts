import { rm } from 'node:fs/promises';
import path from 'node:path';
import { needChromium } from './setup/chromium.ts';
import { chosenHost, hostNamed } from './setup/host.ts';
import { installCodeServer, installTools } from './setup/install.ts';
import { OUT } from './setup/out.ts';

// setup.ts [current] [floor]: gets what the tests in VS Code need, beside these files; see README.md. What is there already stays.

async function step(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  process.stdout.write(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}

const names = process.argv.slice(2);
const hosts = names.length > 0 ? names.map(hostNamed) : [chosenHost(process.env)];
if (process.platform !== 'linux' || process.arch !== 'x64') {
  throw new Error('These tests run on Linux (x64). Elsewhere use "npm run test:electron".');
}
// What an earlier run left of its failures is none of the next one's.
await rm(path.join(OUT, 'failures'), { recursive: true, force: true });
await step('Tools', installTools);
for (const host of hosts) await step(`code-server (${host.name})`, () => installCodeServer(host));
await step('Chromium', () => needChromium(process.env));
