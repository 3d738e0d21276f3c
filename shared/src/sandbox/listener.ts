import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type FinalFault, faultStatus, send, sendFault, takesEffect } from './answer.ts';
import type { FaultBoard } from './faults.ts';
import type { RecordedCall, RecordedWrite, Vendor, WriteIntent } from './record.ts';
import { htmlReply } from './reply.ts';
import type { Outcome } from './simulation.ts';

export interface ListenerParts {
  readonly vendor: Vendor;
  readonly now: () => number;
  readonly faults: FaultBoard;
  readonly calls: RecordedCall[];
  readonly record: RecordedWrite[];
  intent(call: RecordedCall): WriteIntent | undefined;
  handle(call: RecordedCall): Outcome;
}

export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on the loopback address; port 0 takes any that is free. */
export async function listen(host: string, port: number, parts: ListenerParts): Promise<Listener> {
  const closing = new AbortController();
  const server = createServer((request, response) => {
    serve(parts, closing.signal, request, response).catch((error: unknown) => {
      // Closing cuts calls short; anything else is a fault of the sandbox itself and must be seen by the test.
      if (!closing.signal.aborted && !response.headersSent) send(response, htmlReply(599, `sandbox: ${String(error)}`));
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function serve(
  parts: ListenerParts,
  closing: AbortSignal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await readCall(parts, request);
  parts.calls.push(call);
  let fault: FinalFault | undefined;
  for (const action of parts.faults.strike(call)) {
    if (action.kind === 'latency') await delay(action.ms, undefined, { signal: closing });
    else if (action.kind === 'meanwhile') action.run();
    else fault ??= action;
  }
  const outcome = fault === undefined || takesEffect(fault) ? parts.handle(call) : undefined;
  const status = fault === undefined ? (outcome?.reply.status ?? null) : faultStatus(fault, outcome?.reply);
  note(parts, call, outcome, status, fault);
  if (fault !== undefined) await sendFault(response, fault, outcome?.reply);
  else if (outcome !== undefined) send(response, outcome.reply);
}

function note(
  parts: ListenerParts,
  call: RecordedCall,
  outcome: Outcome | undefined,
  status: number | null,
  fault: FinalFault | undefined,
): void {
  const intent = parts.intent(call);
  if (intent === undefined) return;
  parts.record.push({
    ...call,
    ...intent,
    requestId: intent.requestIds[0],
    effect: outcome?.effect ?? 'nothing',
    status,
    why: outcome?.why ?? (fault === undefined ? undefined : `fault ${fault.kind}`),
  });
}

async function readCall(parts: ListenerParts, request: IncomingMessage): Promise<RecordedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    vendor: parts.vendor,
    at: parts.now(),
    method: request.method ?? 'GET',
    url,
    path,
    query: Object.fromEntries(new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1))),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
