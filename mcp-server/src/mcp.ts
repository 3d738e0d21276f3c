import module from 'node:module';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { complain } from './complain.ts';
import { type LazyRuntime, lazyRuntime } from './lazy-runtime.ts';
import { readMcpOptions } from './mcp-options.ts';
import { createServer } from './server.ts';

/** A client that has just started this server waits for its lists. Whoever plans before settles what is left first. */
const SETTLE_AFTER_MS = 500;

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
  const runtime = lazyRuntime(options);
  process.once('exit', runtime.close);
  if (options.http === null) overStdio(runtime);
  else if (!(await overHttp(runtime, options.http.port))) {
    process.exitCode = 1;
    return;
  }
  setTimeout(() => {
    // For the next start. Many a client ends its server by a signal, and then Node keeps nothing of what it compiled.
    module.flushCompileCache();
    settleWhatIsLeft(runtime).catch(complain);
  }, SETTLE_AFTER_MS).unref();
}

/** Until the client closes. */
function overStdio(runtime: LazyRuntime): void {
  const connection = nameOnceUsed();
  process.stdin.once('end', () => {
    runtime
      .begun()
      ?.then(({ decisions }) => decisions.withdraw(connection()))
      .catch(complain);
  });
  serveStdio(() => createServer(runtime, connection), { onerror: complain });
}

/** A name for this client. It is made with the first call, because node:crypto takes a tenth of a start to load. */
function nameOnceUsed(): () => string {
  let name: string | null = null;
  return () => {
    name ??= process.getBuiltinModule('node:crypto').randomUUID();
    return name;
  };
}

async function overHttp(runtime: LazyRuntime, port: number): Promise<boolean> {
  const { serveHttp } = await import('./serve-http.ts');
  return await serveHttp(runtime, port);
}

/** Finds out what became of writes of earlier processes, where there was one. */
async function settleWhatIsLeft(runtime: LazyRuntime): Promise<void> {
  const { hasLedger } = await import('./open-user-ledger.ts');
  if (hasLedger()) await (await runtime.load()).decisions.reconcile();
}
