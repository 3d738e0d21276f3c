import { expect, test } from 'vitest';
import { bodyOf, VendorError, type VendorReply } from '../../../shared/src/http/index.ts';
import { answer, inTurn, localServer } from './local-server.ts';
import { clientOf, everythingIn, failureOf, SECRET } from './setup.ts';

async function read(body: string, headers: Record<string, string> = {}): Promise<VendorReply> {
  const server = await localServer(inTurn(answer(200, body, headers)));
  return clientOf(server.origin).read({ method: 'GET', path: '/requests' });
}

test('a call carries the secret, what it accepts and who calls, and nothing about a body that it lacks', async () => {
  const server = await localServer(inTurn(answer(200, '[]')));
  await clientOf(server.origin).read({ method: 'GET', path: '/requests?status=pending' });
  expect(server.calls).toEqual(['GET /requests?status=pending']);
  expect(server.headers[0]).toMatchObject({
    apikey: SECRET,
    accept: 'application/json',
    'user-agent': 'countersign/0.0.0-test',
  });
  expect(server.headers[0]).not.toHaveProperty('content-type');
});

test('a body is sent byte for byte, as JSON, with the headers of its call', async () => {
  let received = '';
  const server = await localServer((request, response) => {
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      received += chunk;
    });
    request.on('end', () => response.end());
  });
  const body = '{"id":12345678901234567890,"json":"{\\"ä\\":1}"}';
  await clientOf(server.origin).write({ method: 'POST', path: '/permit', body, headers: { managed: 'a-guid' } });
  expect(received).toBe(body);
  expect(server.headers[0]).toMatchObject({ 'content-type': 'application/json', managed: 'a-guid' });
});

test.each([
  ['JSON', '[{"id":1}]', { format: 'json', value: [{ id: 1 }] }],
  ['JSON behind a byte order mark', '\uFEFF{"a":null}', { format: 'json', value: { a: null } }],
  ['a web page, whatever it is labelled', '\r\n<!DOCTYPE html><html></html>', { format: 'html' }],
  ['nothing', '', { format: 'empty' }],
  ['white space', ' \r\n', { format: 'empty' }],
  ['plain text', 'General error', { format: 'text' }],
  ['half a JSON text', '[{"id":1},{"i', { format: 'text' }],
  ['JSON nested beyond the stack', '['.repeat(1_000_000) + ']'.repeat(1_000_000), { format: 'text' }],
])('%s is told apart by the body itself', async (_name, body, expected) => {
  expect(bodyOf(await read(body, { 'content-type': 'application/json' }))).toEqual(expected);
});

test('an integer of any size comes back as it was sent', async () => {
  const body = '{"timeNow":637795099840708375,"ids":[-9223372036854775808,4,12345678901234567890123]}';
  const parsed = bodyOf(await read(body));
  expect(parsed.format === 'json' && JSON.stringify(parsed.value)).toBe(body);
});

test('characters that come in two parts are read whole, and a byte that belongs to none is no silence', async () => {
  // Seven bytes each, of which a read from the network, of any power of two, ends amid one or another.
  const text = '\u20ac\u{1f512}'.repeat(100_000);
  const server = await localServer((_request, response) => {
    response.write(text);
    response.end(Buffer.of(0xe2));
  });
  const reply = await clientOf(server.origin).read({ method: 'GET', path: '/' });
  expect(reply.text === `${text}\ufffd`).toBe(true);
});

test('an answer beyond the size limit is an error, announced or not', async () => {
  const announced = await localServer(inTurn(answer(200, 'x'.repeat(2_000), { 'content-length': '2000' })));
  const streamed = await localServer((_request, response) => {
    response.write('x'.repeat(1_000));
    response.end('x'.repeat(1_000));
  });
  const exact = await localServer(inTurn(answer(200, 'x'.repeat(1_999))));
  const read = (origin: string) => clientOf(origin, { limits: { maxBytes: 1_999 } }).read({ method: 'GET', path: '/' });
  expect(await failureOf(read(announced.origin))).toMatchObject({ kind: 'malformed' });
  expect(await failureOf(read(streamed.origin))).toMatchObject({ kind: 'malformed' });
  expect((await read(exact.origin)).text).toHaveLength(1_999);
  expect(announced.calls.length + streamed.calls.length).toBe(2);
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) is refused, and the secret is not sent on', async (status) => {
  const elsewhere = await localServer(inTurn(answer(200, '[]')));
  const server = await localServer(inTurn(answer(status, '', { location: `${elsewhere.origin}/requests` })));
  const failure = await failureOf(clientOf(server.origin).read({ method: 'GET', path: '/requests' }));
  expect(failure).toMatchObject({ kind: 'malformed', status });
  expect(failure.message).toContain('redirect');
  expect(elsewhere.calls).toEqual([]);
  expect(server.calls).toHaveLength(1);
});

test('a path can not lead to another host', async () => {
  const server = await localServer(inTurn(answer(200, '[]')));
  const failure = await failureOf(clientOf(server.origin).read({ method: 'GET', path: '@127.0.0.2/requests' }));
  expect(failure).toMatchObject({ kind: 'validation', neverSent: true });
  expect(server.calls).toEqual([]);
});

test.each([
  ['echoed by the vendor in a failure', 500, (key: string) => `{"Message":"bad header apikey: ${key}"}`],
  ['echoed beside a success that the vendor means as a failure', 200, (key: string) => `Invalid API key ${key}`],
])('the secret stands in no error: %s', async (_name, status, body) => {
  const server = await localServer((request, response) => {
    response.writeHead(status).end(body(String(request.headers['apikey'])));
  });
  const client = clientOf(server.origin, { judge: (reply) => new VendorError('validation', `It says: ${reply.text}`) });
  const failure = await failureOf(client.write({ method: 'PUT', path: '/requests/1' }));
  expect(failure.message).toContain('[secret]');
  expect(everythingIn(failure)).not.toContain(SECRET);
});

test.each([`${SECRET}\nX`, `${SECRET}\u2026`, '', `\u0000${SECRET}`])(
  'a secret that no header can carry (%j) is never quoted, and never sent',
  async (secret) => {
    const server = await localServer(inTurn(answer(200, '[]')));
    const client = clientOf(server.origin, { authorize: async () => ({ apikey: secret }) });
    const failure = await failureOf(client.read({ method: 'GET', path: '/requests' }));
    expect(failure).toMatchObject({ kind: 'auth', neverSent: true });
    expect(everythingIn(failure)).not.toContain(SECRET);
    expect(server.calls).toEqual([]);
  },
);

test('a secret that can not be read is an error that says why', async () => {
  const server = await localServer(inTurn(answer(200, '[]')));
  const client = clientOf(server.origin, {
    authorize: () => Promise.reject(new Error('ACME_ABR_KEY is not set.')),
  });
  const failure = await failureOf(client.read({ method: 'GET', path: '/requests' }));
  expect(failure).toMatchObject({ kind: 'auth', neverSent: true });
  expect(failure.message).toContain('ACME_ABR_KEY is not set.');
});
