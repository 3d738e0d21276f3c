import { expect, test } from 'vitest';
import { answer, inTurn, localServer } from '../../http/local-server.ts';
import { DECISION, fixture, KEY, providerAt, vendorId } from './setup.ts';

// The examples of the vendor's guide "API request approval".

test('the list of pending requests reads as the portal shows it', async () => {
  const pending = await fixture('pending-requests');
  const server = await localServer((request, response) => {
    response.end(request.url?.includes('status=pending') ? pending : '[]');
  });
  const { requests, notes } = await providerAt(server.origin).list();
  expect(notes).toEqual([]);
  expect(requests).toEqual([
    expect.objectContaining({
      reference: 'acme-abr/65430027',
      kind: 'run-as-admin',
      vendorKind: 'Run As Admin',
      status: 'pending',
      unapprovable: null,
      policy: 'Global',
      traceNo: '46142793',
      requestedAt: null,
      requester: {
        account: 'AZUREAD\\FASTTRACKSOFTWARESUP',
        name: 'FastTrack Software Support',
        email: 'support@fasttracksoftware.com',
        phone: '333.333.3333',
        isAdministrator: null,
      },
      subject: expect.objectContaining({
        name: 'cmd.exe',
        path: null,
        product: 'Windows Command Processor',
        vendor: 'Microsoft Corporation',
        version: '10.0.21390.1 (WinBuild.160101.0800)',
        sha256: '61b4c38792f586995f8e1b8e935b2de1d6c7941a71a57fc1a1269d2e1e3164cd',
        scan: { verdict: 'clean', threat: null, engines: [] },
      }),
      links: [
        {
          label: 'VirusTotal',
          url: 'https://www.virustotal.com/latest-scan/61B4C38792F586995F8E1B8E935B2DE1D6C7941A71A57FC1A1269D2E1E3164CD',
        },
      ],
    }),
  ]);
  expect(server.headers.map(({ apikey }) => apikey)).toEqual([KEY, KEY]);
});

test('the audit log reads in its old casing, its history of the file included', async () => {
  const [entry] = JSON.parse(await fixture('audit-log'));
  const request = {
    id: 1,
    typeCode: 0,
    statusCode: 4,
    application: { sha256: entry.Application.SHA256.toLowerCase() },
  };
  const server = await localServer((call, response) => {
    response.end(JSON.stringify(call.url?.startsWith('/auditlog') ? [entry] : request));
  });
  expect((await providerAt(server.origin).history(vendorId('1'), 'file', 30)).entries).toEqual([
    {
      at: null,
      what: 'Run As Admin: Total Commander 9.22a; 1 program ran as administrator',
      by: null,
      computer: null,
      file: 'TOTALCMD64.EXE',
      outcome: 'approved',
    },
  ]);
});

test('an entry of the audit log reads as the request that it was', async () => {
  const [entry] = JSON.parse(await fixture('audit-log'));
  const server = await localServer(inTurn(answer(200, JSON.stringify(entry))));
  const { request } = await providerAt(server.origin).get(vendorId('51134241'));
  expect(request).toMatchObject({
    vendorId: '51134241',
    status: 'approved',
    subject: { name: 'TOTALCMD64.EXE', product: 'Total Commander', preapproved: false, scan: { verdict: 'clean' } },
  });
});

test('approving is a PUT of the id and nothing else, where no approver is configured', async () => {
  const pending = JSON.stringify(JSON.parse(await fixture('pending-requests'))[0]);
  const server = await localServer((request, response) => {
    if (request.url === '/whoami') response.writeHead(404);
    response.end(request.method === 'GET' ? pending : '');
  });
  const provider = providerAt(server.origin);
  const prepared = await provider.prepare(vendorId('65430027'), { verdict: 'approve', options: {} }, DECISION);
  if (prepared.outcome !== 'ready') throw new Error(prepared.message);
  await provider.send(prepared.target.write);
  expect(server.calls.at(-1)).toBe('PUT /requests/65430027');
});

test('after request 65430930 the list goes on with startid=65430931', async () => {
  const page = Array.from({ length: 1000 }, (_, index) => ({ id: 65429931 + index, statusCode: 4 }));
  const server = await localServer((request, response) => {
    response.end(/status=pending&wantscandetails=1&take=1000$/.test(request.url ?? '') ? JSON.stringify(page) : '[]');
  });
  expect((await providerAt(server.origin).list()).requests).toHaveLength(1000);
  expect(server.calls).toEqual([
    'GET /requests?status=quarantined&wantscandetails=1&take=1000',
    'GET /requests?status=pending&wantscandetails=1&take=1000',
    'GET /requests?status=pending&wantscandetails=1&take=1000&startid=65430931',
  ]);
});
