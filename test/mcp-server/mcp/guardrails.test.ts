import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Connection, connect, ERAS, type Era, typed } from './client.ts';
import { ledgerOf } from './ledger-of.ts';
import { answerIn, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

const VENDORS = ['threatlocker', 'admin-by-request'] as const;
const DENY = { reason: 'Not needed.' };

/** Planned, and left to a person at a terminal: the answer says why, and how to get there. @returns the decision's id */
function expectTerminal({ isError, structured, text }: Answer, because: RegExp): string {
  expect({ isError, structured }).toMatchObject({
    isError: false,
    structured: { decision: expect.stringMatching(/^[\w-]{22}$/), status: 'awaiting-confirmation' },
  });
  expect(text).toMatch(because);
  expect(text).toMatch(/Nothing was sent yet/);
  const decision = String(structured['decision']);
  expect(text).toContain(`countersign confirm ${decision}`);
  return decision;
}

describe.each(ERAS)('%s era', (era: Era) => {
  let place: Place;
  let connection: Connection;
  const reference = (name: string) => `${name.startsWith('abr') ? 'acme-abr' : 'acme'}/${place.sandbox.id(name)}`;
  const approve = (name: string, options: object = {}, answering?: typeof typed) =>
    connection.call('approve_request', { requests: [reference(name)], ...options }, answering);
  beforeAll(async () => {
    place = await openPlace();
    connection = await connect(place, { era });
  });
  afterAll(async () => {
    await connection.close();
    await place.close();
    expect(connection.noise()).toBe('');
  });

  test('what a scanner calls malicious is approved nowhere, and can be denied', async () => {
    const id = place.sandbox.id('abr-malicious');
    const refused = await approve('abr-malicious');
    expect(refused).toMatchObject({
      isError: true,
      structured: { decision: null, status: 'refused', by: 'guardrail' },
    });
    expect(refused.text).toMatch(/malicious.*not approved from here\. It can be denied\. Nothing was sent/);
    // Which setting stands in the way is nothing to tell an assistant.
    expect(refused.text).not.toMatch(/accounts file|severity/);
    expect(connection.asked()).toBe(0);
    const denied = await connection.call('deny_request', { requests: [reference('abr-malicious')], ...DENY }, typed);
    expect(denied.structured).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('what looks like something else is approved at a terminal alone, and its denial waits for nobody', async () => {
    const { id, reference: request } = place.arrival('admin-by-request', {
      application: { file: 'invoice.pdf.exe', path: 'C:\\Tools' },
    });
    const propose = () => connection.call('approve_request', { requests: [request] });
    const asked = connection.asked();
    const first = expectTerminal(await propose(), /named like a document/);
    const second = expectTerminal(await propose(), /named like a document/);
    expect(connection.asked()).toBe(asked);
    const denied = await connection.call('deny_request', { requests: [request], ...DENY }, typed);
    expect(denied.structured).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    const ledger = ledgerOf(place);
    for (const decision of [first, second]) {
      expect(await ledger.read(decision)).toMatchObject({
        phase: 'refused',
        closedBecause: 'The client that proposed it proposed another one instead.',
      });
    }
  });

  test("another client's plan does not give way", async () => {
    const { reference: request } = place.arrival('admin-by-request');
    const lines = await openLines(place, { era, capabilities: {} });
    const planned = await lines.request('tools/call', { name: 'approve_request', arguments: { requests: [request] } });
    expect(answerIn(planned)).toMatchObject({ isError: false, status: 'awaiting-confirmation' });
    const answer = await connection.call('deny_request', { requests: [request], ...DENY });
    expect(answer).toMatchObject({ isError: true, structured: { decision: null, status: 'refused' } });
    expect(answer.text).toMatch(/already waits for a person/);
    // Gone with its client, it is in nobody's way.
    expect(await lines.end()).toBe(0);
    expect((await connection.call('deny_request', { requests: [request], ...DENY }, typed)).structured).toMatchObject({
      status: 'applied',
    });
  });

  test('a reach wider than the computer is for a terminal, and for the client where the account says so', async () => {
    const id = place.sandbox.id('obsidian-contoso');
    expectTerminal(await approve('obsidian-contoso', { scope: 'organization' }), /reaches further than "computer"/);
    expect(place.writesOn(id)).toEqual([]);
    await place.settings({ threatLocker: { elicitationReach: 'organization' } });
    const applied = await approve('obsidian-contoso', { scope: 'organization' }, typed);
    await place.settings({});
    expect(applied.structured).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    expect(JSON.parse(place.writesOn(id)[0]?.body ?? '')).toMatchObject({
      policyLevel: { toEntireOrganization: true, toComputerGroup: false },
    });
  });

  test('an existing application reaches nobody knows whom, which is wider than an organization', async () => {
    const id = place.sandbox.id('unsigned-downloads');
    const options = await connection.call('get_permit_options', { request: reference('unsigned-downloads') });
    const existing = options.structured['existing'] as { id: string; builtIn: boolean }[];
    const own = existing.find(({ builtIn }) => !builtIn);
    expect(own).toBeDefined();
    await place.settings({ threatLocker: { elicitationReach: 'organization' } });
    const answer = await approve('unsigned-downloads', { application: { use: 'existing', id: own?.id } });
    await place.settings({});
    expectTerminal(answer, /reaches further than "organization"/);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('a choice that only a person may make is handed back with its choices', async () => {
    const answer = await approve('acrobat-install');
    expect(answer).toMatchObject({ isError: true, structured: { decision: null, status: 'needs-choice' } });
    expect(answer.structured['choices']).toMatchObject([{ options: { application: { use: 'new' } } }, {}]);
    expect(place.writesOn(place.sandbox.id('acrobat-install'))).toEqual([]);
  });

  test('what is handled already asks nobody', async () => {
    const answer = await approve('already-approved');
    expect(answer).toMatchObject({ isError: true, structured: { decision: null, status: 'already-handled' } });
    expect(place.writesOn(place.sandbox.id('already-approved'))).toEqual([]);
  });

  test.each(VENDORS)('%s, an account to read only: its queue is shown, nothing is planned', async (vendor) => {
    await place.settings({ threatLocker: { assistants: 'read' }, adminByRequest: { assistants: 'read' } });
    const { id, reference: request } = place.arrival(vendor);
    const shown = await connection.call('get_request', { request });
    const answer = await connection.call('approve_request', { requests: [request] });
    await place.settings({});
    expect(shown).toMatchObject({ isError: false, structured: { request } });
    expect(answer).toMatchObject({ isError: true, structured: { decision: null, status: 'refused' } });
    expect(answer.text).toMatch(/Nothing was sent/);
    expect(place.writesOn(id)).toEqual([]);
  });

  test.each(VENDORS)('%s, an account closed to assistants does not exist for them', async (vendor) => {
    await place.settings({ threatLocker: { assistants: 'none' }, adminByRequest: { assistants: 'none' } });
    const { id, reference: request } = place.arrival(vendor);
    const accounts = await connection.call('list_accounts', {});
    const pending = await connection.call('list_pending', {});
    const shown = await connection.call('get_request', { request });
    const approved = await connection.call('approve_request', { requests: [request] });
    const unknown = await connection.call('approve_request', { requests: [request.replace('acme', 'nobody')] });
    await place.settings({});
    expect(accounts.structured).toEqual({ accounts: [] });
    expect(pending.isError).toBe(true);
    expect(shown).toMatchObject({ isError: true, text: expect.stringMatching(/no account/) });
    expect(approved).toMatchObject({ isError: true, structured: { decision: null, status: 'refused' } });
    expect(approved.text.replace('acme', 'nobody')).toBe(unknown.text);
    expect(place.writesOn(id)).toEqual([]);
  });

  test.each(VENDORS)(
    '%s, an account without the channel "elicitation" is decided for at a terminal',
    async (vendor) => {
      const channels = ['extension', 'terminal'];
      await place.settings({ threatLocker: { channels }, adminByRequest: { channels } });
      const { id, reference: request } = place.arrival(vendor);
      const answer = await connection.call('approve_request', { requests: [request] });
      await place.settings({});
      expectTerminal(answer, /takes no confirmation through an assistant's client/);
      expect(place.writesOn(id)).toEqual([]);
    },
  );

  test.each<readonly [what: string, channels: readonly string[], options: object, because: RegExp]>([
    ['only an editor, and none listens', ['extension'], {}, /no editor/],
    [
      "only the client's form, and more reach than may be confirmed there",
      ['elicitation'],
      { scope: 'organization' },
      /reaches further/,
    ],
  ])('where the channels leave no way, nothing is planned: %s', async (_what, channels, options, because) => {
    await place.settings({ threatLocker: { channels } });
    const { reference: request } = place.arrival('threatlocker');
    const answer = await connection.call('approve_request', { requests: [request], ...options });
    await place.settings({});
    expect(answer).toMatchObject({
      isError: true,
      structured: { decision: null, status: 'refused', by: 'guardrail' },
    });
    expect(answer.text).toMatch(because);
    expect(answer.text).toMatch(/Nothing was sent/);
    expect(await ledgerOf(place).planned(request)).toEqual([]);
  });

  test('a client keeps at most five questions open', async () => {
    const lines = await openLines(place, { era });
    const args = () => ({ requests: [place.arrival('admin-by-request').reference], ...DENY });
    for (let count = 0; count < 5; count++) await lines.ask('deny_request', args());
    const sixth = await lines.request('tools/call', { name: 'deny_request', arguments: args() });
    expect(answerIn(sixth)).toMatchObject({ isError: true, status: 'refused' });
    expect(answerIn(sixth).text).toMatch(/5 decisions that wait/);
    expect(await lines.end()).toBe(0);
  });

  test('one question for a request at a time, and none for ten minutes after a decline', async () => {
    const { id, reference: request } = place.arrival('admin-by-request');
    const call = { requests: [request] };
    let again = '';
    await connection.call('approve_request', call, async () => {
      again = (await connection.client.callTool({ name: 'approve_request', arguments: call })).isError ? 'refused' : '';
      return { action: 'decline' };
    });
    expect(again).toBe('refused');
    const later = await connection.call('approve_request', call);
    expect(later).toMatchObject({ isError: true, structured: { status: 'refused' } });
    expect(place.writesOn(id)).toEqual([]);
  });

  describe.each<readonly [string, object, boolean]>([
    ['no elicitation', {}, false],
    ['links alone', { elicitation: { url: {} } }, false],
    ['forms', { elicitation: { form: {} } }, true],
    ['elicitation without saying which, as before there were links', { elicitation: {} }, true],
  ])('a client that declares %s', (_what, capabilities, isAsked) => {
    test.each(VENDORS)(`${isAsked ? 'is asked' : 'is told who can be'} (%s)`, async (vendor) => {
      const lines = await openLines(place, { era, capabilities });
      const { id, reference: request } = place.arrival(vendor);
      const args = { requests: [request] };
      if (isAsked) {
        const asked = await lines.ask('approve_request', args);
        const answer = await asked.answer({ action: 'accept', content: { confirm: asked.text } });
        expect(answerIn(answer)).toMatchObject({ status: 'applied' });
        expect(place.writesOn(id)).toHaveLength(1);
      } else {
        const answer = await lines.request('tools/call', { name: 'approve_request', arguments: args });
        expectTerminal(answerIn(answer), /This client can not show a person a form/);
        expect(lines.output.join()).not.toMatch(/elicitation\/create/);
        expect(place.writesOn(id)).toEqual([]);
      }
      expect(await lines.end()).toBe(0);
      expect(lines.errors()).toBe('');
    });
  });

  test('a client without forms can do nothing where the account takes no other answer', async () => {
    const channels = ['elicitation'];
    await place.settings({ threatLocker: { channels }, adminByRequest: { channels } });
    const lines = await openLines(place, { era, capabilities: {} });
    const { reference: request } = place.arrival('threatlocker');
    const answer = await lines.request('tools/call', { name: 'approve_request', arguments: { requests: [request] } });
    await place.settings({});
    expect(answerIn(answer)).toMatchObject({
      isError: true,
      structured: { decision: null, status: 'refused', by: 'client' },
    });
    expect(await ledgerOf(place).planned(request)).toEqual([]);
    expect(await lines.end()).toBe(0);
  });
});
