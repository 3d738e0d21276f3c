import type { RecordedCall, WriteIntent } from '../record.ts';
import { emptyReply, htmlReply, jsonReply, Refusal } from '../reply.ts';
import type { Outcome } from '../simulation.ts';
import { auditLogDelta, getAuditLogEntry, listAuditLog } from './audit-log.ts';
import { getEvent, listEvents } from './events.ts';
import { deleteInventory, findComputer, getInventory, issuePin, listInventory } from './inventory.ts';
import { approveRequest, denyRequest, getRequest, listRequests } from './requests.ts';
import type { AdminByRequestState } from './state.ts';

/** The decoded parts of the path; undefined where the percent-encoding is broken. */
function parts(call: RecordedCall): readonly string[] | undefined {
  try {
    return call.path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

const NUMBER = /^\d{1,15}$/;

export function adminByRequestIntent(call: RecordedCall): WriteIntent | undefined {
  const [resource, key = '', sub] = parts(call) ?? [];
  const requestIds = resource === 'requests' && key !== '' ? [key] : [];
  if (resource === 'inventory' && sub === 'pin' && call.method === 'GET') return { verdict: 'issue-pin', requestIds };
  if (call.method === 'GET' || call.method === 'HEAD' || call.method === 'OPTIONS') return undefined;
  if (resource === 'requests' && sub === undefined && key !== '') {
    if (call.method === 'PUT') return { verdict: 'approve', requestIds };
    if (call.method === 'DELETE') return { verdict: 'deny', requestIds };
  }
  if (resource === 'inventory' && call.method === 'DELETE') return { verdict: 'delete-computer', requestIds };
  return { verdict: 'unknown', requestIds };
}

export function handleAdminByRequest(state: AdminByRequestState, call: RecordedCall): Outcome {
  try {
    authenticate(state, call);
    return route(state, call);
  } catch (error) {
    if (error instanceof Refusal) return { reply: error.reply, effect: 'refused', why: error.why };
    throw error;
  }
}

/** The key as header, or as password of Basic authentication with any user name. */
function authenticate({ apiKey, quirks }: AdminByRequestState, call: RecordedCall): void {
  if (quirks.dataCenter === 'wrong') {
    throw new Refusal(htmlReply(500, 'Runtime Error'), 'the key belongs to another data centre');
  }
  const basic = /^Basic (\S+)$/i.exec(call.headers['authorization'] ?? '')?.[1] ?? '';
  const password = Buffer.from(basic, 'base64').toString('utf8').split(':').slice(1).join(':');
  if (call.headers['apikey'] !== apiKey && password !== apiKey) {
    // The sentence is known, its status is not.
    throw new Refusal(jsonReply(401, { Message: 'Invalid API key' }), 'the API key is not known');
  }
}

function route(state: AdminByRequestState, call: RecordedCall): Outcome {
  const path = parts(call);
  if (path === undefined || path.some((part) => part.includes('\\'))) {
    // IIS takes a backslash, encoded or not, for a dangerous path.
    return { reply: htmlReply(400, 'Bad Request'), effect: 'refused', why: 'the path cannot be read' };
  }
  const [resource, key, sub, ...rest] = path;
  if (rest.length > 0) return notFound();
  if (resource === 'requests' && key !== undefined && sub === undefined && NUMBER.test(key)) {
    if (call.method === 'PUT') return approveRequest(state, call, Number(key));
    if (call.method === 'DELETE') return denyRequest(state, call, Number(key));
  }
  if (resource === 'inventory' && key !== undefined && sub === undefined && call.method === 'DELETE') {
    return deleteInventory(state, key);
  }
  if (call.method !== 'GET') return { reply: emptyReply(405), effect: 'refused', why: 'wrong method' };
  return read(state, call, path) ?? notFound();
}

function read(state: AdminByRequestState, call: RecordedCall, path: readonly string[]): Outcome | undefined {
  const [resource, key, sub] = path;
  const id = key !== undefined && NUMBER.test(key) ? Number(key) : undefined;
  switch (path.length) {
    case 1:
      if (resource === 'requests') return listRequests(state, call);
      if (resource === 'auditlog') return listAuditLog(state, call);
      if (resource === 'events') return listEvents(state, call);
      if (resource === 'inventory') return listInventory(state, call);
      return resource === 'whoami' ? whoAmI(state, call) : undefined;
    case 2:
      if (resource === 'requests' && id !== undefined) return getRequest(state, call, id);
      if (resource === 'auditlog' && key === 'delta') return auditLogDelta(state, call);
      if (resource === 'auditlog' && id !== undefined) return getAuditLogEntry(state, call, id);
      if (resource === 'events' && id !== undefined) return getEvent(state, id);
      return resource === 'inventory' && key !== undefined ? getInventory(state, call, key) : undefined;
    case 3:
      if (key === undefined) return undefined;
      if (resource === 'inventory' && sub === 'pin') return issuePin(state, call, key);
      if (resource === 'computers') return ofComputer(state, call, key, sub);
      return resource === 'users' ? ofUser(state, call, key, sub) : undefined;
    default:
      return undefined;
  }
}

function ofComputer(state: AdminByRequestState, call: RecordedCall, key: string, sub?: string): Outcome | undefined {
  const computer = findComputer(state, key);
  if (computer === undefined) return undefined;
  if (sub === 'auditlog') return listAuditLog(state, call, (request) => request.computer.name === computer.name);
  if (sub === 'events') return listEvents(state, call, ({ computerName }) => computerName === computer.name);
  return undefined;
}

/** "user account or full name" */
function ofUser(state: AdminByRequestState, call: RecordedCall, key: string, sub?: string): Outcome | undefined {
  const wanted = key.toLowerCase();
  const same = (value: unknown): boolean => typeof value === 'string' && value.toLowerCase() === wanted;
  if (sub === 'auditlog') return listAuditLog(state, call, ({ user }) => same(user.account) || same(user.fullName));
  if (sub === 'events') return listEvents(state, call, (event) => same(event.userAccount) || same(event.userName));
  return undefined;
}

function whoAmI(state: AdminByRequestState, call: RecordedCall): Outcome | undefined {
  if (state.quirks.whoami === 'not-found') return undefined;
  return {
    reply: jsonReply(200, {
      tenantName: state.tenantName,
      apiUrl: `http://${call.headers['host'] ?? '127.0.0.1'}`,
      workstationSeats: 250,
      workstationUsage: state.computers.size,
      workstationExpiryDate: '2027-12-31T00:00:00',
      serverSeats: 25,
      serverUsage: 1,
      serverExpiryDate: '2027-12-31T00:00:00',
    }),
  };
}

function notFound(): Outcome {
  return { reply: emptyReply(404), effect: 'refused', why: 'no such resource' };
}
