import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultAction } from './faults.ts';
import { htmlReply, jsonReply, jsonTextReply, type Reply } from './reply.ts';

/** A fault that ends the call, unlike latency and meanwhile. */
export type FinalFault = Exclude<FaultAction, { kind: 'latency' } | { kind: 'meanwhile' }>;

/** Whether the vendor's own code still runs although the client won't see its answer, or not all of it. */
export function takesEffect(fault: FinalFault): boolean {
  switch (fault.kind) {
    case 'resetAfterEffect':
    case 'truncatedJson':
    case 'malformedJson':
    case 'emptyBody':
    case 'hugeBody':
      return true;
    case 'resetBeforeEffect':
    case 'redirect':
      return false;
    case 'status':
    case 'htmlPage':
    case 'hang':
      return fault.applied ?? false;
  }
}

/** The status that the client will see; null where it sees none. */
export function faultStatus(fault: FinalFault, reply: Reply | undefined): number | null {
  switch (fault.kind) {
    case 'resetBeforeEffect':
    case 'resetAfterEffect':
    case 'hang':
      return null;
    case 'status':
      return fault.status;
    case 'htmlPage':
      return fault.status ?? 502;
    case 'redirect':
      return fault.status ?? 302;
    case 'truncatedJson':
    case 'malformedJson':
    case 'emptyBody':
    case 'hugeBody':
      return reply?.status ?? 200;
  }
}

export async function sendFault(response: ServerResponse, fault: FinalFault, reply: Reply | undefined): Promise<void> {
  const status = faultStatus(fault, reply) ?? 0;
  switch (fault.kind) {
    case 'resetBeforeEffect':
    case 'resetAfterEffect':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'status': {
      const { body } = fault;
      const made = typeof body === 'string' ? textReply(status, body) : jsonReply(status, body ?? '');
      return send(response, { ...made, headers: { ...made.headers, ...fault.headers } });
    }
    case 'htmlPage':
      return send(response, htmlReply(status, 'Bad Gateway'));
    case 'redirect':
      return send(response, { status, headers: { location: fault.location }, body: '' });
    case 'truncatedJson': {
      const whole = reply?.body === undefined || reply.body === '' ? '{"Message":"cut off"}' : reply.body;
      return send(response, jsonTextReply(status, whole.slice(0, Math.ceil(whole.length / 2)), reply?.headers));
    }
    case 'malformedJson':
      return send(response, jsonTextReply(status, '[{"approvalRequestId": NaN, \'id\': 65430027,}', reply?.headers));
    case 'emptyBody':
      return send(response, { status, headers: reply?.headers ?? {}, body: '' });
    case 'hugeBody':
      return sendHuge(response, status, fault.bytes);
  }
}

export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
  response.end(reply.body);
}

function textReply(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

async function sendHuge(response: ServerResponse, status: number, bytes: number): Promise<void> {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  const chunk = Buffer.alloc(64 * 1024, 'x');
  response.write('"');
  for (let left = bytes - 2; left > 0 && !response.destroyed; left -= chunk.length) {
    const roomLeft = response.write(chunk.subarray(0, Math.min(left, chunk.length)));
    // A client that stops reading at its limit must be able to close the connection meanwhile.
    while (!roomLeft && response.writableNeedDrain && !response.destroyed) await delay(1);
  }
  if (!response.destroyed) response.end('"');
}
