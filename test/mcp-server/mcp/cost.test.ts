import { nodeIo, parseSettings } from '@countersign/shared/account';
import { parseReference } from '@countersign/shared/approval';
import type { Fetch } from '@countersign/shared/http';
import { createProvider } from '@countersign/shared/provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountsFile } from '../../support/world.ts';
import { type Connection, connect } from './client.ts';
import { openPlace, type Place } from './place.ts';

// What an answer costs in a model's context, held against what the vendors send for the same requests.

const REQUESTS = 100;

let place: Place;
let connection: Connection;
beforeAll(async () => {
  place = await openPlace();
  const { total } = await pending();
  for (let missing = REQUESTS - total; missing > 0; missing -= 1) place.sandbox.arrive();
  connection = await connect(place, { era: 'modern' });
});
afterAll(async () => {
  await connection.close();
  await place.close();
});

const bytes = (text: string) => Buffer.byteLength(text);

/** Providers of both accounts, and every answer that they got. */
function counted() {
  const answers: { readonly url: string; readonly text: string }[] = [];
  const countingFetch: Fetch = async (url, init) => {
    const answer = await fetch(url, init);
    answers.push({ url, text: await answer.clone().text() });
    return answer;
  };
  const { accounts } = parseSettings(accountsFile(place.sandbox), 'accounts.json');
  const io = { ...nodeIo(), env: place.env };
  const providers = accounts.map((account) => ({
    account,
    provider: createProvider(account, { fetch: countingFetch, io, userAgent: 'countersign-test/0' }),
  }));
  return { answers, providers };
}

async function pending() {
  const { answers, providers } = counted();
  const listings = await Promise.all(providers.map(({ provider }) => provider.list()));
  const requests = listings.flatMap((listing) => listing.requests);
  return { requests, total: requests.length, raw: answers.reduce((sum, { text }) => sum + bytes(text), 0) };
}

test('a list of 100 requests with their findings takes a twelfth of what the vendors send', async () => {
  const { total, raw } = await pending();
  expect(total).toBe(REQUESTS);
  const { text, structured } = await connection.call('list_pending', { limit: REQUESTS });
  expect(text.match(/^acme(-abr)?\//gm)).toHaveLength(REQUESTS);
  expect(text).toContain('STOP masquerade certificate-invalid addresses-an-ai; user-writable-path');
  expect(bytes(text)).toBeLessThan(raw / 12);
  // Some clients give a model the structured answer instead.
  expect(bytes(JSON.stringify(structured))).toBeLessThan(raw / 2.5);
});

/** Answers that speak of other requests too. */
const LISTS = /GetByParameters|\/auditlog|\/requests\?/;

test('one request in full, with its findings, takes a third of what the vendors send on it', async () => {
  const { requests } = await pending();
  const sums = { text: 0, structured: 0, raw: 0 };
  for (const { reference } of requests.filter((request, index) => request.unapprovable === null && index % 7 === 0)) {
    const { answers, providers } = counted();
    const asked = parseReference(reference);
    const entry = providers.find(({ account }) => account.id === asked?.account);
    if (!asked || !entry) throw new Error(`no account for ${reference}`);
    await entry.provider.research(asked.vendorId);
    const answered = new Map(answers.filter(({ url }) => !LISTS.test(url)).map(({ url, text }) => [url, text]));
    sums.raw += [...answered.values()].reduce((sum, text) => sum + bytes(text), 0);
    const { text, structured } = await connection.call('get_request', { request: reference });
    sums.text += bytes(text);
    sums.structured += bytes(JSON.stringify(structured));
  }
  expect(sums.raw).toBeGreaterThan(50_000);
  expect(sums.text).toBeLessThan(sums.raw / 3);
  expect(sums.structured).toBeLessThan(sums.raw / 3);
});
