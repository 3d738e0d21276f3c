import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeIo, parseSettings } from '@countersign/shared/account';
import { type DecisionId, parseVendorId, type VendorId } from '@countersign/shared/approval';
import { type Limits, VendorError } from '@countersign/shared/http';
import { createProvider, type Preparation, type Provider } from '@countersign/shared/provider';
import { onTestFinished } from 'vitest';
import { openWorld, type World, type WorldOptions } from '../../../support/world.ts';

export const TOKEN = '5f1d0c7ae38b4d6a92c4b07e1f53a86d5f1d0c7ae38b4d6a92c4b07e1f53a86d';
export const DECISION = 'AbCdEfGhIjKlMnOpQrStUv' as DecisionId;
export const MARK = `[countersign ${DECISION}]`;
export const NOW = Date.UTC(2026, 10, 21, 12);

/** No delays that anybody would feel; retries as they are. */
const QUICK: Partial<Limits> = { firstRetryDelayMs: 1, timeoutMs: 10_000 };

/** The provider of one ThreatLocker account, as an accounts file on this computer makes it. */
export function providerAt(origin: string, account: object = {}, limits: Partial<Limits> = {}): Provider {
  const file = {
    accounts: [
      { id: 'acme', provider: 'threatlocker', instance: 'g', endpoint: origin, apiToken: { env: 'TOKEN' }, ...account },
    ],
  };
  const [entry] = parseSettings(JSON.stringify(file), 'accounts.json').accounts;
  if (!entry) throw new Error('no account');
  return createProvider(entry, {
    fetch,
    userAgent: 'countersign-test/0',
    io: { ...nodeIo(), env: { TOKEN } },
    limits: { ...QUICK, ...limits },
    now: () => NOW,
  });
}

/** The sandbox and the client layer, until the test ends. */
export async function world(options: WorldOptions = {}): Promise<World & { readonly acme: Provider }> {
  const opened = await openWorld(options);
  onTestFinished(() => opened.close());
  return { ...opened, acme: await opened.provider('acme') };
}

export interface PortalCall {
  readonly method: string;
  /** Below `/portalapi/`, such as `ApprovalRequest/ApprovalRequestGetById`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface PortalAnswer {
  readonly status?: number;
  /** The exact text; anything but a string is sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Portal {
  readonly origin: string;
  readonly calls: readonly PortalCall[];
  /** The calls of one address, in order. */
  to(path: string): readonly PortalCall[];
}

/** A server that answers as it is told until the test ends; what it is not told about is an address that it doesn't have. */
export async function portal(answer: (call: PortalCall) => PortalAnswer | null): Promise<Portal> {
  const calls: PortalCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://portal');
      const call: PortalCall = {
        method: request.method ?? '',
        path: url.pathname.replace(/^\/portalapi\//, ''),
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      calls.push(call);
      send(response, answer(call) ?? { status: 404 });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    to: (path) => calls.filter((call) => call.path === path),
  };
}

function send(response: ServerResponse, { status = 200, body = '', headers = {} }: PortalAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Answers by address; a function sees the call. */
export function answers(table: Readonly<Record<string, unknown>>): (call: PortalCall) => PortalAnswer | null {
  return (call) => {
    if (!Object.hasOwn(table, call.path)) return null;
    const entry = table[call.path];
    return typeof entry === 'function' ? (entry as (call: PortalCall) => PortalAnswer)(call) : { body: entry };
  };
}

export function vendorId(text: string): VendorId {
  const id = parseVendorId(text);
  if (id === null) throw new Error(`${text} is no vendor id`);
  return id;
}

/** The VendorError that a call ends in; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<VendorError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof VendorError) return outcome.error;
  throw new Error('Expected a VendorError', { cause: 'error' in outcome ? outcome.error : outcome.value });
}

type Ready = Extract<Preparation, { readonly outcome: 'ready' }>;

export function ready(preparation: Preparation): Ready {
  if (preparation.outcome === 'ready') return preparation;
  throw new Error(`Not ready: ${preparation.outcome}: ${'message' in preparation ? preparation.message : ''}`);
}
