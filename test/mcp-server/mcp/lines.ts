import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Era, MODERN, type Question, questionIn, type Reply } from './client.ts';
import { type Place, SERVER } from './place.ts';

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A question as it came over the wire, and what its client would send to answer it. */
export interface Asked extends Question {
  /** 2026-07-28: what the client holds while its person thinks. */
  readonly state: string;
  answer(
    reply: Reply,
    change?: { readonly state?: string; readonly tool?: string; readonly args?: object },
  ): Promise<Message>;
}

/** A server process driven by lines made by hand, for what no client library would send. */
export interface Lines {
  readonly child: ChildProcessWithoutNullStreams;
  request(method: string, params?: object): Promise<Message>;
  /** Calls a write tool and waits for the question. */
  ask(tool: string, args: object): Promise<Asked>;
  /** The server's next question of the era before 2026-07-28. */
  question(): Promise<Message>;
  /** Sends anything as one line. */
  write(line: string): void;
  /** The id of the request that was sent last. */
  lastId(): number;
  /** Every line of standard output so far. */
  readonly output: readonly string[];
  errors(): string;
  /** Closes standard input and answers with the exit code, once the process has ended by itself. */
  end(): Promise<number | null>;
  /** Goes away as a killed client does: nobody holds its ends of the pipes any more. */
  vanish(): Promise<number | null>;
}

export interface LinesOptions {
  readonly era: Era;
  readonly capabilities?: object;
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
}

/** What a client says of itself with every request since 2026-07-28. */
export function envelopeOf(name: string, capabilities: object = { elicitation: { form: {} } }) {
  return {
    _meta: {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientInfo': { name, version: '1.0.0' },
      'io.modelcontextprotocol/clientCapabilities': capabilities,
    },
  };
}

export async function openLines(place: Place, options: LinesOptions): Promise<Lines> {
  const { era, capabilities = { elicitation: { form: {} } }, name = 'by hand' } = options;
  const child = spawn(options.node ?? process.execPath, [SERVER, 'mcp'], { env: { ...place.env, ...options.env } });
  const exited = once(child, 'exit');
  const output: string[] = [];
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const waiting = new Map<number, (message: Message) => void>();
  const questions: Message[] = [];
  const wanted: ((message: Message) => void)[] = [];
  const ended = exited.then(([code]): never => {
    throw new Error(`The server ended with ${code}. ${errors}`);
  });
  ended.catch(() => undefined);
  /** No waiting for a process that is gone. */
  const whileAlive = (message: Promise<Message>) => Promise.race([message, ended]);
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.push(line);
    const message = JSON.parse(line) as Message;
    if (message.method === 'elicitation/create') {
      const next = wanted.shift();
      if (next) next(message);
      else questions.push(message);
    } else if (typeof message.id === 'number') {
      waiting.get(message.id)?.(message);
    }
  });
  const write = (line: string) => {
    child.stdin.write(`${line}\n`);
  };
  let last = 0;
  const envelope = era === 'legacy' ? {} : envelopeOf(name, capabilities);
  const request = (method: string, params: object = {}) => {
    last += 1;
    const id = last;
    const answered = new Promise<Message>((resolve) => {
      waiting.set(id, resolve);
    });
    write(JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...envelope, ...params } }));
    return whileAlive(answered);
  };
  const question = () =>
    whileAlive(
      new Promise<Message>((resolve) => {
        const first = questions.shift();
        if (first) resolve(first);
        else wanted.push(resolve);
      }),
    );

  const askLegacy = async (tool: string, args: object): Promise<Asked> => {
    const called = request('tools/call', { name: tool, arguments: args });
    const first = await Promise.race([question(), called]);
    if (first.method === undefined) throw new Error(`Nobody was asked: ${JSON.stringify(first)}`);
    return {
      ...questionIn(first.params),
      state: '',
      answer: (reply) => {
        write(JSON.stringify({ jsonrpc: '2.0', id: first.id, result: reply }));
        return called;
      },
    };
  };
  const askModern = async (tool: string, args: object): Promise<Asked> => {
    const { result, error } = await request('tools/call', { name: tool, arguments: args });
    const { inputRequests, requestState } = (result ?? {}) as {
      inputRequests?: { confirm: { params: unknown } };
      requestState?: string;
    };
    if (!inputRequests || requestState === undefined)
      throw new Error(`Nobody was asked: ${JSON.stringify(error ?? result)}`);
    return {
      ...questionIn(inputRequests.confirm.params),
      state: requestState,
      answer: (reply, change = {}) =>
        request('tools/call', {
          name: change.tool ?? tool,
          arguments: change.args ?? args,
          requestState: change.state ?? requestState,
          inputResponses: { confirm: reply },
        }),
    };
  };

  if (era === 'legacy') {
    await request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities,
      clientInfo: { name, version: '1.0.0' },
    });
    write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }));
  }
  return {
    child,
    request,
    ask: era === 'legacy' ? askLegacy : askModern,
    question,
    write,
    lastId: () => last,
    output,
    errors: () => errors,
    end: async () => {
      child.stdin.end();
      const [code] = (await exited) as [number | null];
      return code;
    },
    vanish: async () => {
      child.stdin.destroy();
      child.stdout.destroy();
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** What a tool answered: its structured content, or its text where it has none. */
export function answerIn({ result, error }: Message): {
  readonly isError: boolean;
  readonly status: string;
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
  readonly code?: number;
} {
  if (error) return { isError: true, status: 'protocol-error', text: error.message, structured: {}, code: error.code };
  const { content, structuredContent, isError } = (result ?? {}) as {
    content?: { text: string }[];
    structuredContent?: Readonly<Record<string, unknown>>;
    isError?: boolean;
  };
  return {
    isError: isError === true,
    status: String(structuredContent?.['status'] ?? ''),
    structured: structuredContent ?? {},
    text: (content ?? []).map(({ text }) => text).join('\n'),
  };
}
