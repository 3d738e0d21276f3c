import { afterEach, describe, expect, test, vi } from 'vitest';
import { startSandbox } from '../../../shared/src/sandbox/index.ts';
import { adminByRequest, list, NOW, rows, sandboxForTest, threatLocker } from './helpers.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('startSandbox', () => {
  test('repeats itself with the same seed, and only with it', async () => {
    const [one, same, other] = await Promise.all([
      sandboxForTest({ seed: 7 }),
      sandboxForTest({ seed: 7 }),
      sandboxForTest({ seed: 8 }),
    ]);
    expect(same.requests).toEqual(one.requests);
    expect(same.threatLocker.token).toBe(one.threatLocker.token);
    expect((await list(same)).text).toBe((await list(one)).text);
    expect((await adminByRequest(same, '/requests')).text).toBe((await adminByRequest(one, '/requests')).text);
    expect([same.arrive(), same.arrive()]).toEqual([one.arrive(), one.arrive()]);
    expect(other.threatLocker.token).not.toBe(one.threatLocker.token);
    expect(other.id('anydesk')).not.toBe(one.id('anydesk'));
  });

  test('has about two dozen requests that wait, each for a reason', async () => {
    const sandbox = await sandboxForTest();
    const waiting = sandbox.requests.filter(({ vendor, id }) =>
      vendor === 'threatlocker'
        ? [1, 13, 17].includes(sandbox.raw(vendor, id)?.statusId ?? 0)
        : [4, 5].includes(sandbox.raw(vendor, id)?.statusCode ?? -1),
    );
    expect(waiting).toHaveLength(27);
    expect(new Set(sandbox.requests.map(({ name }) => name)).size).toBe(sandbox.requests.length);
    expect(new Set(sandbox.requests.map(({ id }) => id)).size).toBe(sandbox.requests.length);
  });

  test('may be empty, or as large as a load test wants', async () => {
    const empty = await sandboxForTest({ population: 'empty' });
    expect((await threatLocker(empty, 'ApprovalRequest/ApprovalRequestGetCount')).text).toBe('0');
    expect((await adminByRequest(empty, '/requests')).text).toBe('[]');
    const large = await sandboxForTest({ population: { threatLocker: 250, adminByRequest: 3 } });
    expect(rows(await list(large, { pageSize: 100, pageNumber: 3 }))).toHaveLength(50);
    expect(rows(await adminByRequest(large, '/requests'))).toHaveLength(3);
  });

  test('listens on the ports that it is given, and rejects when one is taken', async () => {
    const first = await sandboxForTest();
    const threatLockerPort = Number(new URL(first.threatLocker.url).port);
    await expect(startSandbox({ threatLockerPort })).rejects.toThrow('EADDRINUSE');
    const adminByRequestPort = Number(new URL(first.adminByRequest.url).port);
    await expect(startSandbox({ adminByRequestPort })).rejects.toThrow('EADDRINUSE');
    await first.close();
    const second = await sandboxForTest({ threatLockerPort });
    expect(second.threatLocker.url).toBe(first.threatLocker.url);
  });

  test('stops listening when closed', async () => {
    const sandbox = await sandboxForTest();
    await list(sandbox);
    await sandbox.close();
    await expect(list(sandbox)).rejects.toThrow('fetch failed');
    await expect(adminByRequest(sandbox, '/requests')).rejects.toThrow('fetch failed');
  });
});

describe('the doors for tests', () => {
  test('a request arrives as wished', async () => {
    const sandbox = await sandboxForTest();
    const id = sandbox.arrive({
      vendor: 'threatlocker',
      name: 'mine',
      organization: 'rotterdam',
      hostname: 'ROTT-1',
      reason: 'why not',
      file: { fullPath: 'C:\\mine.exe' },
    });
    expect(sandbox.raw('threatlocker', id)).toMatchObject({ statusId: 1, hostname: 'ROTT-1', reason: 'why not' });
    expect(sandbox.raw('threatlocker', id)).not.toHaveProperty('vendor');
    expect(rows(await list(sandbox, { searchText: 'C:\\mine.exe' }))).toHaveLength(1);
    const other = sandbox.arrive({ vendor: 'admin-by-request', typeCode: 1, application: null, computer: 'NW-LT-202' });
    expect(Number(other)).toBeGreaterThan(Number(sandbox.id('abr-mac-unscanned')));
    expect(sandbox.raw('admin-by-request', other)).toMatchObject({ statusCode: 4, application: { file: null } });
  });

  test('a rival decides once', async () => {
    const sandbox = await sandboxForTest();
    sandbox.rivalDecides('threatlocker', sandbox.id('payroll'), 'approve');
    sandbox.rivalDecides('threatlocker', sandbox.id('payroll'), 'deny');
    expect(sandbox.raw('threatlocker', sandbox.id('payroll'))).toMatchObject({
      statusId: 4,
      approvedBy: 'Robin Rival',
    });
    sandbox.rivalDecides('admin-by-request', sandbox.id('abr-cmd'), 'approve');
    expect(sandbox.raw('admin-by-request', sandbox.id('abr-cmd'))).toMatchObject({
      statusCode: 0,
      approvedByEmail: 'robin.rival@northwind.example',
    });
    sandbox.rivalDecides('admin-by-request', sandbox.id('abr-cmd'), 'deny');
    sandbox.rivalDecides('admin-by-request', sandbox.id('abr-server'), 'deny');
    expect(sandbox.raw('admin-by-request', sandbox.id('abr-cmd'))?.statusCode).toBe(0);
    expect(sandbox.raw('admin-by-request', sandbox.id('abr-server'))).toMatchObject({
      statusCode: 3,
      deniedBy: 'Robin Rival',
    });
    // A rival is no client: nothing of it stands in the record.
    expect(sandbox.record).toEqual([]);
  });

  test('change reaches the wire, even with members of the wrong type', async () => {
    const sandbox = await sandboxForTest();
    sandbox.change('threatlocker', sandbox.id('anydesk'), (request) => {
      request.file.sha256 = 'f'.repeat(64);
      request.wire = { username: 12, novelty: { deep: true } };
    });
    expect(rows(await list(sandbox, { searchText: 'anydesk' }))).toMatchObject([
      { username: 12, novelty: { deep: true }, threatLockerActionDto: { sha256: 'f'.repeat(64) } },
    ]);
    sandbox.change('admin-by-request', sandbox.id('abr-cmd'), (request) => {
      request.wire = { statusCode: 'four' };
    });
    const { json } = await adminByRequest(sandbox, `/requests/${sandbox.id('abr-cmd')}`);
    expect(json).toMatchObject({ statusCode: 'four' });
  });

  test('what one sandbox changes, no other sees', async () => {
    const [one, other] = await Promise.all([sandboxForTest(), sandboxForTest()]);
    one.change('threatlocker', one.id('escalated-customer'), (request) => {
      request.approvals.push('Kim');
      request.file.certs.pop();
    });
    one.change('admin-by-request', one.id('abr-malicious'), (request) => {
      request.scanResults.pop();
      request.application.threat = null;
    });
    expect(other.raw('threatlocker', other.id('escalated-customer'))).toMatchObject({
      approvals: ['Dana Olsen'],
      file: { certs: [{ validCert: true }] },
    });
    expect(other.raw('admin-by-request', other.id('abr-malicious'))).toMatchObject({
      application: { threat: 'Adware.Bundler' },
      scanResults: [{}, {}, {}, {}],
    });
  });

  test('raw is a copy', async () => {
    const sandbox = await sandboxForTest();
    const copy = sandbox.raw('threatlocker', sandbox.id('anydesk'));
    if (copy !== undefined) copy.statusId = 4;
    expect(sandbox.raw('threatlocker', sandbox.id('anydesk'))?.statusId).toBe(1);
  });

  test('a removed request is gone', async () => {
    const sandbox = await sandboxForTest();
    sandbox.remove('threatlocker', sandbox.id('anydesk'));
    sandbox.remove('admin-by-request', sandbox.id('abr-cmd'));
    expect(sandbox.raw('threatlocker', sandbox.id('anydesk'))).toBeUndefined();
    expect((await adminByRequest(sandbox, `/requests/${sandbox.id('abr-cmd')}`)).status).toBe(404);
  });

  test('an unknown name or id is an error', async () => {
    const sandbox = await sandboxForTest();
    expect(() => sandbox.id('nothing')).toThrow('no request named nothing');
    expect(() => sandbox.change('threatlocker', 'x', () => {})).toThrow('holds no request x');
    expect(() => sandbox.rivalDecides('admin-by-request', '1', 'deny')).toThrow('no request 1');
    expect(() => sandbox.arrive({ vendor: 'threatlocker', name: 'anydesk' })).toThrow('has a request anydesk');
  });
});

describe('traffic', () => {
  const pending = (sandbox: Awaited<ReturnType<typeof sandboxForTest>>): Promise<number[]> =>
    Promise.all([
      threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestGetCount').then(({ text }) => Number(text)),
      adminByRequest(sandbox, '/requests?status=pending').then((answer) => rows(answer).length),
    ]);

  test('new requests arrive while it runs, and no more once closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const sandbox = await sandboxForTest({ arrivalsEveryMs: 1000 });
    expect(await pending(sandbox)).toEqual([17, 7]);
    vi.advanceTimersByTime(4000);
    expect(await pending(sandbox)).toEqual([19, 9]);
    await sandbox.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what arrives unasked resembles the standard population, the vendors by turns', async () => {
    const sandbox = await sandboxForTest();
    const known = sandbox.requests.map(({ vendor, id }) =>
      vendor === 'threatlocker' ? sandbox.raw(vendor, id)?.file : sandbox.raw(vendor, id)?.application,
    );
    for (let n = 0; n < 20; n += 1) {
      const mine = sandbox.raw('threatlocker', sandbox.arrive());
      expect(mine).toMatchObject({ statusId: 1, dateTime: '2026-10-05T12:00:00Z', assignee: null });
      expect(mine?.reason).not.toBe('');
      expect(known).toContainEqual(mine?.file);
      const other = sandbox.raw('admin-by-request', sandbox.arrive());
      expect(other).toMatchObject({ statusCode: 4, requestedAt: NOW });
      expect(other?.reason).not.toBe('');
    }
  });

  test('a rival works through the queue, and stays out of the record', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const sandbox = await sandboxForTest({ rival: { everyMs: 1000 } });
    vi.advanceTimersByTime(100_000);
    expect(await pending(sandbox)).toEqual([0, 0]);
    expect(sandbox.record).toEqual([]);
  });
});
