import { Client, type ElicitResult, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Place } from './place.ts';
import { SERVER } from './place.ts';

export type Era = 'legacy' | 'modern';
export const ERAS = ['legacy', 'modern'] as const;
export const MODERN = '2026-07-28';

/** What a client shows its person. */
export interface Question {
  readonly message: string;
  readonly description: string;
  /** The text that stands between double quotes in the field's description. */
  readonly text: string;
}

/** Loose on purpose: clients send what they like. */
export interface Reply {
  readonly action: string;
  readonly content?: unknown;
}
export type Answering = (question: Question) => Reply | Promise<Reply>;

export interface Answer {
  readonly isError: boolean;
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
}

/** A real client over a server process of its own. */
export interface Connection {
  readonly client: Client;
  readonly pid: number;
  /** Calls a tool; whoever is asked meanwhile answers by `answering`. */
  call(tool: string, args: object, answering?: Answering): Promise<Answer>;
  /** How often somebody was asked so far. */
  asked(): number;
  /** What the server wrote to standard error, and what it wrote to standard output that is no JSON-RPC. */
  noise(): string;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly era: Era;
  /** Whether the client declares forms; it does by default. */
  readonly forms?: boolean;
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands behind `mcp` on the server's command line. */
  readonly args?: readonly string[];
  /** A server that runs already, in place of one of its own. */
  readonly http?: HttpAddress;
}

export interface HttpAddress {
  readonly url: string;
  readonly token: string;
}

const nobody: Answering = () => {
  throw new Error('Nobody was to be asked.');
};

export const typed: Answering = ({ text }) => ({ action: 'accept', content: { confirm: text } });

export async function connect(place: Pick<Place, 'env'>, options: ClientOptions): Promise<Connection> {
  const { era, forms = true, name = 'test-client' } = options;
  const client = new Client(
    { name, version: '1.0.0' },
    {
      capabilities: forms ? { elicitation: { form: {} } } : {},
      versionNegotiation: { mode: era === 'modern' ? { pin: MODERN } : 'legacy' },
    },
  );
  let answering = nobody;
  let asked = 0;
  if (forms) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      asked += 1;
      return (await answering(questionIn(params))) as ElicitResult;
    });
  }
  let noise = '';
  const transport = options.http
    ? overHttp(options.http)
    : overStdio(place, options, (text) => {
        noise += text;
      });
  client.onerror = (error) => {
    noise += `${error.message}\n`;
  };
  await client.connect(transport);
  return {
    client,
    pid: 'pid' in transport ? (transport.pid ?? 0) : 0,
    call: async (tool, args, given = nobody) => {
      answering = given;
      const result = await client.callTool({ name: tool, arguments: { ...args } });
      return {
        isError: result.isError === true,
        text: result.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n'),
        structured: (result.structuredContent ?? {}) as Record<string, unknown>,
      };
    },
    asked: () => asked,
    noise: () => noise,
    close: () => client.close(),
  };
}

function overHttp({ url, token }: HttpAddress): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
}

function overStdio(place: Pick<Place, 'env'>, { args = [], env }: ClientOptions, hear: (text: string) => void) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [SERVER, 'mcp', ...args],
    env: { ...place.env, ...env },
    stderr: 'pipe',
  });
  transport.stderr?.on('data', (chunk: Buffer) => hear(chunk.toString()));
  return transport;
}

export function questionIn(params: unknown): Question {
  const { message, requestedSchema } = params as {
    message: string;
    requestedSchema: { properties: { confirm: { description: string } } };
  };
  const { description } = requestedSchema.properties.confirm;
  const text = /"([^"]*)"/.exec(description)?.[1];
  if (text === undefined) throw new Error(`No text to type in: ${description}`);
  return { message, description, text };
}
