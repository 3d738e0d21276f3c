import { describe, expect, test } from 'vitest';
import type { FaultAction, Sandbox } from '../../../shared/src/sandbox/index.ts';
import { adminByRequest, list, NOW, sandboxForTest } from './helpers.ts';

const approve = (sandbox: Sandbox): ReturnType<typeof adminByRequest> =>
  adminByRequest(sandbox, `/requests/${sandbox.id('abr-obsidian')}`, { method: 'PUT' });
const statusCode = (sandbox: Sandbox): number | undefined =>
  sandbox.raw('admin-by-request', sandbox.id('abr-obsidian'))?.statusCode;

async function withFault(action: FaultAction): Promise<Sandbox> {
  const sandbox = await sandboxForTest();
  sandbox.faults.add({ do: action });
  return sandbox;
}

describe('faults that replace the answer', () => {
  test('a status with a body and headers', async () => {
    const sandbox = await withFault({
      kind: 'status',
      status: 429,
      body: { Message: 'slow down' },
      headers: { 'retry-after': '7' },
    });
    const answer = await approve(sandbox);
    expect([answer.status, answer.headers.get('retry-after'), answer.text]).toEqual([
      429,
      '7',
      '{"Message":"slow down"}',
    ]);
    expect(statusCode(sandbox)).toBe(4);
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'nothing', status: 429, why: 'fault status' }]);
  });

  test('a status after the effect', async () => {
    const sandbox = await withFault({ kind: 'status', status: 503, body: 'later', applied: true });
    const answer = await approve(sandbox);
    expect([answer.status, answer.text]).toEqual([503, 'later']);
    expect(statusCode(sandbox)).toBe(0);
    expect(sandbox.record).toMatchObject([{ effect: 'applied', status: 503 }]);
  });

  test.each<['resetBeforeEffect' | 'resetAfterEffect', number, string]>([
    ['resetBeforeEffect', 4, 'nothing'],
    ['resetAfterEffect', 0, 'applied'],
  ])('%s', async (kind, code, effect) => {
    const sandbox = await withFault({ kind });
    await expect(approve(sandbox)).rejects.toThrow('fetch failed');
    expect(statusCode(sandbox)).toBe(code);
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect, status: null }]);
  });

  test('a gateway’s page', async () => {
    const sandbox = await withFault({ kind: 'htmlPage' });
    const answer = await approve(sandbox);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('<html>');
    expect(statusCode(sandbox)).toBe(4);
  });

  test('a redirect', async () => {
    const sandbox = await withFault({ kind: 'redirect', location: 'http://127.0.0.1:9/' });
    const answer = await approve(sandbox);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/']);
    expect(statusCode(sandbox)).toBe(4);
  });

  test('no answer at all, until the client gives up', async () => {
    const sandbox = await withFault({ kind: 'hang', applied: true });
    const gaveUp = new AbortController();
    sandbox.faults.add({ do: { kind: 'meanwhile', run: () => gaveUp.abort() } });
    const url = `${sandbox.adminByRequest.url}/requests/${sandbox.id('abr-obsidian')}`;
    const headers = { apikey: sandbox.adminByRequest.apiKey };
    await expect(fetch(url, { method: 'PUT', headers, signal: gaveUp.signal })).rejects.toThrow('aborted');
    expect(statusCode(sandbox)).toBe(0);
    expect(sandbox.record).toMatchObject([{ effect: 'applied', status: null }]);
  });
});

describe('faults that damage the answer', () => {
  test('half of the JSON', async () => {
    const sandbox = await sandboxForTest();
    const whole = await list(sandbox);
    sandbox.faults.add({ do: { kind: 'truncatedJson' } });
    const half = await list(sandbox);
    expect(half.status).toBe(200);
    expect(whole.text.startsWith(half.text)).toBe(true);
    expect(half.json).toBeUndefined();
    expect(half.headers.get('pagination')).toBe(whole.headers.get('pagination'));
  });

  test('no JSON, or nothing', async () => {
    const malformed = await list(await withFault({ kind: 'malformedJson' }));
    expect([malformed.status, malformed.json]).toEqual([200, undefined]);
    expect(malformed.text).not.toBe('');
    const empty = await list(await withFault({ kind: 'emptyBody' }));
    expect([empty.status, empty.text]).toEqual([200, '']);
  });

  test('a huge body, streamed', async () => {
    const answer = await list(await withFault({ kind: 'hugeBody', bytes: 3_000_000 }));
    expect(answer.text).toHaveLength(3_000_000);
    expect(answer.headers.get('content-length')).toBeNull();
  });

  test('a huge body that the client stops reading', async () => {
    const sandbox = await withFault({ kind: 'hugeBody', bytes: 500_000_000 });
    const response = await fetch(`${sandbox.adminByRequest.url}/requests`);
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    // Closing must not wait for the other 499 megabytes.
    await sandbox.close();
    await expect(fetch(`${sandbox.adminByRequest.url}/requests`)).rejects.toThrow('fetch failed');
  });

  test('damage comes after the effect', async () => {
    const sandbox = await withFault({ kind: 'malformedJson' });
    await approve(sandbox);
    expect(statusCode(sandbox)).toBe(0);
    expect(sandbox.record).toMatchObject([{ effect: 'applied', status: 200 }]);
  });
});

describe('ordering faults', () => {
  const down: FaultAction = { kind: 'status', status: 503 };

  test('for so many calls, after so many others', async () => {
    const sandbox = await sandboxForTest();
    sandbox.faults.add({ after: 1, times: 2, do: down });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await adminByRequest(sandbox, '/requests')).status);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
  });

  test('for one vendor, method, path or call', async () => {
    const sandbox = await sandboxForTest();
    const statuses = async (): Promise<number[]> =>
      (await Promise.all([list(sandbox), adminByRequest(sandbox, '/requests?take=1'), approve(sandbox)])).map(
        ({ status }) => status,
      );
    const end = sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: down });
    expect(await statuses()).toEqual([503, 200, 200]);
    end();
    sandbox.faults.add({ when: { method: 'put' }, do: down });
    expect(await statuses()).toEqual([200, 200, 503]);
    sandbox.faults.clear();
    sandbox.faults.add({ when: { path: /\/requests$/g }, do: down });
    expect(await statuses()).toEqual([200, 503, 200]);
    sandbox.faults.clear();
    sandbox.faults.add({ when: { path: 'GetByParameters' }, do: down });
    sandbox.faults.add({ when: { where: ({ query }) => query['take'] === '1' }, do: down });
    expect(await statuses()).toEqual([503, 503, 200]);
  });

  test('something else may happen just before the call is handled', async () => {
    const sandbox = await sandboxForTest();
    const run = (): void => sandbox.rivalDecides('admin-by-request', sandbox.id('abr-obsidian'), 'deny');
    sandbox.faults.add({ when: { method: 'PUT' }, do: { kind: 'meanwhile', run } });
    sandbox.faults.add({ do: { kind: 'latency', ms: 1 } });
    expect((await approve(sandbox)).status).toBe(200);
    expect(statusCode(sandbox)).toBe(3);
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'nothing', status: 200 }]);
  });

  test('closing ends calls that wait', async () => {
    const sandbox = await sandboxForTest();
    const arrived = new Promise<void>((resolve) => {
      sandbox.faults.add({ do: { kind: 'meanwhile', run: resolve } });
    });
    sandbox.faults.add({ do: { kind: 'latency', ms: 3_600_000 } });
    const answer = expect(adminByRequest(sandbox, '/requests')).rejects.toThrow('fetch failed');
    await arrived;
    await sandbox.close();
    await answer;
  });
});

describe('calls', () => {
  test('are all kept, with path, decoded query and headers in lower case', async () => {
    const sandbox = await sandboxForTest();
    await adminByRequest(sandbox, '/requests?status=pending&reason=a%20%26%20b', {
      headers: { 'User-Agent': 'test/1' },
    });
    await list(sandbox, {}, { token: 'bad' });
    expect(sandbox.calls).toHaveLength(2);
    expect(sandbox.calls[0]).toMatchObject({
      vendor: 'admin-by-request',
      at: NOW,
      method: 'GET',
      url: '/requests?status=pending&reason=a%20%26%20b',
      path: '/requests',
      query: { status: 'pending', reason: 'a & b' },
      headers: { 'user-agent': 'test/1', apikey: sandbox.adminByRequest.apiKey },
      body: '',
    });
    expect(sandbox.calls[1]).toMatchObject({ vendor: 'threatlocker', headers: { authorization: 'bad' } });
    expect(sandbox.record).toEqual([]);
  });
});
