import type { Fetch } from '@countersign/shared/http';
import type { Sandbox } from '@countersign/shared/sandbox';
import { expect, test } from 'vitest';
import {
  expectationOf,
  type Ground,
  type NamedApplication,
  nameOf,
  type Order,
  optionsOf,
  orders,
  outcomeOf,
} from './permit-orders.ts';
import { permitProblems } from './permit-validator.ts';
import { DECISION, MARK, ready, vendorId, world } from './setup.ts';

const LONG = process.env['COUNTERSIGN_LONG'] === '1';
const KINDS = ['execute', 'install', 'elevate'] as const;

/** Asks the sandbox itself, past our client. */
async function ask(sandbox: Sandbox, organization: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${sandbox.threatLocker.url}/portalapi/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: sandbox.threatLocker.token,
      managedOrganizationId: organization,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return response.json();
}

interface Row {
  readonly applicationId: string;
  readonly applicationName: string;
  readonly organizationId: string;
  readonly organizationName: string;
}

interface Group {
  readonly computerGroupId: string;
  readonly organizationId: string;
  readonly isGlobal: boolean;
}

/** A file that matches an application of every owner, asked for in fabrikam. Answers the request's id and its permit record. */
async function arrive(sandbox: Sandbox, kind: Ground['kind'], name: string): Promise<Pick<Ground, 'id' | 'read'>> {
  const id = sandbox.arrive({
    vendor: 'threatlocker',
    name,
    organization: 'fabrikam',
    actionType: kind,
    comments: 'Dana will call back.',
    ticketId: 'OLD-1',
    file: {
      ...sandbox.raw('threatlocker', sandbox.id('payroll'))?.file,
      installedBy: ['c:\\install\\payrollupdate.exe', 'c:\\windows\\explorer.exe'],
    },
  });
  const { fabrikam } = sandbox.threatLocker.organizations;
  const path = `ApprovalRequest/ApprovalRequestGetPermitApplicationById?approvalRequestId=${id}`;
  return { id: vendorId(id), read: await ask(sandbox, fabrikam, path) };
}

/** What can be chosen in fabrikam, one application of each class. */
async function choicesIn(sandbox: Sandbox): Promise<Omit<Ground, 'id' | 'read' | 'kind'>> {
  const { fabrikam, northwind } = sandbox.threatLocker.organizations;
  const file = sandbox.raw('threatlocker', sandbox.id('payroll'))?.file;
  const question = { hash: file?.hash, sha256: file?.sha256, certs: file?.certs, osType: 1 };
  const [{ matchingApplications: matching }, custom, options, groups] = (await Promise.all([
    ask(sandbox, fabrikam, 'Application/ApplicationGetMatchingList', question),
    ask(sandbox, fabrikam, 'Application/ApplicationGetListForAddToApplication?osType=1&searchText='),
    ask(sandbox, fabrikam, 'Application/ApplicationGetForMaintenanceMode?osType=1'),
    ask(sandbox, fabrikam, 'ComputerGroup/ComputerGroupGetForPermitApplication?osType=1'),
  ])) as [{ matchingApplications: Row[] }, Row[], { value: string }[], Group[]];
  const forMaintenance = options.map(({ value }) => value);
  const pick = (rows: readonly Row[], fits: (row: Row) => boolean): NamedApplication => {
    const found = rows.find(fits);
    if (!found) throw new Error('the sandbox has no such application');
    return { id: found.applicationId, maintenance: forMaintenance.includes(found.applicationId) };
  };
  const kept = (row: Row) => forMaintenance.includes(row.applicationId);
  return {
    parents: [northwind],
    instance: sandbox.threatLocker.instance,
    group: groups.find((group) => group.organizationId === fabrikam && !group.isGlobal)?.computerGroupId ?? '',
    applications: {
      'matching, own': pick(matching, (row) => row.organizationId === fabrikam),
      'matching, parent': pick(matching, (row) => row.organizationId === northwind),
      'matching, built-in': pick(matching, (row) => row.organizationName === 'master'),
      'existing, own': pick(custom, (row) => row.organizationId === fabrikam && kept(row)),
      'existing, parent': pick(custom, (row) => row.organizationId === northwind && kept(row)),
      'existing, not for maintenance': pick(custom, (row) => !kept(row)),
      new: null,
    },
  };
}

/** The sandbox stands still while the matrix is built, so that each question needs to be asked once only. */
function onceEach(): Fetch {
  const kept = new Map<string, { readonly status: number; readonly headers: Headers; readonly text: string }>();
  return async (url, init) => {
    const key = JSON.stringify([url, init.method, init.headers, init.body]);
    let reply = kept.get(key);
    if (!reply) {
      reply = await read(url, init);
      kept.set(key, reply);
    }
    return new Response(reply.text, reply);
  };
}

async function read(url: string, init: RequestInit) {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('every permit body that can be built is what the vendor insists on, and nothing else is ready', async () => {
  const { acme, sandbox } = await world({ fetch: onceEach() });
  const grounds: Ground[] = [];
  const choices = await choicesIn(sandbox);
  for (const kind of KINDS) grounds.push({ kind, ...choices, ...(await arrive(sandbox, kind, `matrix-${kind}`)) });
  const everyMask = Array.from({ length: 16 }, (_, mask) => mask);
  const seen = { ready: 0, refused: 0, 'needs-choice': 0, 'already-handled': 0 };
  const bodies = new Set<string>();
  for (const order of orders(grounds, LONG ? () => everyMask : (index) => [index % 16])) {
    const name = nameOf(order);
    const preparation = await acme.prepare(
      order.ground.id,
      { verdict: 'approve', options: optionsOf(order) },
      DECISION,
    );
    seen[preparation.outcome] += 1;
    expect(preparation.outcome, name).toBe(outcomeOf(order));
    if (preparation.outcome === 'refused') expect(preparation.message, name).toMatch(/^[A-Z].{20,}\.$/);
    if (preparation.outcome === 'needs-choice') expect(preparation.choices, name).toHaveLength(3);
    if (preparation.outcome !== 'ready') continue;
    const { write } = preparation.target;
    expect(permitProblems(write.body ?? '', expectationOf(order, MARK)), name).toEqual([]);
    expect(write, name).toMatchObject({
      verdict: 'approve',
      method: 'POST',
      path: '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication',
      organizationId: sandbox.threatLocker.organizations.fabrikam,
    });
    bodies.add(write.body ?? '');
  }
  expect(bodies.size).toBeGreaterThan(1500);
  expect(seen['already-handled']).toBe(0);
  expect(sandbox.record).toEqual([]);
}, 600_000);

/** One rule by hash, one by two properties, one by all four, the maintenance modes; an elevation of each kind. */
const RULES_SENT = ['no rule', 'hash', 'path and certificate', 'path and process and certificate and createdBy'];

const ELEVATIONS_SENT = ['{"mode":"none"}', '{"mode":"elevate","hours":4}', '{"mode":"silent"}'];

function isSent({ rule, elevation }: Order): boolean {
  const isMaintenance = ['installation', 'learning', 'monitor'].includes(rule.name);
  return (isMaintenance || RULES_SENT.includes(rule.name)) && ELEVATIONS_SENT.includes(JSON.stringify(elevation));
}

test('the vendor takes a body of every class', async () => {
  const { acme, sandbox } = await world();
  const choices = await choicesIn(sandbox);
  for (const { vendor, id, name } of sandbox.requests) if (name !== 'payroll') sandbox.remove(vendor, id);
  const nowhere = { id: vendorId('none'), read: { fileDetails: { certificates: [], createdByProcesses: [] } } };
  const all = orders(
    KINDS.map((kind) => ({ kind, ...choices, ...nowhere })),
    (index) => [index % 16],
  );
  const sent = [...all].filter((order) => isSent(order) && outcomeOf(order) === 'ready');
  for (const [index, order] of sent.entries()) {
    const { kind } = order.ground;
    const ground: Ground = { kind, ...choices, ...(await arrive(sandbox, kind, `class-${index}`)) };
    const name = nameOf(order);
    const decision = { verdict: 'approve', options: optionsOf({ ...order, ground }) } as const;
    const { target } = ready(await acme.prepare(ground.id, decision, DECISION));
    await acme.send(target.write);
    expect(sandbox.record.at(-1), name).toMatchObject({ requestId: ground.id, verdict: 'approve', effect: 'applied' });
    const { request } = await acme.get(ground.id);
    expect(request.status, name).toBe('approved');
    expect(acme.attribute(request, DECISION), name).toBe('ours');
  }
  expect(sandbox.record).toHaveLength(sent.length);
  expect(sent.length).toBeGreaterThan(200);
});
