import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../shared/src/sandbox/index.ts';
import { type Answer, adminByRequest, call, DAY, dig, MINUTE, NOW, rows, sandboxForTest } from './helpers.ts';

const ids = (answer: Answer): string[] => rows(answer).map((row) => String(dig(row, 'id')));
const one = (sandbox: Sandbox, name: string): Promise<Answer> =>
  adminByRequest(sandbox, `/requests/${sandbox.id(name)}`);
const put = (sandbox: Sandbox, name: string, query = '', options = {}): Promise<Answer> =>
  adminByRequest(sandbox, `/requests/${sandbox.id(name)}${query}`, { method: 'PUT', ...options });
const remove = (sandbox: Sandbox, name: string, query = '', options = {}): Promise<Answer> =>
  adminByRequest(sandbox, `/requests/${sandbox.id(name)}${query}`, { method: 'DELETE', ...options });

describe('authentication', () => {
  test('takes the key as a header or as Basic password, and nothing else', async () => {
    const sandbox = await sandboxForTest();
    const { url, apiKey } = sandbox.adminByRequest;
    const basic = (text: string): RequestInit => ({
      headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
    });
    expect((await call(`${url}/requests`, { headers: { APIKEY: apiKey } })).status).toBe(200);
    expect((await call(`${url}/requests`, basic(`anybody:${apiKey}`))).status).toBe(200);
    for (const init of [{}, { headers: { apikey: 'x' } }, basic(apiKey), { headers: { authorization: apiKey } }]) {
      const answer = await call(`${url}/requests`, init);
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual({ Message: 'Invalid API key' });
    }
  });

  test('fails with 500 at the wrong data centre', async () => {
    const sandbox = await sandboxForTest({ adminByRequest: { dataCenter: 'wrong' } });
    const answer = await adminByRequest(sandbox, '/requests');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8']);
  });

  test('tells who one is, unless told not to', async () => {
    const sandbox = await sandboxForTest();
    expect((await adminByRequest(sandbox, '/whoami')).json).toMatchObject({
      tenantName: 'Northwind Managed IT',
      apiUrl: sandbox.adminByRequest.url,
    });
    const without = await sandboxForTest({ adminByRequest: { whoami: 'not-found' } });
    expect((await adminByRequest(without, '/whoami')).status).toBe(404);
  });
});

describe('GET /requests', () => {
  test('shows a request that was numbered before others and is seen after them in its place, and no list of changes names it', async () => {
    const sandbox = await sandboxForTest({ population: 'empty' });
    const late = sandbox.arriveUnseen({ reason: 'late' });
    const later = sandbox.arrive({ vendor: 'admin-by-request' });
    const { timeNow } = (await adminByRequest(sandbox, '/auditlog/delta?take=1')).json as { timeNow: number };
    expect(ids(await adminByRequest(sandbox, '/requests'))).toEqual([later]);
    expect((await adminByRequest(sandbox, `/requests/${late.id}`)).status).toBe(404);
    late.show();
    expect(ids(await adminByRequest(sandbox, '/requests'))).toEqual([late.id, later]);
    // Rounded up, which JSON.parse did to it; the late one's change lies before it all the same.
    const changes = await adminByRequest(sandbox, `/auditlog/delta?deltaTime=${timeNow + 1000}`);
    expect(dig(changes.json, 'entries')).toEqual([]);
  });

  test('answers a bare array in ascending order, filtered by a word in any case', async () => {
    const sandbox = await sandboxForTest();
    const pending = await adminByRequest(sandbox, '/requests?status=pending');
    expect(ids(pending)).toEqual(
      [
        'abr-expiring',
        'abr-session',
        'abr-server',
        'abr-malicious',
        'abr-cmd',
        'abr-obsidian',
        'abr-mac-unscanned',
      ].map((name) => sandbox.id(name)),
    );
    expect(new Set(rows(pending).map((row) => dig(row, 'statusCode')))).toEqual(new Set([4]));
    expect(ids(await adminByRequest(sandbox, '/requests?status=Quarantined'))).toEqual([sandbox.id('abr-quarantined')]);
    expect(ids(await adminByRequest(sandbox, '/requests?status=DENIED'))).toContain(sandbox.id('abr-denied'));
    expect(ids(await adminByRequest(sandbox, '/requests?status=approved'))).toContain(sandbox.id('abr-approved'));
    expect((await adminByRequest(sandbox, '/requests?status=unknown')).status).toBe(400);
  });

  test('takes parameters as headers too', async () => {
    const sandbox = await sandboxForTest();
    const answer = await adminByRequest(sandbox, '/requests', { headers: { status: 'quarantined' } });
    expect(ids(answer)).toEqual([sandbox.id('abr-quarantined')]);
  });

  test('pages from an inclusive startid', async () => {
    const sandbox = await sandboxForTest();
    const all = ids(await adminByRequest(sandbox, '/requests?status=pending'));
    const first = ids(await adminByRequest(sandbox, '/requests?status=pending&take=3'));
    expect(first).toEqual(all.slice(0, 3));
    const next = ids(await adminByRequest(sandbox, `/requests?status=pending&take=3&startid=${first[2]}`));
    expect(next).toEqual(all.slice(2, 5));
  });

  test('answers the latest in descending order, not together with take or startid', async () => {
    const sandbox = await sandboxForTest();
    const all = ids(await adminByRequest(sandbox, '/requests'));
    expect(ids(await adminByRequest(sandbox, '/requests?last=2'))).toEqual(all.toReversed().slice(0, 2));
    expect((await adminByRequest(sandbox, '/requests?last=2&take=2')).status).toBe(400);
    expect((await adminByRequest(sandbox, '/requests?last=2&startid=2')).status).toBe(400);
    expect((await adminByRequest(sandbox, '/requests?take=many')).json).toEqual({ Message: 'General error' });
  });

  test('answers 50 rows by default and 1,000 at most', async () => {
    const sandbox = await sandboxForTest({ population: { threatLocker: 0, adminByRequest: 1100 } });
    expect(ids(await adminByRequest(sandbox, '/requests'))).toHaveLength(50);
    expect(ids(await adminByRequest(sandbox, '/requests?take=5000'))).toHaveLength(1000);
    expect(ids(await adminByRequest(sandbox, '/requests?last=5000'))).toHaveLength(1000);
  });

  test('mixes ids of both types and both spellings of the link', async () => {
    const sandbox = await sandboxForTest();
    const found = rows(await adminByRequest(sandbox, '/requests'));
    expect(new Set(found.map((row) => typeof dig(row, 'id')))).toEqual(new Set(['string', 'number']));
    const links = found.map((row) => (dig(row, 'auditlogLink') === undefined ? 'auditLogLink' : 'auditlogLink'));
    expect(new Set(links)).toEqual(new Set(['auditlogLink', 'auditLogLink']));
    expect(new Set(found.map((row) => typeof dig(row, 'traceNo')))).toEqual(new Set(['string']));
  });

  test('leaves every fact of a session’s application null, but the scan code 0', async () => {
    const sandbox = await sandboxForTest();
    const { json } = await one(sandbox, 'abr-session');
    const application = dig(json, 'application');
    expect(json).toMatchObject({ type: 'Admin Session', typeCode: 1 });
    const { scanResultCode, ...rest } = application as Record<string, unknown>;
    expect(scanResultCode).toBe(0);
    expect(new Set(Object.values(rest))).toEqual(new Set([null]));
  });

  test('knows a file that was never scanned', async () => {
    const sandbox = await sandboxForTest();
    expect((await one(sandbox, 'abr-mac-unscanned')).json).toMatchObject({
      application: { scanResult: null, scanResultCode: null, vendor: null },
      computer: { platform: 'Mac', platformCode: 1 },
    });
  });

  test('names the same file as ThreatLocker, with its SHA-256 in upper case', async () => {
    const sandbox = await sandboxForTest();
    const sha256 = sandbox.raw('threatlocker', sandbox.id('obsidian-contoso'))?.file.sha256;
    expect(dig((await one(sandbox, 'abr-obsidian')).json, 'application.sha256')).toBe(sha256?.toUpperCase());
  });

  test('gives the engines’ results only when asked', async () => {
    const sandbox = await sandboxForTest();
    expect(dig((await one(sandbox, 'abr-malicious')).json, 'scanResults')).toEqual([]);
    const detailed = await adminByRequest(sandbox, `/requests/${sandbox.id('abr-malicious')}?wantscandetails=1`);
    expect(dig(detailed.json, 'scanResults')).toHaveLength(4);
    expect(dig(detailed.json, 'scanResults.1')).toMatchObject({ engine: 'Engine B', scanResultCode: 1 });
  });

  test('writes local times without a zone', async () => {
    const sandbox = await sandboxForTest();
    // 85 minutes before noon UTC, on a computer five hours behind.
    expect(dig((await one(sandbox, 'abr-session')).json, 'requestTime')).toBe('2026-10-05T05:35:00');
  });

  test('answers 404 for an unknown id', async () => {
    const sandbox = await sandboxForTest();
    expect((await adminByRequest(sandbox, '/requests/1')).status).toBe(404);
    expect((await adminByRequest(sandbox, '/requests/abc')).status).toBe(404);
    expect((await adminByRequest(sandbox, '/auditlog/1')).status).toBe(404);
    expect((await adminByRequest(sandbox, `/requests/${sandbox.id('abr-cmd')}/x/y`)).status).toBe(404);
  });
});

describe('PUT and DELETE', () => {
  test('PUT approves and answers an empty body', async () => {
    const sandbox = await sandboxForTest();
    const answer = await put(sandbox, 'abr-obsidian', '?approvedby=Approver%40Northwind.example');
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect((await one(sandbox, 'abr-obsidian')).json).toMatchObject({
      statusCode: 0,
      approvedBy: 'Kim Approver',
      approvedByEmail: 'approver@northwind.example',
    });
    expect(sandbox.record).toMatchObject([
      { verdict: 'approve', requestId: sandbox.id('abr-obsidian'), effect: 'applied', status: 200 },
    ]);
  });

  test('PUT approves even with a body that says Denied', async () => {
    const sandbox = await sandboxForTest();
    await put(sandbox, 'abr-obsidian', '', {
      body: '{"status":"Denied"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(sandbox.raw('admin-by-request', sandbox.id('abr-obsidian'))?.statusCode).toBe(0);
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'applied', body: '{"status":"Denied"}' }]);
  });

  test('DELETE denies with a reason', async () => {
    const sandbox = await sandboxForTest();
    const query = `?reason=${encodeURIComponent('Nein – bitte fragen: 電話 & Büro')}&deniedby=approver@northwind.example`;
    const answer = await remove(sandbox, 'abr-cmd', query);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect((await one(sandbox, 'abr-cmd')).json).toMatchObject({
      statusCode: 3,
      status: 'Denied',
      deniedReason: 'Nein – bitte fragen: 電話 & Büro',
      deniedByEmail: 'approver@northwind.example',
    });
    expect(sandbox.record).toMatchObject([
      { verdict: 'deny', effect: 'applied', query: { deniedby: 'approver@northwind.example' } },
    ]);
  });

  test('an address of no portal user is dropped silently', async () => {
    const sandbox = await sandboxForTest();
    await put(sandbox, 'abr-obsidian', '?approvedby=nobody@northwind.example');
    await remove(sandbox, 'abr-cmd', '?deniedby=nobody@northwind.example');
    expect((await one(sandbox, 'abr-obsidian')).json).toMatchObject({
      statusCode: 0,
      approvedBy: null,
      approvedByEmail: null,
    });
    expect((await one(sandbox, 'abr-cmd')).json).toMatchObject({ statusCode: 3, deniedBy: null, deniedByEmail: null });
  });

  test.each(['abr-approved', 'abr-finished', 'abr-denied', 'abr-quarantined'])(
    'nothing happens to %s, and nobody says so',
    async (name) => {
      const sandbox = await sandboxForTest();
      const before = sandbox.raw('admin-by-request', sandbox.id(name));
      for (const answer of [await put(sandbox, name), await remove(sandbox, name)]) {
        expect([answer.status, answer.text]).toEqual([200, '']);
      }
      expect(sandbox.raw('admin-by-request', sandbox.id(name))).toEqual(before);
      expect(sandbox.record.map(({ effect }) => effect)).toEqual(['nothing', 'nothing']);
    },
  );

  test('an unknown id is refused with 404', async () => {
    const sandbox = await sandboxForTest();
    expect((await adminByRequest(sandbox, '/requests/1', { method: 'DELETE' })).status).toBe(404);
    expect((await adminByRequest(sandbox, '/requests/2', { method: 'PUT' })).status).toBe(404);
    expect(sandbox.record).toMatchObject([
      { verdict: 'deny', requestId: '1', effect: 'refused', status: 404 },
      { verdict: 'approve', requestId: '2', effect: 'refused', status: 404 },
    ]);
  });

  test('what else could write is recorded', async () => {
    const sandbox = await sandboxForTest();
    const challenge = await adminByRequest(sandbox, '/inventory/NW-LT-202/pin?pin1=123456');
    expect(challenge.json).toMatch(/^\d{6}$/);
    const bare = await adminByRequest(sandbox, '/inventory/NW-LT-202/pin');
    expect([bare.status, bare.json]).toEqual([400, { Message: 'General error' }]);
    await adminByRequest(sandbox, '/inventory/NW-LT-202/pin?pintype=UninstallPIN');
    await adminByRequest(sandbox, '/inventory/NW-LT-202', { method: 'DELETE' });
    await adminByRequest(sandbox, '/requests', { method: 'POST', body: '{}' });
    expect(sandbox.record.map(({ verdict, effect }) => [verdict, effect])).toEqual([
      ['issue-pin', 'applied'],
      ['issue-pin', 'refused'],
      ['issue-pin', 'applied'],
      ['delete-computer', 'applied'],
      ['unknown', 'refused'],
    ]);
    expect(sandbox.record.flatMap(({ requestIds }) => requestIds)).toEqual([]);
    expect((await adminByRequest(sandbox, '/inventory/NW-LT-202')).status).toBe(404);
  });
});

describe('two weeks', () => {
  test('end what waits: code 6, gone from the list, beyond approval', async () => {
    let now = NOW;
    const sandbox = await sandboxForTest({ now: () => now });
    const id = sandbox.id('abr-expiring');
    now = NOW + DAY - 61 * MINUTE;
    expect(ids(await adminByRequest(sandbox, '/requests?status=pending'))).toContain(id);
    now = NOW + DAY - 60 * MINUTE;
    expect(ids(await adminByRequest(sandbox, '/requests'))).not.toContain(id);
    expect((await one(sandbox, 'abr-expiring')).json).toMatchObject({ statusCode: 6, status: 'Expired' });
    await put(sandbox, 'abr-expiring');
    expect(sandbox.record).toMatchObject([{ effect: 'nothing' }]);
  });

  test('end an approval that nobody used', async () => {
    let now = NOW;
    const sandbox = await sandboxForTest({ now: () => now });
    await put(sandbox, 'abr-obsidian');
    now = NOW + 14 * DAY - 1;
    expect((await one(sandbox, 'abr-obsidian')).json).toMatchObject({ statusCode: 0 });
    now = NOW + 14 * DAY;
    expect((await one(sandbox, 'abr-obsidian')).json).toMatchObject({ statusCode: 6 });
  });
});

describe('the audit log', () => {
  test('knows the requests under the same ids, and times in UTC', async () => {
    const sandbox = await sandboxForTest();
    const { json } = await adminByRequest(sandbox, `/auditlog/${sandbox.id('abr-session')}`);
    expect(json).toMatchObject({
      requestTime: '2026-10-05T05:35:00',
      requestTimeUTC: '2026-10-05T10:35:00',
      responseTime: null,
      startTime: null,
      startTimeUTC: null,
      endTime: null,
      endTimeUTC: null,
      elevatedApplications: [],
    });
    const finished = await adminByRequest(sandbox, `/auditlog/${sandbox.id('abr-finished')}`);
    expect(finished.json).toMatchObject({
      statusCode: 2,
      responseTime: '00:09:00.0000000',
      startTime: '2026-10-02T13:10:00',
      startTimeUTC: '2026-10-02T12:10:00',
      endTime: '2026-10-02T13:15:00',
      endTimeUTC: '2026-10-02T12:15:00',
      elevatedApplications: [{ file: 'TOTALCMD64.EXE' }],
    });
  });

  test('reaches back 30 days, or to a date', async () => {
    const sandbox = await sandboxForTest();
    expect(rows(await adminByRequest(sandbox, '/auditlog?take=10000'))).toHaveLength(23);
    expect(rows(await adminByRequest(sandbox, '/auditlog?days=1'))).toHaveLength(9);
    const days = await adminByRequest(sandbox, '/auditlog?startdate=2026-09-27&enddate=2026-10-02&days=1');
    expect(rows(days).map((row) => String(dig(row, 'requestTimeUTC')).slice(0, 10))).toEqual([
      '2026-09-27',
      '2026-09-29',
      '2026-10-02',
    ]);
    expect(rows(await adminByRequest(sandbox, '/auditlog?type=session'))).toHaveLength(2);
    expect((await adminByRequest(sandbox, '/auditlog?startdate=yesterday')).status).toBe(400);
  });

  test('gives the changes since a tick number that no double holds', async () => {
    const sandbox = await sandboxForTest();
    const first = await adminByRequest(sandbox, '/auditlog/delta');
    const timeNow = /"timeNow":(\d+)}$/.exec(first.text)?.[1] ?? '';
    expect(timeNow).toMatch(/^639\d{15}$/);
    expect(String(Number(timeNow))).not.toBe(timeNow);
    const unchanged = await adminByRequest(sandbox, `/auditlog/delta?deltaTime=${timeNow}`);
    expect(unchanged.text).toBe(`{"entries":[],"timeNow":${timeNow}}`);
    await put(sandbox, 'abr-obsidian');
    const changed = await adminByRequest(sandbox, `/auditlog/delta?deltaTime=${timeNow}`);
    expect(dig(changed.json, 'entries.0.id')?.toString()).toBe(sandbox.id('abr-obsidian'));
    expect(dig(changed.json, 'entries.1')).toBeUndefined();
    expect(/"timeNow":(\d+)}$/.exec(changed.text)?.[1]).not.toBe(timeNow);
  });

  test('of a computer and of a user, by account or full name; a backslash is refused', async () => {
    const sandbox = await sandboxForTest();
    const computer = rows(await adminByRequest(sandbox, '/computers/nw-lt-203/auditlog'));
    expect(new Set(computer.map((row) => dig(row, 'computer.name')))).toEqual(new Set(['NW-LT-203']));
    expect(computer.length).toBeGreaterThan(2);
    const byName = await adminByRequest(sandbox, `/users/${encodeURIComponent('Kim Approver')}/auditlog`);
    expect(ids(byName)).toEqual([sandbox.id('abr-cmd')]);
    const byAccount = await adminByRequest(sandbox, '/users/dev.patel/auditlog');
    expect(ids(byAccount)).toEqual([sandbox.id('abr-mac-unscanned')]);
    const backslash = await adminByRequest(sandbox, '/users/NORTHWIND%5Ckim.approver/auditlog');
    expect([backslash.status, backslash.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  });
});

describe('events and inventory', () => {
  test('events by code, computer and age', async () => {
    const sandbox = await sandboxForTest();
    expect(rows(await adminByRequest(sandbox, '/events'))).toHaveLength(7);
    expect(rows(await adminByRequest(sandbox, '/events?code=93'))).toHaveLength(2);
    expect(rows(await adminByRequest(sandbox, '/events?days=1'))).toHaveLength(3);
    const ofComputer = rows(await adminByRequest(sandbox, '/computers/NW-LT-203/events'));
    expect(ofComputer.map((row) => dig(row, 'eventCode'))).toEqual([93, 20]);
    expect((await adminByRequest(sandbox, `/events/${dig(ofComputer, '0.id')}`)).json).toEqual(ofComputer[0]);
  });

  test('computers by name and by id, with software only when asked', async () => {
    const sandbox = await sandboxForTest();
    expect(rows(await adminByRequest(sandbox, '/inventory'))).toHaveLength(5);
    const byName = await adminByRequest(sandbox, '/inventory/nw-mac-07');
    expect(byName.json).toMatchObject({ id: 9004, software: null, location: { hourOffset: 1 } });
    expect((await adminByRequest(sandbox, '/inventory/9004')).json).toEqual(byName.json);
    const withSoftware = await adminByRequest(sandbox, '/inventory/9004?wantsoftware=1');
    expect(dig(withSoftware.json, 'software.0.name')).toBe('Google Chrome');
    expect((await adminByRequest(sandbox, '/inventory/none')).status).toBe(404);
  });
});
