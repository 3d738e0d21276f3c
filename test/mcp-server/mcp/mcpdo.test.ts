import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RecordedWrite, Vendor } from '@countersign/shared/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERAS, questionIn } from './client.ts';
import { handedOn, runTool } from './command.ts';
import { openPlace, type Place, SERVER } from './place.ts';

// MCP Inspector's second command: a ready-made client whose person answers by a command of their own.

let place: Place;
let home: string;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  place = await openPlace();
  home = await mkdtemp(path.join(tmpdir(), 'mcpdo-'));
  // A connection is named for its command, so that has to be `node`: this one.
  const PATH = [path.dirname(process.execPath), place.env['PATH']].join(path.delimiter);
  env = { ...place.env, PATH, HOME: home, MCP_INSPECTOR_SECRET_STORE: 'memory' };
});
afterAll(async () => {
  const stopped = await runTool('mcpdo', ['daemon', 'stop'], env);
  await rm(home, { recursive: true, force: true });
  await place.close();
  expect(stopped.code).toBe(0);
});

async function mcpdo(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runTool('mcpdo', args, env);
  if (code !== 0) throw new Error(`mcpdo ${args.join(' ')}: ${code}\n${stdout}\n${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

interface Pending {
  readonly elicitationId: string;
}

async function ask(tool: string, reference: string, options: readonly string[]): Promise<Pending> {
  const requests = `requests:=["${reference}"]`;
  const { elicitationPending } = await mcpdo('@node', 'tools/call', tool, requests, ...options, '--format', 'json');
  return elicitationPending as Pending;
}

async function respond({ elicitationId }: Pending, ...answer: readonly string[]) {
  const result = await mcpdo('elicitation/respond', elicitationId, ...answer, '--format', 'json');
  return (result['result'] ?? result) as Record<string, unknown>;
}

const VERBS: Readonly<Record<string, string>> = {
  approve_request: 'approve',
  deny_request: 'deny',
  take_ownership: 'take-ownership',
};

const CASES: readonly (readonly [
  title: string,
  vendor: Vendor,
  tool: string,
  options: readonly string[],
  write: (id: string) => Partial<RecordedWrite>,
])[] = [
  [
    'ThreatLocker approval',
    'threatlocker',
    'approve_request',
    [],
    () => ({ verdict: 'approve', method: 'POST', url: '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication' }),
  ],
  [
    'ThreatLocker denial',
    'threatlocker',
    'deny_request',
    ['reason:=Not needed here.'],
    () => ({ verdict: 'deny', method: 'POST', url: '/portalapi/ApprovalRequest/ApprovalRequestUpdateForReject' }),
  ],
  [
    'ThreatLocker ownership',
    'threatlocker',
    'take_ownership',
    [],
    () => ({
      verdict: 'take-ownership',
      method: 'POST',
      url: '/portalapi/ApprovalRequest/ApprovalRequestUpdateForTakeOwnership',
    }),
  ],
  [
    'Admin By Request approval',
    'admin-by-request',
    'approve_request',
    [],
    (id) => ({ verdict: 'approve', method: 'PUT', url: `/requests/${id}?approvedby=approver%40northwind.example` }),
  ],
  [
    'Admin By Request denial',
    'admin-by-request',
    'deny_request',
    ['reason:=Not needed here.'],
    (id) => ({
      verdict: 'deny',
      method: 'DELETE',
      url: `/requests/${id}?reason=Not%20needed%20here.&deniedby=approver%40northwind.example`,
      body: '',
    }),
  ],
];

describe.each(ERAS)('%s era', (era) => {
  beforeAll(async () => {
    await runTool('mcpdo', ['connect', '--era', era, ...handedOn(place.env), '--', 'node', SERVER, 'mcp'], env);
  });
  afterAll(async () => {
    await runTool('mcpdo', ['disconnect', 'node'], env);
  });

  test.each(CASES)('%s: once it was typed, exactly that is written', async (_title, vendor, tool, options, write) => {
    const before = place.sandbox.record.length;
    const { id, reference } = place.arrival(vendor);
    const pending = await ask(tool, reference, options);
    expect(place.sandbox.record).toHaveLength(before);
    const question = questionIn(pending);
    expect(question.text.split(' ')[0]).toBe(VERBS[tool]);
    expect(question.message).toContain(id);
    const result = await respond(pending, `confirm:=${question.text}`);
    expect(result).toMatchObject({ structuredContent: { status: 'applied', targets: [{ attribution: 'ours' }] } });
    expect(place.sandbox.record.slice(before)).toMatchObject([{ requestIds: [id], effect: 'applied', ...write(id) }]);
  });

  test('every tool that only reads answers, and no tool is forgotten here', async () => {
    const { reference } = place.arrival('threatlocker');
    const request = `request:=${reference}`;
    const { result, ...bare } = await mcpdo('@node', 'tools/list', '--format', 'json');
    const { tools } = (result ?? bare) as { tools: { name: string }[] };
    const { structuredContent } = await respond(await ask('deny_request', reference, ['reason:=No.']), '--decline');
    const { decision } = structuredContent as { decision: string };
    const reading: Readonly<Record<string, readonly string[]>> = {
      list_accounts: [],
      list_pending: ['limit:=1'],
      get_request: [request],
      check_matching_apps: [request],
      get_research: [request],
      get_permit_options: [request],
      get_history: [request, 'of:=computer'],
      get_decision: [`decision:=${decision}`],
      list_decisions: [],
    };
    expect(tools.map(({ name }) => name).toSorted()).toEqual(
      [...Object.keys(reading), ...Object.keys(VERBS)].toSorted(),
    );
    for (const [tool, args] of Object.entries(reading)) {
      const answer = await mcpdo('@node', 'tools/call', tool, ...args, '--format', 'json');
      const answered = (answer['result'] ?? answer) as { isError?: boolean; structuredContent?: object };
      expect({ tool, isError: answered.isError ?? false }).toEqual({ tool, isError: false });
      expect(Object.keys(answered.structuredContent ?? {}).length).toBeGreaterThan(0);
    }
  });

  test.each<readonly [string, readonly string[], string]>([
    ['declines', ['--decline'], 'declined'],
    ['types something else', ['confirm:=yes'], 'refused'],
  ])('nothing is written when the person %s', async (_what, answer, status) => {
    const { id, reference } = place.arrival('threatlocker');
    const result = await respond(await ask('approve_request', reference, []), ...answer);
    expect(result).toMatchObject({ structuredContent: { status } });
    expect(JSON.stringify(result)).toMatch(/Nothing was sent/);
    expect(place.writesOn(id)).toEqual([]);
  });
});
