import { request } from 'node:http';
import type { HttpAddress } from '../mcp/client.ts';
import type { Message } from '../mcp/lines.ts';
import { envelopeOf } from '../mcp/lines.ts';

/** Requests made by hand, for what no client library would send. */
export interface RawOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** By node:http, since fetch sets Host and refuses to send others. */
export function raw(
  address: HttpAddress,
  { method = 'POST', path, headers = {}, body = '' }: RawOptions,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const url = new URL(path ?? address.url, address.url);
    const sent = request(url, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The headers of a client that may come in. */
export function allowed({ token }: HttpAddress): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
}

export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: { elicitation: { form: {} } },
    clientInfo: { name: 'by hand', version: '1.0.0' },
  },
};

/** What the protocol of 2026-07-28 wants to see in headers as well. */
export function modernRequest(method: string, params: { readonly name?: string } = {}, client = 'by hand') {
  return {
    headers: {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(params.name === undefined ? {} : { 'mcp-name': params.name }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, ...envelopeOf(client) } }),
  };
}

/** One session of the era before 2026-07-28. */
export interface RawSession {
  readonly id: string;
  readonly headers: Record<string, string>;
}

export async function openSession(address: HttpAddress): Promise<RawSession> {
  const answer = await raw(address, { headers: allowed(address), body: JSON.stringify(INITIALIZE) });
  const id = answer.headers['mcp-session-id'];
  if (answer.status !== 200 || typeof id !== 'string') throw new Error(`No session: ${answer.status} ${answer.text}`);
  return { id, headers: { ...allowed(address), 'mcp-session-id': id } };
}

/** The JSON-RPC messages of an answer, whether it came as JSON or as a stream of events. */
export function messagesIn({ text }: RawAnswer): readonly Message[] {
  if (!/^(event|data|id|:)/.test(text)) return [JSON.parse(text) as Message];
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)) as Message);
}

/** A call whose answer is read as it comes; `drop` goes away as a killed client does. */
export interface Stream {
  next(): Promise<Message>;
  drop(): void;
  /** Resolves when the server has answered with its headers. */
  readonly begun: Promise<void>;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
}

export function stream(address: HttpAddress, { method = 'POST', headers = {}, body = '' }: RawOptions): Stream {
  const messages: Message[] = [];
  const wanted: ((message: Message) => void)[] = [];
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const sent = request(new URL(address.url), { method, headers }, (answer) => {
    begin();
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((one) => one.startsWith('data: '))) {
        const message = JSON.parse(line.slice('data: '.length)) as Message;
        const next = wanted.shift();
        if (next) next(message);
        else messages.push(message);
      }
    });
    answer.on('error', () => undefined);
    answer.on('close', end);
  });
  sent.on('error', () => undefined);
  sent.end(body);
  return {
    next: () =>
      new Promise((resolve) => {
        const first = messages.shift();
        if (first) resolve(first);
        else wanted.push(resolve);
      }),
    drop: () => sent.destroy(),
    begun,
    ended,
  };
}
