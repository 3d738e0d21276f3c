import { randomUUID } from 'node:crypto';
import { cleanLine } from '@countersign/shared/text';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { hasLedger } from './open-user-ledger.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { createServer } from './server.ts';

/** Serves MCP over standard input and output, in both eras, until the client closes. */
export async function main(argv: readonly string[]): Promise<void> {
  const [, ...rest] = argv;
  if (rest.length > 0) {
    process.stderr.write(`countersign mcp takes no arguments; it does not know ${JSON.stringify(rest.join(' '))}.\n`);
    process.exitCode = 2;
    return;
  }
  // Nobody may be there to read it any more, while a decision is still being carried out.
  process.stderr.on('error', () => undefined);
  const runtime = createRuntime();
  process.once('exit', runtime.close);
  const connection = randomUUID();
  process.stdin.once('end', () => {
    runtime.decisions.withdraw(connection).catch(complain);
  });
  serveStdio(() => createServer(runtime, connection), { onerror: complain });
  settleWhatIsLeft(runtime).catch(complain);
}

/** Finds out what became of writes of earlier processes, where there was one. */
async function settleWhatIsLeft({ decisions }: Runtime): Promise<void> {
  if (hasLedger()) await decisions.reconcile();
}

function complain(error: unknown): void {
  process.stderr.write(`countersign: ${cleanLine(error instanceof Error ? error.message : String(error), 500)}\n`);
}
