import { randomUUID } from 'node:crypto';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { complain } from './complain.ts';
import { readMcpOptions } from './mcp-options.ts';
import { hasLedger } from './open-user-ledger.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { serveHttp } from './serve-http.ts';
import { createServer } from './server.ts';

/** Serves MCP in both eras. @param argv without node and script */
export async function main(argv: readonly string[]): Promise<void> {
  const options = readMcpOptions(argv.slice(1));
  if (options === 'help') {
    const terminal = await import('./terminal.ts');
    return await terminal.main(['mcp', '--help']);
  }
  if ('wrong' in options) {
    process.stderr.write(`${options.wrong}\n`);
    process.exitCode = 2;
    return;
  }
  // Nobody may be there to read it any more, while a decision is still being carried out.
  process.stderr.on('error', () => undefined);
  const runtime = createRuntime(options);
  process.once('exit', runtime.close);
  if (options.http === null) overStdio(runtime);
  else if (!(await serveHttp(runtime, options.http.port))) {
    process.exitCode = 1;
    return;
  }
  settleWhatIsLeft(runtime).catch(complain);
}

/** Until the client closes. */
function overStdio(runtime: Runtime): void {
  const connection = randomUUID();
  process.stdin.once('end', () => {
    runtime.decisions.withdraw(connection).catch(complain);
  });
  serveStdio(() => createServer(runtime, connection), { onerror: complain });
}

/** Finds out what became of writes of earlier processes, where there was one. */
async function settleWhatIsLeft({ decisions }: Runtime): Promise<void> {
  if (hasLedger()) await decisions.reconcile();
}
