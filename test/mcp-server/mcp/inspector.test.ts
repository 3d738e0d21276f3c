import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERAS, type Era } from './client.ts';
import { type Ended, handedOn, runTool } from './command.ts';
import { openPlace, type Place, SERVER } from './place.ts';

// MCP Inspector's command: a ready-made client that asks no person anything.

const TOOL_IS_ERROR = 5;
const NAMES = [
  'list_accounts',
  'list_pending',
  'get_request',
  'check_matching_apps',
  'get_research',
  'get_permit_options',
  'get_history',
  'approve_request',
  'deny_request',
  'take_ownership',
  'get_decision',
  'list_decisions',
];

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(async () => {
  await place.close();
  expect(place.sandbox.record).toEqual([]);
});

let processes = 0;

/** Each in a folder of its own, so that none shows what another read. */
function inspect(era: Era, ...args: readonly string[]): Promise<Ended> {
  processes += 1;
  const env = { ...place.env, COUNTERSIGN_STATE_DIR: path.join(place.folder, `state-${processes}`) };
  const server = [...handedOn(env), process.execPath, SERVER, 'mcp'];
  return runTool('mcp-inspector', ['--cli', ...server, '--protocol-era', era, '--format', 'json', ...args], env);
}

function list(era: Era): Promise<Ended> {
  return inspect(era, '--method', 'tools/list', '--strict');
}

async function call(era: Era, tool: string, args: object) {
  const ended = await inspect(
    era,
    '--method',
    'tools/call',
    '--tool-name',
    tool,
    '--tool-args-json',
    JSON.stringify(args),
  );
  const { result } = JSON.parse(ended.stdout) as {
    result: { content: { text: string }[]; structuredContent?: Record<string, unknown> };
  };
  return {
    code: ended.code,
    stderr: ended.stderr,
    text: result.content.map(({ text }) => text).join('\n'),
    structured: result.structuredContent ?? {},
  };
}

const named = (name: string) => `${name.startsWith('abr') ? 'acme-abr' : 'acme'}/${place.sandbox.id(name)}`;

/** The same call in both eras, which answer alike. */
async function callInBoth(tool: string, args: object) {
  const [legacy, modern] = await Promise.all([call('legacy', tool, args), call('modern', tool, args)]);
  expect({ ...modern, text: withoutTimes(modern.text) }).toMatchObject({
    code: legacy.code,
    text: withoutTimes(legacy.text),
  });
  return [legacy, modern] as const;
}

/** Without what differs from call to call: ages. */
function withoutTimes(text: string): string {
  return text
    .replace(/, as read \d+ s ago/, '')
    .replace(/waiting (under )?\d+ \w+/g, '')
    .replace(/\|[^|]* (min|h|d)\|/g, '||');
}

test('both eras list the same tools in the same order', async () => {
  const listings = await Promise.all(ERAS.map(list));
  const [legacy, modern] = listings.map(
    ({ stdout }) => (JSON.parse(stdout) as { result: { tools: { name: string }[] } }).result.tools,
  );
  expect(legacy?.map(({ name }) => name)).toEqual(NAMES);
  expect(modern).toEqual(legacy);
  for (const { code, stderr } of listings) {
    expect(code).toBe(0);
    expect(stderr).toMatch(/\b0 errors/);
  }
});

test.each<readonly [tool: string, args: () => object, shows: RegExp]>([
  ['list_accounts', () => ({}), /acme .*threatlocker · SANDBOX · \d+ wait/],
  ['list_pending', () => ({ account: 'acme', kind: 'elevation', groupBy: 'file' }), /2 requests wait/],
  ['get_request', () => ({ request: named('anydesk') }), /AnyDesk\.exe/],
  [
    'get_request',
    () => ({ request: named('abr-obsidian') }),
    /^Requester: NORTHWIND\\alva\.nilsson \(Alva Nilsson\)$/m,
  ],
  ['check_matching_apps', () => ({ request: named('payroll') }), /belongs to \d applications/],
  ['get_research', () => ({ request: named('acrobat-install') }), /Research on/],
  ['get_permit_options', () => ({ request: named('obsidian-contoso') }), /Computer groups/],
  [
    'get_history',
    () => ({ request: named('obsidian-contoso'), of: 'computer' }),
    /2 entries on this computer in the last 30 days/,
  ],
  ['list_decisions', () => ({}), /No decision is on record here|nothing was decided on this computer/],
])('%s answers with text and structured content', async (tool, args, shows) => {
  for (const answer of await callInBoth(tool, args())) {
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(answer.text).toMatch(shows);
    expect(Object.keys(answer.structured).length).toBeGreaterThan(0);
  }
});

test.each<readonly [tool: string, request: string, options: object]>([
  ['approve_request', 'obsidian-contoso', {}],
  ['deny_request', 'abr-cmd', { reason: 'Not needed.' }],
  ['take_ownership', 'obsidian-fabrikam', {}],
])('%s is left to a person at a terminal, and goes with its client', async (tool, request, options) => {
  const decisions = new Set<unknown>();
  // One after the other: what a client leaves behind at its end is not in the next one's way.
  for (const era of ERAS) {
    const answer = await call(era, tool, { requests: [named(request)], ...options });
    expect(answer).toMatchObject({ code: 0, structured: { status: 'awaiting-confirmation' } });
    const decision = String(answer.structured['decision']);
    expect(answer.text).toMatch(/can not show a person a form.*Nothing was sent yet/);
    expect(answer.text).toContain(`countersign confirm ${decision}`);
    decisions.add(decision);
  }
  expect(decisions.size).toBe(2);
});

test.each<readonly [what: string, tool: string, args: () => object, says: RegExp]>([
  [
    'an argument that nobody knows',
    'list_pending',
    () => ({ colour: 'red' }),
    /Unrecognized key: "colour"\. Leave it out and call again/,
  ],
  [
    'an argument that nobody knows, beside good ones',
    'deny_request',
    () => ({ requests: [named('anydesk')], reason: 'No.', confirm: true }),
    /Unrecognized key: "confirm"/,
  ],
  ['what is no reference', 'get_request', () => ({ request: 'anydesk' }), /looks like "account\/id".*list_pending/],
  [
    'an account that is not there',
    'get_request',
    () => ({ request: 'nobody/1' }),
    /no account "nobody".*list_accounts/,
  ],
  ['an account that is not there', 'list_pending', () => ({ account: 'nobody' }), /no such account.*list_accounts/],
  ['a request that is not there', 'get_request', () => ({ request: 'acme-abr/99999999' }), /look in the portal/],
  ['a cursor that is not ours', 'list_pending', () => ({ cursor: 'bm90IG91cnM' }), /Call again without cursor/],
  [
    'a reference that nobody knows',
    'approve_request',
    () => ({ requests: ['nobody/1'] }),
    /no request of a known account.*list_pending.*Nothing was sent/,
  ],
  ['a decision that is not there', 'get_decision', () => ({ decision: 'none' }), /no such decision.*list_decisions/],
  [
    'a vendor without ownership',
    'take_ownership',
    () => ({ requests: [named('abr-cmd')] }),
    /has no ownership.*Nothing was sent/,
  ],
  [
    'a file without a hash',
    'get_history',
    () => ({ request: named('abr-session') }),
    /gives no SHA-256 of the file.*can't be looked up/,
  ],
  ['a vendor without applications', 'check_matching_apps', () => ({ request: named('abr-cmd') }), /Use get_research/],
])('%s: %s is refused with what to do', async (what, tool, args, says) => {
  // One era is enough for each, since what is refused here never meets the protocol.
  const answer = await call(what.length % 2 === 0 ? 'legacy' : 'modern', tool, args());
  expect(answer.code).toBe(TOOL_IS_ERROR);
  expect(answer.text).toMatch(says);
});

test('a cursor goes on where the page before ended, and belongs to its order', async () => {
  const page = { account: 'acme-abr', limit: 2 };
  const first = await call('legacy', 'list_pending', page);
  const cursor = first.structured['nextCursor'];
  expect(typeof cursor).toBe('string');
  // Another process, another era: a cursor holds a place in the queue, no memory of ours.
  const next = await call('modern', 'list_pending', { ...page, cursor });
  const references = [first, next].flatMap((answer) => answer.structured['requests'] as { request: string }[]);
  expect(new Set(references.map(({ request }) => request)).size).toBe(4);
  const other = await call('modern', 'list_pending', { ...page, cursor, sort: 'newest' });
  expect(other.code).toBe(TOOL_IS_ERROR);
  expect(other.text).toMatch(/from another order. Call again without cursor/);
});
