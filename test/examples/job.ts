import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { type Sandbox, startSandbox } from '@countersign/shared/sandbox';
import { onTestFinished } from 'vitest';
import { accountsOf, MAIN, temporaryFolder } from '../mcp-server/terminal/command.ts';
import { UNATTENDED_SECRET, UNATTENDED_VARIABLE } from '../support/world.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../examples/ticket-job');
const TOKEN = 'the-token-of-the-ticket-system';

interface Ticket {
  readonly number: string;
  readonly request: string;
  readonly title: string;
  readonly text: string;
  readonly state: 'open' | 'closed';
  readonly carried: boolean;
  readonly waits: boolean;
  readonly decision: object | null;
  readonly notes: readonly string[];
}

/** Both vendors, a ticket system, and the job between them. */
export interface JobStage {
  readonly sandbox: Sandbox;
  /** The reference of a request of the sandbox's population. */
  named(name: string): string;
  run(): Promise<{ readonly code: number | null; readonly stderr: string }>;
  all(): Promise<readonly Ticket[]>;
  ticketOf(request: string): Promise<Ticket>;
  decide(request: string, decision: object): Promise<void>;
  /** Loses what the job knows of the lines that it filed, as a job does that is killed before it keeps that. */
  forget(): void;
  /** Calls that the ticket system is to refuse from now on, as if it were down for them. */
  refuse(which: ((method: string, path: string) => boolean) | null): void;
}

export async function openJobStage(): Promise<JobStage> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const unattended = { unattended: { secret: { env: UNATTENDED_VARIABLE } } };
  const accounts = { threatLocker: unattended, adminByRequest: unattended };
  const folder = temporaryFolder();
  const api = await startTicketApi(path.join(folder, 'tickets.json'));
  let refused: ((method: string, path: string) => boolean) | null = null;
  const front = await proxy(api, (method, at) => refused?.(method, at) ?? false);
  const env = {
    ...accountsOf(sandbox, accounts, { [UNATTENDED_VARIABLE]: UNATTENDED_SECRET }),
    COUNTERSIGN_STATE_DIR: path.join(folder, 'state'),
    COUNTERSIGN: commandIn(folder),
    HOME: folder,
    JOB_STATE: path.join(folder, 'filed'),
    TICKETS_TOKEN: TOKEN,
    TICKETS_URL: front,
  };
  const call = async (method: string, at: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const response = await fetch(api + at, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${method} ${at}: ${response.status}`);
    return await response.json();
  };
  const all = async () => (await call('GET', '/tickets')) as readonly Ticket[];
  const ticketOf = async (request: string) => {
    const [ticket, ...others] = (await all()).filter((one) => one.request === request);
    if (!ticket || others.length > 0) throw new Error(`${others.length + 1} tickets for ${request}`);
    return ticket;
  };
  return {
    sandbox,
    named: (name) => {
      const found = sandbox.requests.find((request) => request.name === name);
      return `${found?.vendor === 'threatlocker' ? 'acme' : 'acme-abr'}/${found?.id}`;
    },
    run: () => runJob(env),
    all,
    ticketOf,
    decide: async (request, decision) => {
      const { number } = await ticketOf(request);
      await call('PATCH', `/tickets/${number}`, { decision });
    },
    forget: () => rmSync(env.JOB_STATE),
    refuse: (which) => {
      refused = which;
    },
  };
}

function runJob(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawn(process.execPath, [path.join(EXAMPLE, 'job.mjs')], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }));
  });
}

/** As an installed command is: one file that can be started. */
function commandIn(folder: string): string {
  const file = path.join(folder, 'bin', 'countersign');
  mkdirSync(path.dirname(file));
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, { mode: 0o755 });
  return file;
}

/** @returns its address */
async function startTicketApi(file: string): Promise<string> {
  const child = spawn(process.execPath, [path.join(EXAMPLE, 'ticket-api.mjs'), file, '0'], {
    env: { TICKETS_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = await new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').once('data', resolve);
  });
  return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
}

/** Stands before a server, and answers some calls with 503 in its place. */
async function proxy(to: string, refuses: (method: string, path: string) => boolean): Promise<string> {
  const server: Server = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    if (refuses(method, url)) {
      response.writeHead(503).end();
      return;
    }
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part as Uint8Array);
    const body = Buffer.concat(parts);
    const headers = { authorization: request.headers.authorization ?? '' };
    const answer = await fetch(to + url, { method, headers, ...(body.length > 0 ? { body } : {}) });
    response.writeHead(answer.status).end(await answer.text());
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
