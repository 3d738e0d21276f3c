import type { Vendor } from '@countersign/shared/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hostileCorpus } from '../../hostile-corpus.ts';
import { expectClean, expectSafeQuestion } from './clean.ts';
import { type Connection, connect, ERAS, type Era, type Question, questionIn } from './client.ts';
import { hurried } from './clock.ts';
import { envelopeOf, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';
import { walk } from './walk.ts';

/** What hostile texts are found out by is no stop here, so that the questions about them are seen too. */
const ASKED = { severity: { masquerade: 'caution', 'addresses-an-ai': 'caution', 'attack-tool': 'caution' } };

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

  /** A decision on something else, with the words of a model. */
  const refused = async (text: string): Promise<string> => {
    const { reference } = arrival('admin-by-request');
    const args = { requests: [reference], reason: `No. ${text.slice(0, 200)}` };
    const answer = await connection.call('deny_request', args, (question) => {
      expectSafeQuestion(question);
      return { action: 'accept', content: { confirm: 'no' } };
    });
    expectClean(answer);
    return String(answer.structured['decision']);
  };

  test('a walk comes through to every tool', async () => {
    const { tools } = await connection.client.listTools();
    const { reference } = arrival('threatlocker');
    const { answered, asked } = await walk(connection, { reference, decision: await refused('') });
    expect([...answered]).toEqual(tools.map(({ name }) => name));
    expect([...asked]).toEqual(['approve_request', 'deny_request', 'take_ownership']);
  });

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
    const { asked } = await walk(connection, { reference, decision: await refused(text) });
    expect(asked).toContain('deny_request');
  });

  test.each(shareOf(era))('Admin By Request, what others wrote: %s', async (_name, text) => {
    const theirs = {
      reason: text,
      user: { account: text, fullName: text, email: text, phone: text },
      settingsName: text,
      traceNo: text,
      application: {
        file: text,
        path: `C:\\${text}`,
        name: text,
        vendor: text,
        version: text,
        threat: text,
        sha256: 'A'.repeat(64),
      },
    };
    // The same file, user and computer once more, decided, so that there is a history.
    arrival('admin-by-request', { ...theirs, statusCode: 3, deniedBy: text, deniedByEmail: text, deniedReason: text });
    const { reference } = arrival('admin-by-request', theirs);
    const { asked } = await walk(connection, { reference, decision: await refused(text) });
    expect([...asked]).toEqual(['approve_request', 'deny_request']);
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
    await walk(connection, { reference, decision: await refused(text) }, text);
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
