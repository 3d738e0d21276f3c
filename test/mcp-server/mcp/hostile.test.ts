import type { Vendor } from '@countersign/shared/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { forbiddenIn, hostileCorpus } from '../../hostile-corpus.ts';
import { type Answer, type Connection, connect, ERAS, type Era, type Question, questionIn } from './client.ts';
import { hurried } from './clock.ts';
import { envelopeOf, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

/** What hostile texts are found out by is no stop here, so that the questions about them are seen too. */
const ASKED = { severity: { masquerade: 'caution', 'addresses-an-ai': 'caution', 'attack-tool': 'caution' } };

/** Our own line breaks. */
const LINES = '\n';
/** What Markdown or HTML would make of a text that nobody escaped. */
const LIVE = /(?<!\\)(?:!\[|\]\(|<[a-z!/]|`{3}|\*\*|&#|https?:\/\/(?!127))/i;

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsIn(member)]);
}

function expectClean({ text, structured }: Answer): void {
  expect(forbiddenIn(text, LINES)).toEqual([]);
  expect(text.length).toBeLessThan(24_000);
  for (const part of textsIn(structured)) {
    expect(forbiddenIn(part, LINES), part.slice(0, 80)).toEqual([]);
    expect(part.length).toBeLessThan(4_200);
  }
}

function expectSafeQuestion({ message, description }: Question): void {
  expect(forbiddenIn(message, LINES)).toEqual([]);
  expect(message).not.toMatch(LIVE);
  expect(message.length).toBeLessThan(16_000);
  expect(description).toMatch(
    /^To go on, type "(approve|deny|take-ownership) [A-Za-z0-9._-]{1,24}"\. Anything else changes nothing\.$/,
  );
}

// Which era a client speaks bears on how a question travels, not on what is in it, so the eras share the corpus.
const shareOf = (era: Era) =>
  hostileCorpus.filter((_, index) => index % 2 === ERAS.indexOf(era)).map(({ name, text }) => [name, text] as const);

describe.each(ERAS)('%s era', (era: Era) => {
  let place: Place;
  let connection: Connection;
  beforeAll(async () => {
    place = await openPlace({ sandbox: { population: 'empty' }, accounts: { more: { guardrails: ASKED } } });
    connection = await connect(place, { era, env: await hurried(place) });
  });
  afterAll(async () => {
    await connection.close();
    await place.close();
    expect(place.sandbox.record).toEqual([]);
    expect(connection.noise()).toBe('');
  });

  const arrived: (readonly [Vendor, string])[] = [];
  const arrival = (vendor: Vendor, draft?: object) => {
    const made = place.arrival(vendor, draft);
    arrived.push([vendor, made.id]);
    return made;
  };
  afterEach(() => {
    for (const [vendor, id] of arrived.splice(0)) place.sandbox.remove(vendor, id);
  });

  const questionAbout = async (tool: string, args: object): Promise<Question | null> => {
    let seen: Question | null = null;
    const answer = await connection.call(tool, args, (question) => {
      seen = question;
      return { action: 'accept', content: { confirm: 'no' } };
    });
    expectClean(answer);
    return seen;
  };

  test.each(shareOf(era))('ThreatLocker, what others wrote: %s', async (_name, text) => {
    const { reference } = arrival('threatlocker', {
      reason: text,
      username: text,
      requestor: text,
      hostname: text,
      comments: text,
      ticketId: text,
      file: {
        fullPath: `C:\\Users\\x\\${text}`,
        processName: text,
        installedBy: [text],
        policyName: text,
        certs: [{ sha: 'a'.repeat(40), subject: text, validCert: true }],
      },
    });
    expectClean(await connection.call('get_request', { request: reference }));
    const denial = await questionAbout('deny_request', { requests: [reference], reason: 'Not needed.' });
    const approval = await questionAbout('approve_request', { requests: [reference] });
    for (const question of [denial, approval]) if (question) expectSafeQuestion(question);
    expect(denial).not.toBeNull();
  });

  test.each(shareOf(era))('Admin By Request, what others wrote: %s', async (_name, text) => {
    const { reference } = arrival('admin-by-request', {
      reason: text,
      user: { account: text, fullName: text, email: text, phone: text },
      settingsName: text,
      application: { file: text, path: `C:\\${text}`, name: text, vendor: text, version: text, threat: text },
    });
    expectClean(await connection.call('get_request', { request: reference }));
    const denial = await questionAbout('deny_request', { requests: [reference], reason: 'Not needed.' });
    const approval = await questionAbout('approve_request', { requests: [reference] });
    for (const question of [denial, approval]) {
      expect(question).not.toBeNull();
      if (question) expectSafeQuestion(question);
    }
  });

  test.each(shareOf(era))('what a model wrote: %s', async (_name, text) => {
    const [comment, ticket, notify, name, reason] = [500, 64, 1000, 100, 1000].map((max) => text.slice(0, max));
    const elevation = arrival('threatlocker', { actionType: 'elevate' });
    expectClean(
      await connection.call('approve_request', {
        requests: [elevation.reference],
        application: { use: 'new', name: name || 'x' },
        comment,
        ticket,
        notify,
      }),
    );
    const { reference } = arrival('threatlocker');
    const options = { application: { use: 'new', name: name || 'x' }, comment, ticket, notify };
    const approval = await questionAbout('approve_request', { requests: [reference], ...options });
    const denial = await questionAbout('deny_request', { requests: [reference], reason: reason || 'x', notify });
    const abr = arrival('admin-by-request');
    const vendorsMail = await questionAbout('deny_request', { requests: [abr.reference], reason: reason || 'x' });
    for (const question of [approval, denial, vendorsMail]) if (question) expectSafeQuestion(question);
    for (const answer of [
      await connection.call('get_request', { request: text.slice(0, 100) }),
      await connection.call('approve_request', { requests: [text.slice(0, 100)] }),
      await connection.call('get_permit_options', { request: reference, search: text.slice(0, 100) }),
      await connection.call('list_pending', { account: 'acme', text: text.slice(0, 200), groupBy: 'requester' }),
      await connection.call('list_pending', { cursor: text.slice(0, 1000) }),
      await connection.call('list_pending', { account: text.slice(0, 32) }),
      await connection.call('list_pending', { [text.slice(0, 200) || 'x']: 1 }),
      await connection.call('list_pending', { kind: text.slice(0, 200) }),
    ]) {
      expectClean(answer);
    }
  });
});

describe('a client that gives itself a name', () => {
  let place: Place;
  beforeAll(async () => {
    place = await openPlace({ sandbox: { population: 'empty' }, accounts: { more: { guardrails: ASKED } } });
  });
  afterAll(async () => {
    await place.close();
    expect(place.sandbox.record).toEqual([]);
  });

  test('with each request: the person reads it clean and short', async () => {
    const lines = await openLines(place, { era: 'modern', env: await hurried(place) });
    for (const { name, text } of hostileCorpus) {
      const { reference } = place.arrival('admin-by-request');
      const call = { name: 'approve_request', arguments: { requests: [reference] }, ...envelopeOf(text) };
      const { result = {} } = await lines.request('tools/call', call);
      const { inputRequests, requestState } = result as {
        inputRequests: { confirm: { params: unknown } };
        requestState: string;
      };
      const question = questionIn(inputRequests.confirm.params);
      expectSafeQuestion(question);
      expect(question.message.split('\n')[0]?.length, name).toBeLessThan(250);
      await lines.request('tools/call', { ...call, requestState, inputResponses: { confirm: { action: 'cancel' } } });
    }
    expect(await lines.end()).toBe(0);
    expect(lines.errors()).toBe('');
  });

  test('once for all, in the legacy era', async () => {
    const name = hostileCorpus.map(({ text }) => text.slice(0, 20)).join(' ');
    const lines = await openLines(place, { era: 'legacy', name });
    const { reference } = place.arrival('admin-by-request');
    const asked = await lines.ask('approve_request', { requests: [reference] });
    expectSafeQuestion(asked);
    await asked.answer({ action: 'cancel' });
    expect(await lines.end()).toBe(0);
    expect(lines.errors()).toBe('');
  });
});
