import { randomUUID } from 'node:crypto';
import { cleanLine } from '@countersign/shared/text';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createRuntime } from './runtime.ts';
import { createServer } from './server.ts';

/** Serves MCP over standard input and output, in both eras, until the client closes. */
export async function main(argv: readonly string[]): Promise<void> {
  const [, ...rest] = argv;
  if (rest.length > 0) {
    process.stderr.write(`countersign mcp takes no arguments; it does not know ${JSON.stringify(rest.join(' '))}.\n`);
    process.exitCode = 2;
    return;
  }
  const runtime = createRuntime();
  process.once('exit', runtime.close);
  const connection = randomUUID();
  serveStdio(() => createServer(runtime, connection), {
    onerror: (error) => process.stderr.write(`countersign: ${cleanLine(error.message, 500)}\n`),
  });
}
