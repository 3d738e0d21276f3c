import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import type { Place } from '../../mcp-server/mcp/place.ts';
import { quantile } from '../figures.ts';
import type { Subject } from './subjects.ts';

export interface Figures {
  /** Until `tools/list` is answered; of a bare Node, until it has ended. */
  readonly ms: number;
  /** The most memory until then, in MB. */
  readonly peak: number;
  /** The most until the first `list_pending` is answered; `null` for whoever has none. */
  readonly peakAfterList: number | null;
}

export interface ListedTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: unknown;
}

export interface Start extends Figures {
  readonly tools: readonly ListedTool[];
}

interface Reply {
  readonly id?: number;
  readonly result?: { readonly tools?: readonly ListedTool[]; readonly isError?: boolean };
}

const GRACE_MS = 2000;

/** A client of 2025-11-25 by hand, so that nothing of its own is measured. @param state an empty folder for the ledger */
export async function startOnce(subject: Subject, place: Place, state: string): Promise<Start> {
  const began = performance.now();
  const env = { ...place.env, COUNTERSIGN_STATE_DIR: state, NOTION_TOKEN: 'ntn_none' };
  const server = spawn(process.execPath, subject.args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const send = (message: object) => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const ask = async (id: number, method: string, params: object): Promise<Reply> => {
    send({ id, method, params });
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${subject.name} ended before it answered ${method}.`);
      const message = JSON.parse(value) as Reply;
      if (message.id === id) return message;
    }
  };
  const clientInfo = { name: 'bench', version: '1.0.0' };
  await ask(1, 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  send({ method: 'notifications/initialized' });
  const { result } = await ask(2, 'tools/list', {});
  const ms = performance.now() - began;
  const peak = peakOf(server.pid);
  let peakAfterList: number | null = null;
  if (subject.isOurs) {
    const listed = await ask(3, 'tools/call', { name: 'list_pending', arguments: {} });
    if (!listed.result || listed.result.isError) throw new Error('The queue was not listed.');
    peakAfterList = peakOf(server.pid);
  }
  const ended = once(server, 'exit');
  // As clients end a server; Node keeps what it compiled for the next start.
  server.stdin.end();
  const enough = setTimeout(() => server.kill('SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(enough);
  return { ms, peak, peakAfterList, tools: result?.tools ?? [] };
}

/** `node -e 0`, and the memory of one that does no more than tell it. */
export async function bareNode(folder: string): Promise<Figures> {
  const options = { cwd: folder, env: getDefaultEnvironment() };
  const began = performance.now();
  const bare = spawn(process.execPath, ['-e', '0'], { ...options, stdio: 'ignore' });
  await once(bare, 'exit');
  const ms = performance.now() - began;
  const told = execFileSync(process.execPath, ['-p', 'fs.readFileSync("/proc/self/status", "utf8")'], options);
  return { ms, peak: peakIn(told.toString()), peakAfterList: null };
}

/** Medians. */
export function figuresOf(all: readonly Figures[]): Figures {
  const lists = all.flatMap(({ peakAfterList }) => (peakAfterList === null ? [] : [peakAfterList]));
  return {
    ms: quantile(
      all.map(({ ms }) => ms),
      0.5,
    ),
    peak: quantile(
      all.map(({ peak }) => peak),
      0.5,
    ),
    peakAfterList: lists.length === 0 ? null : quantile(lists, 0.5),
  };
}

function peakOf(pid: number | undefined): number {
  return peakIn(readFileSync(`/proc/${pid}/status`, 'utf8'));
}

function peakIn(status: string): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
