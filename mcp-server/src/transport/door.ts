import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@countersign/shared/account';
import {
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import { refusal } from './refusal.ts';

export const MCP_PATH = '/mcp';
const HEALTH_PATH = '/healthz';

/** Answers, without a look at the body, whatever is not a request with the token for MCP; `null` for what is. */
export type Door = (request: Request) => Response | null;

export function createDoor(token: Secret): Door {
  const expected = digestOf(token.reveal());
  return (request) => {
    const { headers, method, url } = request;
    // A web page can have its own name point here (DNS rebinding); its browser then says so in one of these headers.
    if (!validateHostHeader(headers.get('host'), localhostAllowedHostnames()).ok) {
      return shut(
        403,
        'The Host header names another computer; use the address that "countersign mcp --http" printed.',
      );
    }
    if (!validateOriginHeader(headers.get('origin'), localhostAllowedOrigins()).ok) {
      return shut(403, 'Web pages of other origins may not call this server.');
    }
    const { pathname } = new URL(url);
    if (pathname === HEALTH_PATH && method === 'GET') return Response.json({ status: 'ok' });
    const given = /^Bearer +([!-~]+) *$/i.exec(headers.get('authorization') ?? '')?.[1];
    // Digests are of one length, which the comparison needs, and tell nothing of the token's.
    if (given === undefined) return unauthorized('Bearer realm="countersign"');
    if (!timingSafeEqual(digestOf(given), expected)) {
      return unauthorized('Bearer realm="countersign", error="invalid_token"');
    }
    return pathname === MCP_PATH ? null : shut(404, `There is nothing here; MCP is at ${MCP_PATH}.`);
  };
}

function unauthorized(challenge: string): Response {
  const message =
    'Send the header "Authorization: Bearer" with the token; "countersign mcp --http" prints at its start where it is kept.';
  return shut(401, message, { 'www-authenticate': challenge });
}

/** Nothing more is read from whom we refuse here. */
function shut(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return refusal(status, message, { headers: { connection: 'close', ...headers } });
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
