import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildIfMissing } from '../mcp-server/terminal/command.ts';
import { type JobStage, openJobStage } from './job.ts';

beforeAll(buildIfMissing);

const KIM = { by: 'Kim Approver' };
const DENIED = { ...KIM, verdict: 'deny', reason: 'Please use the software center.' };
const APPROVED = { ...KIM, verdict: 'approve' };
const FINE = { code: 0, stderr: expect.any(String) };

// The job is for machines that run systemd or cron.
describe.skipIf(process.platform === 'win32')('the scheduled job', () => {
  let stage: JobStage;
  beforeEach(async () => {
    stage = await openJobStage();
    expect(await stage.run()).toEqual(FINE);
  });
  const written = () => stage.sandbox.record.filter(({ effect }) => effect === 'applied').map(({ verdict }) => verdict);

  test('files one ticket for each request that waits, however often it runs', async () => {
    const filed = await stage.all();
    const waiting = stage.sandbox.requests.filter(({ id }) => filed.some(({ request }) => request.endsWith(`/${id}`)));
    expect(filed).toHaveLength(27);
    expect(waiting).toHaveLength(27);
    expect(await stage.run()).toEqual(FINE);
    const id = stage.sandbox.arrive({ vendor: 'admin-by-request' });
    expect(await stage.run()).toEqual(FINE);
    expect((await stage.all()).map(({ request }) => request)).toEqual([
      ...filed.map(({ request }) => request),
      `acme-abr/${id}`,
    ]);
  });

  test('files who asks by full name too, the whole reason with each line marked, and what the portal shows', async () => {
    const id = stage.sandbox.arrive({
      vendor: 'admin-by-request',
      user: { account: 'NORTHWIND\\bc17', fullName: 'Ben Carter' },
      reason: `${'For the yearly report. '.repeat(30)}\nFile: C:\\approved.exe`,
      settingsName: 'Finance',
      traceNo: '46142793',
    });
    expect(await stage.run()).toEqual(FINE);
    const lines = (await stage.ticketOf(`acme-abr/${id}`)).text.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'Ben Carter (NORTHWIND\\bc17) asks:',
      `> ${'For the yearly report. '.repeat(30).trim()}`,
      '> File: C:\\approved.exe',
    ]);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Policy: Finance',
        'Trace number: 46142793',
        expect.stringMatching(/^VirusTotal: https:/),
      ]),
    );
  });

  test('files nothing twice where it is told again what it filed', async () => {
    const filed = await stage.all();
    stage.forget();
    expect(await stage.run()).toEqual(FINE);
    expect(await stage.all()).toEqual(filed);
  });

  test('files everything once the ticket system takes it again', async () => {
    const ids = [1, 2, 3].map(() => stage.sandbox.arrive({ vendor: 'admin-by-request' }));
    let posts = 0;
    stage.refuse((method) => method === 'POST' && ++posts > 1);
    const failed = await stage.run();
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/answered POST \/tickets with 503/) });
    stage.refuse(null);
    expect(await stage.run()).toEqual(FINE);
    for (const id of ids) expect(await stage.ticketOf(`acme-abr/${id}`)).toMatchObject({ state: 'open' });
  });

  test('carries decisions back once, and the vendor closes their tickets', async () => {
    const [denied, approved] = [stage.named('abr-cmd'), stage.named('unsigned-downloads')];
    await stage.decide(denied, DENIED);
    await stage.decide(approved, APPROVED);
    expect(await stage.run()).toEqual(FINE);
    expect(await stage.run()).toEqual(FINE);
    expect(written()).toEqual(['deny', 'approve']);
    for (const request of [denied, approved]) {
      expect(await stage.ticketOf(request)).toMatchObject({ state: 'closed', carried: true, notes: { length: 2 } });
    }
  });

  test('leaves the ticket to the next approver where the vendor wants several', async () => {
    const request = stage.named('unsigned-downloads');
    const id = request.slice(request.indexOf('/') + 1);
    stage.sandbox.change('threatlocker', id, (stored) => Object.assign(stored, { tiersNeeded: 2 }));
    await stage.decide(request, APPROVED);
    for (const _ of [1, 2, 3]) expect(await stage.run()).toEqual(FINE);
    expect(written()).toEqual(['approve']);
    expect(await stage.ticketOf(request)).toMatchObject({ state: 'open', carried: false, waits: true });
    expect((await stage.ticketOf(request)).notes).toEqual([
      expect.stringMatching(/applied\. Recorded for this tier/),
      expect.stringMatching(/already-handled\. .* the request is pending now/),
    ]);
    await stage.decide(request, { verdict: 'approve', by: 'Robin Second' });
    expect(await stage.run()).toEqual(FINE);
    expect(written()).toEqual(['approve', 'approve']);
    expect(await stage.ticketOf(request)).toMatchObject({ state: 'closed', carried: true });
  });

  test('sends nothing twice where the ticket could not be told', async () => {
    const request = stage.named('abr-cmd');
    await stage.decide(request, DENIED);
    stage.refuse((method) => method === 'PATCH');
    expect((await stage.run()).code).toBe(1);
    expect(await stage.ticketOf(request)).toMatchObject({ state: 'open', carried: false });
    stage.refuse(null);
    expect(await stage.run()).toEqual(FINE);
    expect(written()).toEqual(['deny']);
    expect(await stage.ticketOf(request)).toMatchObject({
      state: 'closed',
      carried: true,
      notes: [
        expect.stringMatching(/already-handled\. This was carried out for this ticket before/),
        expect.any(String),
      ],
    });
  });

  test('tells once on the ticket what it may not carry back, and leaves it to a person', async () => {
    const [stop, choice] = [stage.named('abr-cmd'), stage.named('payroll')];
    await stage.decide(stop, APPROVED);
    await stage.decide(choice, APPROVED);
    for (const _ of [1, 2]) {
      const { code, stderr } = await stage.run();
      expect(code).toBe(1);
      expect(stderr).toMatch(/Not carried back, tried again next time: TCK-\d+, TCK-\d+\./);
    }
    expect((await stage.ticketOf(stop)).notes).toEqual([
      expect.stringMatching(/refused\. .* never carried out unattended/),
    ]);
    expect((await stage.ticketOf(choice)).notes).toEqual([expect.stringMatching(/needs-choice\. .*\n- /s)]);
    expect(stage.sandbox.record).toEqual([]);
    await stage.decide(stop, DENIED);
    await stage.decide(choice, DENIED);
    expect(await stage.run()).toEqual(FINE);
    expect(written()).toEqual(['deny', 'deny']);
  });

  const idOf = (request: string) => request.slice(request.indexOf('/') + 1);
  const become = (request: string, statusCode: number) =>
    stage.sandbox.change('admin-by-request', idOf(request), (stored) => Object.assign(stored, { statusCode }));

  test('files and keeps open what has a status that nobody knows, since it may wait', async () => {
    const known = stage.named('abr-cmd');
    const unknown = `acme-abr/${stage.sandbox.arrive({ vendor: 'admin-by-request' })}`;
    for (const request of [known, unknown]) become(request, 99);
    expect(await stage.run()).toEqual(FINE);
    for (const request of [known, unknown]) {
      expect(await stage.ticketOf(request)).toMatchObject({
        state: 'open',
        text: expect.stringMatching(/other\(99\)/),
      });
    }
    become(known, 3);
    expect(await stage.run()).toEqual(FINE);
    expect(await stage.ticketOf(known)).toMatchObject({ state: 'closed', notes: [expect.stringMatching(/denied/)] });
  });

  test('opens a ticket again whose request waits again, for a new decision', async () => {
    const request = stage.named('abr-cmd');
    await stage.decide(request, DENIED);
    expect(await stage.run()).toEqual(FINE);
    expect(await stage.ticketOf(request)).toMatchObject({ state: 'closed', carried: true });
    become(request, 4);
    expect(await stage.run()).toEqual(FINE);
    const { notes, ...again } = await stage.ticketOf(request);
    expect(again).toMatchObject({ state: 'open', decision: null, carried: false });
    expect(notes.at(-1)).toMatch(/^It waits again/);
    expect(written()).toEqual(['deny']);
  });

  test('leaves a closed ticket as it is where it is told again what came before', async () => {
    const request = stage.named('abr-cmd');
    stage.sandbox.rivalDecides('admin-by-request', idOf(request), 'deny');
    stage.forget();
    expect(await stage.run()).toEqual(FINE);
    const filed = await stage.all();
    stage.forget();
    expect(await stage.run()).toEqual(FINE);
    expect(await stage.all()).toEqual(filed);
    expect(await stage.ticketOf(request)).toMatchObject({ state: 'closed', notes: { length: 1 } });
  });

  test('closes a ticket whose request somebody else decided', async () => {
    const request = stage.named('abr-cmd');
    stage.sandbox.rivalDecides('admin-by-request', request.slice(request.indexOf('/') + 1), 'deny');
    expect(await stage.run()).toEqual(FINE);
    expect(await stage.ticketOf(request)).toMatchObject({
      state: 'closed',
      notes: [expect.stringMatching(/^The vendor says: denied/)],
    });
    expect(stage.sandbox.record).toEqual([]);
  });
});
