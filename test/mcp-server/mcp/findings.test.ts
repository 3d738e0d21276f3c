import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Connection, connect } from './client.ts';
import { openPlace, type Place } from './place.ts';

let place: Place;
let connection: Connection;
beforeAll(async () => {
  place = await openPlace();
  connection = await connect(place, { era: 'modern' });
});
afterAll(async () => {
  await connection.close();
  await place.close();
  expect(connection.noise()).toBe('');
});

const idsIn = (structured: Readonly<Record<string, unknown>>) =>
  (structured['findings'] as { readonly id: string }[]).map(({ id }) => id);
const show = (request: string) => connection.call('get_request', { request });

test("what ThreatLocker's scanners say stands in no list, and is found with the request", async () => {
  const { id, reference } = place.arrival('threatlocker');
  place.sandbox.change('threatlocker', id, (request) => {
    request.engineRatings = [{ name: 'Engine A', rating: 'Malicious' }];
  });
  const { structured, text } = await show(reference);
  expect(idsIn(structured)).toContain('scan-malicious');
  expect(structured['subject']).toMatchObject({ scan: 'malicious' });
  expect(text).toMatch(/Finding \(stop, scan-malicious\): .* Rests on: "malicious; Engine A: Malicious"/);
});

test('matching applications and what the vendor researched count as well', async () => {
  expect(idsIn((await show(`acme/${place.sandbox.id('shared-dll')}`)).structured)).toEqual(
    expect.arrayContaining(['forces-organization-scope', 'unrelated-matches']),
  );
  expect(idsIn((await show(`acme/${place.sandbox.id('acrobat-install')}`)).structured)).toContain('protected-access');
});

test('research that can not be read hides no scan and no match', async () => {
  const id = place.sandbox.id('shared-dll');
  place.sandbox.change('threatlocker', id, (request) => {
    request.engineRatings = [{ name: 'Engine A', rating: 'Malicious' }];
  });
  const mend = place.sandbox.faults.add({
    when: { vendor: 'threatlocker', path: /GetResearchDetailsById/ },
    do: { kind: 'status', status: 500 },
  });
  const { structured } = await show(`acme/${id}`);
  mend();
  expect(idsIn(structured)).toEqual(expect.arrayContaining(['scan-malicious', 'unrelated-matches']));
  expect(structured['notes']).toEqual([
    expect.stringMatching(/^Research on some of the matching applications could not/),
  ]);
});

test('whoever asks is the approver: their address is not told, nor that of one who approved their own request', async () => {
  const { approverEmail } = place.sandbox.adminByRequest;
  const own = place.arrival('threatlocker', { requestorEmailAddress: approverEmail });
  const { structured, text } = await show(own.reference);
  expect(idsIn(structured)).toContain('self-approval');
  const done = place.arrival('threatlocker', { statusId: 16, approvedBy: 'dana@contoso.example' });
  const answer = await show(done.reference);
  expect(answer.structured).toMatchObject({ status: 'approved', decided: { by: null } });
  const refused = await connection.call('approve_request', { requests: [done.reference] });
  expect(refused.text).toMatch(/already approved/);
  const all = JSON.stringify([structured, text, answer, refused]);
  for (const address of [approverEmail, 'dana@contoso.example']) expect(all).not.toContain(address);
});

test('where the scan can not be read, that is said, and the file is not taken for scanned', async () => {
  const reference = `acme/${place.sandbox.id('obsidian-contoso')}`;
  const mend = place.sandbox.faults.add({
    when: { vendor: 'threatlocker', path: /GetPermitApplicationById/ },
    do: { kind: 'status', status: 500 },
  });
  const { structured, isError } = await show(reference);
  mend();
  expect(isError).toBe(false);
  expect(idsIn(structured)).toContain('not-scanned');
  expect(structured['notes']).toEqual([expect.stringMatching(/^Scan, matching applications and research: /)]);
});

test('a queue is filtered by who took a request on, and counted by what stands out', async () => {
  // What was read before would be remembered for a minute.
  const own = await openPlace();
  onTestFinished(own.close);
  const { id, reference } = own.arrival('threatlocker');
  const asking = await connect(own, { era: 'modern' });
  onTestFinished(asking.close);
  own.sandbox.change('threatlocker', id, (request) => {
    request.assignee = {
      userId: 'u',
      username: own.sandbox.adminByRequest.approverEmail,
      firstName: 'Kim',
      lastName: 'Approver',
    };
  });
  const mine = await asking.call('list_pending', { assigned: 'me' });
  expect(mine.structured).toMatchObject({ total: 1, requests: [{ request: reference }] });
  const nobodys = await asking.call('list_pending', { assigned: 'nobody', groupBy: 'severity', limit: 1 });
  const { total, groups } = nobodys.structured as { total: number; groups: { key: string; count: number }[] };
  expect(groups.map(({ key }) => key)).toEqual(['severity:stop', 'severity:caution', 'severity:none']);
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  const { groupsTotal } = nobodys.structured as { groupsTotal: number };
  expect(groupsTotal).toBe(3);
  expect(nobodys.text).toContain(`- severity: stop (${groups[0]?.count})`);
});
