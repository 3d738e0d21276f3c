import { afterEach } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../shared/src/sandbox/index.ts';

let running: Sandbox[] = [];

afterEach(async () => {
  const ended = running;
  running = [];
  await Promise.all(ended.map((sandbox) => sandbox.close()));
});

export const NOW = Date.parse('2026-10-05T12:00:00Z');
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** A sandbox whose clock stands still, closed after the test. */
export async function sandboxForTest(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ now: () => NOW, ...options });
  running.push(sandbox);
  return sandbox;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined where it is empty or no JSON. */
  readonly json: unknown;
}

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands at a path such as `rows.0.name`; undefined where nothing does. */
export function dig(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

export function rows(answer: Answer): readonly unknown[] {
  if (!Array.isArray(answer.json)) throw new Error(`no array: ${answer.status} ${answer.text.slice(0, 200)}`);
  return answer.json;
}

/** Sets what stands at each path; undefined takes the member away. */
export function edit<T>(value: T, changes: Readonly<Record<string, unknown>>): T {
  const copy = structuredClone(value);
  for (const [path, wanted] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const holder = keys.length === 0 ? copy : dig(copy, keys.join('.'));
    if (typeof holder !== 'object' || holder === null) throw new Error(`nothing stands at ${path}`);
    if (wanted === undefined) Reflect.deleteProperty(holder, last);
    else Reflect.set(holder, last, wanted);
  }
  return copy;
}

export interface ThreatLockerCall {
  readonly token?: string;
  /** The ManagedOrganizationId header. */
  readonly organization?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Makes the call a POST. */
  readonly body?: unknown;
}

/** `path` such as `ApprovalRequest/ApprovalRequestGetById`. */
export function threatLocker(sandbox: Sandbox, path: string, options: ThreatLockerCall = {}): Promise<Answer> {
  const query = options.query === undefined ? '' : `?${new URLSearchParams(options.query)}`;
  const { body } = options;
  return call(`${sandbox.threatLocker.url}/portalapi/${path}${query}`, {
    headers: {
      authorization: options.token ?? sandbox.threatLocker.token,
      ...(options.organization === undefined ? {} : { managedOrganizationId: options.organization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export function list(sandbox: Sandbox, body: object = {}, options: ThreatLockerCall = {}): Promise<Answer> {
  return threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestGetByParameters', {
    body: { statusId: 1, pageNumber: 1, pageSize: 100, showChildOrganizations: true, ...body },
    ...options,
  });
}

/** The organization of a request of the standard population. */
export function organizationOf(sandbox: Sandbox, name: string): string {
  return sandbox.raw('threatlocker', sandbox.id(name))?.organizationId ?? '';
}

/** Ids above it, from the tree that the tests know by heart. */
export function parentsOf(sandbox: Sandbox, organization: string): string[] {
  const { northwind, contoso, harbor, fabrikam, rotterdam } = sandbox.threatLocker.organizations;
  const above: Readonly<Record<string, string[]>> = {
    [contoso]: [northwind],
    [harbor]: [contoso, northwind],
    [fabrikam]: [northwind],
    [rotterdam]: [fabrikam, northwind],
  };
  return above[organization] ?? [];
}

/** A permit that the vendor accepts: a new application with the file's hash, on this computer. */
export async function permitBody(sandbox: Sandbox, name: string): Promise<unknown> {
  const organization = organizationOf(sandbox, name);
  const { json } = await threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestGetPermitApplicationById', {
    organization,
    query: { approvalRequestId: sandbox.id(name) },
  });
  return edit(json, {
    userInstance: sandbox.threatLocker.instance,
    isFromApproval: true,
    hasOriginApprovalCenter: true,
    organizationIds: parentsOf(sandbox, organization),
    'matchingApplications.useNewApplication': true,
    'matchingApplications.newApplicationName': `${name} (one computer)`,
    'policyConditions.createManualPolicy': true,
    'policyConditions.manualOptions': [hashRule(dig(json, 'fileDetails.hash'))],
  });
}

export function hashRule(hash: unknown): object {
  return {
    fullPath: null,
    processPath: null,
    cert: null,
    hash,
    createdBy: null,
    isDefaultOption: true,
    disabled: false,
  };
}

export function permit(sandbox: Sandbox, name: string, body: unknown, options: ThreatLockerCall = {}): Promise<Answer> {
  return threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestPermitApplication', {
    organization: organizationOf(sandbox, name),
    body,
    ...options,
  });
}

export interface AdminByRequestCall {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `path` with its query, such as `/requests?status=pending`. */
export function adminByRequest(sandbox: Sandbox, path: string, options: AdminByRequestCall = {}): Promise<Answer> {
  const { headers, ...init } = options;
  return call(`${sandbox.adminByRequest.url}${path}`, {
    ...init,
    headers: { apikey: sandbox.adminByRequest.apiKey, ...headers },
  });
}
