import type { FaultAction, RecordedCall, Vendor } from '@countersign/shared/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { KEY_VARIABLE, TOKEN_VARIABLE } from '../../support/world.ts';
import { hurried } from './clock.ts';
import { answerIn, type Lines, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

// Whatever a vendor or the settings do, no answer, no question and no line of the log holds a token or a key.

let place: Place;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  place = await openPlace();
  env = await hurried(place);
});
afterEach(() => place.sandbox.faults.clear());
afterAll(() => place.close());

const secrets = () => [place.sandbox.threatLocker.token, place.sandbox.adminByRequest.apiKey];

function expectNoSecret(lines: Lines, more: readonly string[] = []): void {
  for (const secret of [...secrets(), ...more]) {
    expect(secret.length).toBeGreaterThan(8);
    expect(lines.output.join('\n')).not.toContain(secret);
    expect(lines.errors()).not.toContain(secret);
  }
}

const requestOf = (name: string) => `${name.startsWith('abr') ? 'acme-abr' : 'acme'}/${place.sandbox.id(name)}`;
const call = (lines: Lines, name: string, args: object) => lines.request('tools/call', { name, arguments: args });

async function everyTool(lines: Lines): Promise<readonly string[]> {
  const answers = [];
  for (const request of [requestOf('obsidian-contoso'), requestOf('abr-cmd')]) {
    for (const tool of ['get_request', 'check_matching_apps', 'get_research', 'get_permit_options']) {
      answers.push(await call(lines, tool, { request }));
    }
    answers.push(await call(lines, 'approve_request', { requests: [request] }));
    answers.push(await call(lines, 'deny_request', { requests: [request], reason: 'No.' }));
  }
  for (const tool of ['list_accounts', 'list_decisions', 'list_pending']) answers.push(await call(lines, tool, {}));
  return answers.map((answer) => answerIn(answer).text);
}

/** A server that sends back what it was sent, as debug pages and gateways do. */
const ECHOES: readonly (readonly [title: string, fault: (echo: string) => FaultAction])[] = [
  ['a refusal in JSON', (echo) => ({ kind: 'status', status: 401, body: { message: echo, Message: echo } })],
  ['a refusal in text', (echo) => ({ kind: 'status', status: 403, body: echo })],
  ['a complaint', (echo) => ({ kind: 'status', status: 417, body: echo })],
  ['a failure', (echo) => ({ kind: 'status', status: 500, body: { message: echo } })],
  ['a success in text', (echo) => ({ kind: 'status', status: 200, body: echo })],
  ['a bad token in 440', (echo) => ({ kind: 'status', status: 440, body: echo })],
  ['a redirect', (echo) => ({ kind: 'redirect', location: `http://127.0.0.1:9/?${encodeURI(echo)}` })],
  ['headers', (echo) => ({ kind: 'status', status: 429, headers: { 'retry-after': echo, 'x-echo': echo } })],
];
const VENDORS = ['threatlocker', 'admin-by-request'] as const;
const echoOf = (vendor: Vendor) => {
  const secret = vendor === 'threatlocker' ? place.sandbox.threatLocker.token : place.sandbox.adminByRequest.apiKey;
  return `You sent: authorization: ${secret}; apikey: ${secret}; x: Bearer ${secret}`;
};

describe('a vendor that echoes the request’s headers', () => {
  const everyToolUnder = async (fault: (echo: string) => FaultAction) => {
    for (const vendor of VENDORS) place.sandbox.faults.add({ when: { vendor }, do: fault(echoOf(vendor)) });
    const lines = await openLines(place, { era: 'modern', env, capabilities: {} });
    const texts = await everyTool(lines);
    expect(texts.every((text) => text.length > 20)).toBe(true);
    expect(await lines.end()).toBe(0);
    return lines;
  };

  test.each(ECHOES)('in %s', async (_what, fault) => {
    expectNoSecret(await everyToolUnder(fault));
  });

  test('in a success that is none', async () => {
    expectNoSecret(await everyToolUnder((echo) => ({ kind: 'status', status: 200, body: { message: echo } })));
  });

  test('when it refuses a write', async () => {
    const lines = await openLines(place, { era: 'modern', env });
    for (const vendor of VENDORS) {
      const { reference } = place.arrival(vendor);
      const asked = await lines.ask('approve_request', { requests: [reference] });
      const where = ({ method, path }: RecordedCall) => method === 'PUT' || path.includes('PermitApplication');
      const refusal: FaultAction = { kind: 'status', status: 403, body: { message: echoOf(vendor) } };
      place.sandbox.faults.add({ when: { method: vendor === 'threatlocker' ? 'POST' : 'PUT', where }, do: refusal });
      const answer = answerIn(await asked.answer({ action: 'accept', content: { confirm: asked.text } }));
      expect(answer).toMatchObject({ status: 'refused', text: expect.stringContaining('You sent') });
      place.sandbox.faults.clear();
    }
    expect(await lines.end()).toBe(0);
    expectNoSecret(lines);
  });
});

test.each<readonly [what: string, secret: string, says: RegExp]>([
  ['wrong', 'wrong-secret-0123456789', /token|key/i],
  ['with the word Bearer', 'Bearer secret-0123456789', /begins with "Bearer"/],
  ['in quotation marks', '"secret-0123456789"', /quotation marks/],
  ['with a line break', 'secret-0123456789\nx', /several lines/],
  ['with a letter that no header takes', 'secret-0123456789-ø', /characters that a token or key can't have/],
])('a secret that is %s is not repeated', async (_what, secret, says) => {
  const bad = { ...env, [TOKEN_VARIABLE]: secret, [KEY_VARIABLE]: secret };
  const lines = await openLines(place, { era: 'modern', env: bad, capabilities: {} });
  const texts = await everyTool(lines);
  expect(texts.at(-1)).toMatch(says);
  expect(await lines.end()).toBe(0);
  expectNoSecret(
    lines,
    [secret, secret.replace(/^Bearer |["\n].*$/g, '')].filter((part) => part.length > 8),
  );
});
