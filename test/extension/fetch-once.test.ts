import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { fetchOnce } from '../../extension/src/fetch-once.ts';

interface Heard {
  readonly method: string | undefined;
  readonly length: string | undefined;
  readonly encoding: string | undefined;
  readonly body: string;
}

/** A vendor's front end that wants every call elsewhere. */
async function misdirecting(): Promise<{ url: string; heard: Heard[]; close: () => Promise<unknown> }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, headers } = request;
      const body = Buffer.concat(chunks).toString();
      heard.push({ method, length: headers['content-length'], encoding: headers['transfer-encoding'], body });
      response.writeHead(421).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/requests/1`,
    heard,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

test.each([
  { method: 'PUT', body: null, length: '0' },
  { method: 'DELETE', body: null, length: undefined },
  { method: 'POST', body: '{"name":"é"}', length: '13' },
])(
  'a write by $method leaves once, whatever comes back, and in the form of any other',
  async ({ method, body, length }) => {
    const { url, heard, close } = await misdirecting();
    const response = await fetchOnce(url, { method, body, headers: { accept: 'application/json' } });
    await response.text();
    expect(response.status).toBe(421);
    expect(heard).toEqual([{ method, length, encoding: undefined, body: body ?? '' }]);
    await close();
  },
);
