import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forbiddenIn } from '../../hostile-corpus.ts';
import { type Answer, type Connection, connect, ERAS, type Era, typed } from './client.ts';
import { hurried } from './clock.ts';
import { ledgerOf } from './ledger-of.ts';
import { openPlace, type Place } from './place.ts';

// What was decided before on the same file, in get_request: from here by the journal, by anybody by the vendor's record.

const FILE = { fullPath: 'C:\\Tools\\A.exe', sha256: 'ab'.repeat(32), hash: '' };
const SIGNED = {
  fullPath: 'C:\\Tools\\A.exe',
  sha256: '',
  hash: '',
  certs: [{ sha: '1', subject: 'CN=Litware', validCert: true }],
};

async function open(lanes = 1): Promise<Place> {
  const place = await openPlace({ lanes, sandbox: { population: 'empty' } });
  onTestFinished(() => place.close());
  return place;
}

async function connected(place: Place, era: Era = 'legacy'): Promise<Connection> {
  const connection = await connect(place, { era, env: await hurried(place) });
  onTestFinished(() => connection.close());
  return connection;
}

interface Earlier {
  readonly ours: readonly object[] | null;
  readonly vendor: {
    readonly lookedUpBy: string;
    readonly decisions: readonly object[];
    readonly notes: readonly string[];
  } | null;
  readonly notes: readonly string[];
}

async function earlier(connection: Connection, request: string): Promise<{ earlier: Earlier; text: string }> {
  const answer: Answer = await connection.call('get_request', { request });
  expect(answer.isError).toBe(false);
  return { earlier: answer.structured['earlierDecisions'] as Earlier, text: answer.text };
}

describe.each(ERAS)('%s era', (era: Era) => {
  test.each([
    ['same SHA-256', 'sha256', FILE, { ...FILE, fullPath: 'C:\\Elsewhere\\B.exe' }],
    ['same path and signer', 'path-and-signer', SIGNED, { ...SIGNED, fullPath: 'c:\\TOOLS\\a.exe' }],
  ])('what was decided on the %s is told, and by whom', async (words, by, file, same) => {
    const place = await open();
    const connection = await connected(place, era);
    const { reference: first } = place.arrival('threatlocker', { file, name: 'first' });
    const { reference: second } = place.arrival('threatlocker', { file: same, name: 'second' });
    place.arrival('threatlocker', {
      file: { fullPath: 'C:\\Other.exe', sha256: 'cd'.repeat(32), hash: '' },
      name: 'other',
    });
    const denied = await connection.call('deny_request', { requests: [first], reason: 'Not needed.' }, typed);
    expect(denied.structured).toMatchObject({ status: 'applied' });
    const { earlier: found, text } = await earlier(connection, second);
    expect(found).toMatchObject({
      ours: [
        {
          decision: denied.structured['decision'],
          request: first,
          verdict: 'deny',
          status: 'applied',
          sameFile: by,
          attribution: 'ours',
          at: expect.stringMatching(/^\d{4}-/),
          answered: { channel: 'elicitation', who: expect.stringContaining('"test-client"') },
        },
      ],
      vendor: { lookedUpBy: by, decisions: [{ request: first, verdict: 'denied', sameFile: by, selfApproved: false }] },
      notes: [],
    });
    const lines = text.split('\n');
    const [ours = '', vendors = ''] = lines.filter((line) => line.includes(words));
    expect(ours).toMatch(/^ {2}- deny · applied .* · answered by "a person, as reported by the client 'test-client'"/);
    expect(vendors).toMatch(/^ {2}- denied by /);
    for (const line of [ours, vendors]) expect(line).toContain(first);
  });

  test('where nothing was decided before, it is said so, and how far was looked', async () => {
    const place = await open();
    const { earlier: found, text } = await earlier(
      await connected(place, era),
      place.arrival('threatlocker', { file: FILE }).reference,
    );
    expect(found).toMatchObject({
      ours: [],
      vendor: { lookedUpBy: 'sha256', decisions: [], notes: [expect.any(String)] },
    });
    expect(text).toMatch(
      /same file, from here:\n {2}none found\n.*vendor's record \(looked up by "sha256"\):\n {2}none found\n {2}\w/,
    );
  });
});

test('a file that nothing tells from others is not looked for, which is said of both', async () => {
  const place = await open();
  const { reference } = place.arrival('admin-by-request', { typeCode: 1, application: null });
  const { earlier: found } = await earlier(await connected(place), reference);
  expect(found).toMatchObject({
    ours: [],
    vendor: {
      lookedUpBy: 'none',
      decisions: [],
      notes: [expect.stringMatching(/no earlier decisions were looked for/)],
    },
    notes: [expect.stringMatching(/decisions from here on it were not looked for/)],
  });
});

test("a vendor's record that can not be read is said in its place, and the request is shown all the same", async () => {
  const place = await open();
  const { reference } = place.arrival('admin-by-request', { reason: 'I need it.' });
  place.sandbox.faults.add({ when: { path: '/auditlog' }, do: { kind: 'status', status: 503 } });
  const { earlier: found, text } = await earlier(await connected(place), reference);
  expect(found).toMatchObject({
    ours: [],
    vendor: null,
    notes: [expect.stringMatching(/^Earlier decisions in the vendor's record could not be looked up\. /)],
  });
  expect(text).toMatch(/I need it\./);
  expect(text).toMatch(/vendor's record could not be looked up/);
  expect(text).not.toMatch(/looked up by/);
});

test('a ledger that can not be read is said in its place, and the request is shown all the same', async () => {
  const place = await open();
  await ledgerOf(place).ledger.head();
  const db = new DatabaseSync(path.join(place.folder, 'state', 'ledger.sqlite'));
  db.exec('PRAGMA user_version = 99');
  db.close();
  const { reference } = place.arrival('threatlocker', { file: FILE });
  const { earlier: found, text } = await earlier(await connected(place), reference);
  expect(found).toMatchObject({
    ours: null,
    vendor: { decisions: [] },
    notes: [expect.stringMatching(/^Earlier decisions from here could not be looked up\. .*newer Countersign/)],
  });
  expect(text).toMatch(/Earlier decisions from here could not be looked up/);
  expect(text).not.toMatch(/same file, from here/);
});

test('decisions for an account closed to assistants are not told, nor batches that touch it', async () => {
  const place = await open(2);
  const connection = await connected(place);
  const draft = (name: string) => ({ file: FILE, name });
  const [one, hidden, three, four, asked] = ['1', '2', '3', '4', '5'].map(
    (name) => place.arrival('threatlocker', draft(name)).reference,
  );
  const deny = async (...requests: readonly unknown[]) => {
    const answer = await connection.call('deny_request', { requests, reason: 'Not needed.' }, typed);
    expect(answer.structured).toMatchObject({ status: 'applied' });
    return answer.structured['decision'];
  };
  const seen = await deny(one);
  await deny(hidden);
  await deny(three, four);
  expect((await earlier(connection, asked ?? '')).earlier.ours).toHaveLength(4);
  const file = place.env['COUNTERSIGN_CONFIG'] ?? '';
  const settings = JSON.parse(await readFile(file, 'utf8')) as { accounts: { id: string }[] };
  const accounts = settings.accounts.map((account) =>
    account.id === 'acme-2' ? { ...account, assistants: 'none' } : account,
  );
  await place.settingsText(JSON.stringify({ ...settings, accounts }));
  expect((await earlier(connection, asked ?? '')).earlier.ours).toMatchObject([{ decision: seen, request: one }]);
});

test('of many decisions the newest ten are told, and that there are more', async () => {
  const place = await open();
  const connection = await connected(place);
  const decided = { statusId: 10, approvedBy: 'Robin\u202e Rival\n"', actionDate: '2026-11-20T10:00:00Z', file: FILE };
  for (let count = 0; count < 12; count++) place.arrival('threatlocker', { ...decided, name: `decided ${count}` });
  const { earlier: found, text } = await earlier(connection, place.arrival('threatlocker', { file: FILE }).reference);
  expect(found.vendor?.decisions).toHaveLength(10);
  expect(found.vendor?.notes[0]).toBe('Only the newest 10 of 12 earlier decisions are shown.');
  expect(text).toContain('Only the newest 10 of 12');
  expect(text).toContain('denied by "Robin Rival \'"');
  expect(forbiddenIn(text, '\n')).toEqual([]);
});

test('who approved their own request is told by no name that may be an address', async () => {
  const place = await open();
  const selfApproved = {
    statusId: 16,
    approvedBy: 'dana@contoso.example',
    actionDate: '2026-11-20T10:00:00Z',
    file: FILE,
  };
  place.arrival('threatlocker', { ...selfApproved, name: 'own' });
  const { earlier: found, text } = await earlier(
    await connected(place),
    place.arrival('threatlocker', { file: FILE }).reference,
  );
  expect(found.vendor?.decisions).toMatchObject([{ verdict: 'approved', selfApproved: true, by: null }]);
  expect(text).toContain('- approved by the requester · ');
  expect(text).not.toContain('dana@contoso.example');
});
