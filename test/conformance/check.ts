import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { start } from '../mcp-server/http/process.ts';
import { openPlace } from '../mcp-server/mcp/place.ts';
import { startFixture } from './fixture/server.ts';
import { openProxy } from './proxy.ts';

// Runs the protocol's own checker: on the product with what it can't pass named in baseline.yml, and on a fixture with
// everything that the checker calls by name, served by the product's HTTP.

const BASELINE = path.join(import.meta.dirname, 'baseline.yml');
const REVISIONS = ['2025-11-25', '2026-07-28'];
const CHECKER = 'test/conformance/checker/node_modules/@modelcontextprotocol/conformance/dist/index.js';

interface Subject {
  readonly url: string;
  readonly token: string;
  stop(): Promise<unknown>;
}

async function startProduct(): Promise<Subject> {
  const place = await openPlace();
  const server = await start(place);
  return {
    ...server,
    stop: async () => {
      const code = await server.end();
      await place.close();
      if (code !== 0) throw new Error(`The server ended with ${code}: ${server.errors()}`);
      if (place.sandbox.record.length > 0) throw new Error('Something was written at a vendor.');
    },
  };
}

/** @returns whether it passed, apart from what the baseline names */
async function check(
  what: string,
  open: () => Promise<Subject>,
  revision: string,
  options: readonly string[],
): Promise<boolean> {
  const subject = await open();
  const proxy = await openProxy(subject);
  const args = [CHECKER, 'server', '--url', proxy.url, '--requirements', revision, ...options];
  const checker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  checker.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(checker, 'close')) as [number | null];
  proxy.close();
  await subject.stop();
  const summary = output.slice(Math.max(0, output.indexOf('=== SUMMARY ===')));
  process.stdout.write(`\n${what}, ${revision}: exit code ${code}\n${summary}`);
  return code === 0;
}

const passed: boolean[] = [];
for (const revision of REVISIONS) {
  passed.push(await check('The product', startProduct, revision, ['--expected-failures', BASELINE]));
  passed.push(await check('The fixture', startFixture, revision, []));
}
process.exitCode = passed.every(Boolean) ? 0 : 1;
