import { expect, test } from 'vitest';
import type { ApprovalRequest } from '../../../../shared/src/approval/index.ts';
import { answer, inTurn, localServer } from '../../http/local-server.ts';
import { failureOf } from '../../http/setup.ts';
import { providerAt, sandboxed, vendorId } from './setup.ts';

/** Request 1, as read from this answer of the vendor. */
async function read(row: unknown): Promise<ApprovalRequest> {
  const body = typeof row === 'string' ? row : JSON.stringify({ id: 1, statusCode: 4, ...Object(row) });
  const server = await localServer(inTurn(answer(200, body)));
  return (await providerAt(server.origin).get(vendorId('1'))).request;
}

test('a request is read by its id, with every engine of its scan', async () => {
  const { sandbox, provider, id } = await sandboxed();
  const { request, raw } = await provider.get(id('abr-malicious'));
  expect(sandbox.calls[0]?.url).toBe(`/requests/${id('abr-malicious')}?wantscandetails=1`);
  expect(request.subject.scan).toEqual({
    verdict: 'malicious',
    threat: 'Adware.Bundler',
    engines: [
      { engine: 'Engine A', verdict: 'clean', threat: null },
      { engine: 'Engine B', verdict: 'malicious', threat: 'Trojan.Generic' },
      { engine: 'Engine C', verdict: 'clean', threat: null },
      { engine: 'Engine D', verdict: 'clean', threat: null },
    ],
  });
  expect(raw).toHaveProperty('traceNo');
});

test('an admin session has no application, and its scan code 0 does not make it clean', async () => {
  const { provider, id } = await sandboxed();
  const { request } = await provider.get(id('abr-session'));
  expect(request).toMatchObject({ kind: 'admin-session', vendorKind: 'Admin Session', status: 'pending' });
  expect(request.subject).toMatchObject({ name: null, path: null, sha256: null, scan: { verdict: 'not-scanned' } });
});

test('a server is one, whatever its system', async () => {
  const { provider, id } = await sandboxed();
  const { request } = await provider.get(id('abr-server'));
  expect(request).toMatchObject({
    kind: 'server-session',
    computer: { name: 'NW-SRV-FILE1', os: null, isServer: true },
  });
});

test.each([
  [{ traceNo: '0046142793' }, '0046142793'],
  [{ traceNo: 46142793 }, '46142793'],
  [{ traceNo: ' ' }, null],
  [{ traceNo: {} }, null],
  [{}, null],
])('%j has the trace number %j', async (row, traceNo) => {
  expect(await read(row)).toMatchObject({ traceNo });
});

test.each([
  [{ typeCode: 0, type: 'Session' }, 'run-as-admin', 'Run As Admin'],
  [{ typeCode: 1, type: 'Session' }, 'admin-session', 'Admin Session'],
  [{ typeCode: 2 }, 'server-session', 'Server Session'],
  [{ typeCode: 3, type: 'Run As Admin' }, 'unknown', 'type 3 (Run As Admin)'],
  [{ typeCode: '0' }, 'unknown', 'type "0"'],
  [{ type: 'Admin Session' }, 'unknown', 'type ? (Admin Session)'],
])('%j is of the kind %s, by its code alone', async (row, kind, vendorKind) => {
  expect(await read(row)).toMatchObject({ kind, vendorKind });
});

test.each([
  [{ platformCode: 0, platform: 'Mac' }, 'windows', false],
  [{ platformCode: 1 }, 'macos', false],
  [{ platformCode: 2, platform: 'Server' }, null, true],
  [{ platformCode: 3, platform: 'Linux' }, 'linux', null],
  [{ platformCode: 3 }, 'other(3)', null],
  [{}, null, null],
])('%j runs %s', async (computer, os, isServer) => {
  expect((await read({ computer })).computer).toMatchObject({ os, isServer });
});

const SHA = 'ab'.repeat(32);
test.each([
  ['clean', { scanResult: 'Clean', scanResultCode: 0, file: 'a.exe' }],
  ['clean', { scanResult: 'Clean', scanResultCode: 0, sha256: SHA, threat: '' }],
  ['unknown', { scanResult: 'Clean', scanResultCode: 0 }],
  ['unknown', { scanResult: 'Clean', scanResultCode: 0, name: 'A', sha256: 'short' }],
  ['unknown', { scanResult: 'Clean', scanResultCode: '0', file: 'a.exe' }],
  ['unknown', { scanResult: 'Clean', file: 'a.exe' }],
  ['unknown', { scanResult: 'Cleaned', scanResultCode: 0, file: 'a.exe' }],
  ['unknown', { scanResult: 'Clean', scanResultCode: 0, file: 'a.exe', threat: 'EICAR' }],
  ['unknown', { scanResult: null, scanResultCode: 9, file: 'a.exe' }],
  ['not-scanned', { scanResult: null, scanResultCode: 0, file: 'a.exe' }],
  ['not-scanned', { file: 'a.exe' }],
  ['malicious', { scanResult: 'Clean', scanResultCode: 1, file: 'a.exe' }],
  ['malicious', { scanResult: 'Malicious', scanResultCode: 0, file: 'a.exe' }],
  ['suspicious', { scanResult: null, scanResultCode: 2 }],
])('the scan is %s for %j', async (verdict, application) => {
  expect((await read({ application })).subject.scan.verdict).toBe(verdict);
});

test('a clean result that one engine contradicts is unknown', async () => {
  const application = { scanResult: 'Clean', scanResultCode: 0, file: 'a.exe' };
  const scanResults = [{ engine: 'E', scanResult: 'Malicious', scanResultCode: 1, threat: 'X' }];
  expect((await read({ application, scanResults })).subject.scan.verdict).toBe('unknown');
});

test.each([
  ['C:\\Tools', 'a.exe', 'C:\\Tools\\a.exe'],
  ['C:\\', 'a.exe', 'C:\\a.exe'],
  ['C:\\Tools\\A.EXE', 'a.exe', 'C:\\Tools\\A.EXE'],
  ['/opt/tools', 'a', '/opt/tools/a'],
  ['C:\\Downloads\\VSCodeSetup.exe', 'p.exe', 'C:\\Downloads\\VSCodeSetup.exe\\p.exe'],
  ['C:\\Tools', null, 'C:\\Tools'],
  [null, 'a.exe', null],
])('folder %j and file %j make the path %j', async (path, file, expected) => {
  expect((await read({ application: { path, file } })).subject.path).toBe(expected);
});

test.each([
  ['2021-06-08T11:25:27', '2021-06-08T11:25:27'],
  ['2021-06-08 11:25:27.33', '2021-06-08T11:25:27.33'],
  ['2021-13-08T11:25:27', null],
  ['08-06-2021 11:25:27', null],
  ['2021-06-08T11:25:27Z', null],
  [1623151527, null],
])('the time %j is local, and reads as %j', async (requestTime, expected) => {
  expect(await read({ requestTime })).toMatchObject({ requestedAt: expected, requestedAtZone: 'local' });
});

test('keys come in any case, and one that contradicts itself is unknown', async () => {
  const request = await read(
    '{"ID":"1","STATUSCODE":4,"Application":{"Sha256":"x","FILE":"a"},"auditLogLink":"https://x.example/a"}',
  );
  expect(request).toMatchObject({ status: 'pending', subject: { name: 'a' }, links: [{ url: 'https://x.example/a' }] });
  expect((await read('{"id":1,"statusCode":4,"StatusCode":3}')).status).toBe('other()');
});

test('only https addresses are links', async () => {
  const { links } = await read({
    auditlogLink: 'javascript:alert(1)',
    application: { virustotalLink: 'http://a.example' },
  });
  expect(links).toEqual([]);
});

test('who decided, and why, is told by the status', async () => {
  const both = {
    approvedBy: 'A',
    approvedByEmail: 'a@x.example',
    deniedBy: 'D',
    deniedByEmail: 'd@x.example',
    deniedReason: 'no',
  };
  expect((await read({ statusCode: 2, ...both })).decided).toEqual({
    by: 'A',
    email: 'a@x.example',
    at: null,
    reason: null,
  });
  expect((await read({ statusCode: 3, ...both })).decided).toEqual({
    by: 'D',
    email: 'd@x.example',
    at: null,
    reason: 'no',
  });
  expect((await read({ statusCode: 4, ...both })).decided).toBeNull();
});

test('a request that is not there is not found, by any id', async () => {
  const { sandbox, provider } = await sandboxed();
  expect(await failureOf(provider.get(vendorId('1')))).toMatchObject({ kind: 'not-found', status: 404 });
  expect(await failureOf(provider.get(vendorId('00000000-0000-0000-0000-000000000000')))).toMatchObject({
    kind: 'not-found',
    neverSent: true,
  });
  expect(sandbox.calls).toHaveLength(1);
});

test.each([
  ['another request', '{"id":2,"statusCode":4}'],
  ['a list', '[{"id":1,"statusCode":4}]'],
  ['null', 'null'],
  ['nothing', ''],
])('%s instead of the request is malformed', async (_name, body) => {
  const server = await localServer(inTurn(answer(200, body)));
  expect((await failureOf(providerAt(server.origin).get(vendorId('1')))).kind).toBe('malformed');
});

test('research is the scan with its engines and the links of the vendor', async () => {
  const { provider, id } = await sandboxed();
  const report = await provider.research(id('abr-malicious'));
  expect(report.scan.engines).toHaveLength(4);
  expect(report.links.map(({ label }) => label)).toEqual(['VirusTotal', 'Audit log in the Admin By Request portal']);
  expect(await provider.matchingApplications(id('abr-malicious'))).toEqual([]);
  expect((await provider.permitOptions(id('abr-malicious'))).notes).toEqual([expect.stringContaining('no choices')]);
});
