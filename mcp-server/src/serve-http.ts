import { loadSettings, nodeIo, SecretError, SettingsError } from '@countersign/shared/account';
import { complain } from './complain.ts';
import type { LazyRuntime } from './lazy-runtime.ts';
import { listen, PortError } from './mcp-http.ts';
import { createServer } from './server.ts';
import { MCP_PATH } from './transport/door.ts';
import { createHttpFace } from './transport/http-face.ts';
import { type HttpToken, httpToken, TokenError } from './transport/token.ts';

/** Serves until it is told to stop. @returns whether it could begin; where not, why has been said */
export async function serveHttp(lazy: LazyRuntime, port: number): Promise<boolean> {
  try {
    const { token, where } = await tokenOfUser();
    const { decisions, now } = await lazy.load();
    const face = createHttpFace({
      token,
      createServer: (connection) => createServer(lazy, () => connection),
      withdraw: decisions.withdraw,
      now,
      complain,
    });
    const listening = await listen(face, port);
    say(`Countersign serves MCP on http://127.0.0.1:${listening.port}${MCP_PATH}, for this computer alone.`);
    say(`Clients have to send "Authorization: Bearer" with the token ${where}.`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        listening.stop().catch(complain);
      });
    }
    return true;
  } catch (error) {
    const isExpected = [PortError, TokenError, SecretError, SettingsError].some((kind) => error instanceof kind);
    if (!isExpected || !(error instanceof Error)) throw error;
    say(error.message);
    return false;
  }
}

async function tokenOfUser(): Promise<HttpToken> {
  const io = nodeIo();
  const settings = await loadSettings(io).catch((error: unknown) => {
    // Accounts may follow; every tool says so. Settings that can't be read may name a token, so nothing is assumed of them.
    if (error instanceof SettingsError && error.kind === 'nothing-configured') return null;
    throw error;
  });
  return await httpToken(settings?.http.token, io);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
