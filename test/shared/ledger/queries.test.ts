import type { ApprovalRequest, Certificate, GuardedFacts, Plan, Subject } from '@countersign/shared/approval';
import type { DecisionFilter, TargetOutcome } from '@countersign/shared/ledger';
import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, NOON, reference, TERMINAL } from './plan.ts';
import { type Asked, inFile, type Opened, openAs, openIn, outcome, temporaryFolder } from './setup.ts';

let folder: string;
let time: number;
beforeEach(() => {
  folder = temporaryFolder();
  time = NOON;
});

const handle = () => openIn(folder, { now: () => time });

let clients = 0;
async function opened(requests: readonly string[], asked: Asked = {}): Promise<Opened> {
  clients += 1;
  const plan = await openAs(handle(), requests, { client: `client-${clients}`, ...asked });
  if (!plan) throw new Error('not opened');
  return plan;
}

async function ended(
  requests: readonly string[],
  statuses: readonly TargetOutcome['status'][],
  facts: Partial<GuardedFacts> = {},
  verdict: Plan['verdict'] = 'approve',
): Promise<Opened> {
  const plan = await opened(requests, { facts, verdict });
  const ledger = handle();
  await ledger.answer(plan.decision, 'confirmed', TERMINAL);
  for (const [index, request] of requests.entries()) {
    await ledger.begin(plan.decision, reference(request));
    await ledger.finish(plan.decision, outcome(request, statuses[index] ?? 'applied'));
  }
  return plan;
}

describe('a list of decisions', () => {
  const ids = async (filter: Partial<DecisionFilter>) =>
    (await handle().list({ limit: 100, ...filter })).map(({ plan }) => plan.decision);

  test('is newest first, in pages', async () => {
    const plans = [];
    for (let number = 0; number < 5; number += 1) plans.push(await opened([`acme/${number}`]));
    const all = plans.map(({ decision }) => decision).toReversed();
    expect(await ids({})).toEqual(all);
    expect(await ids({ limit: 2 })).toEqual(all.slice(0, 2));
    expect(await ids({ limit: 2, before: all[1] })).toEqual(all.slice(2, 4));
    expect(await ids({ limit: 2, before: all[3] })).toEqual(all.slice(4));
    expect(await ids({ before: all[4] })).toEqual([]);
  });

  test('is of one request, of a time on, or of accounts that may be seen', async () => {
    const first = await ended(['acme/1'], ['not-applied']);
    time += MINUTE;
    const second = await opened(['acme/1']);
    const other = await opened(['acme-abr/7']);
    const both = await opened(['acme/2', 'acme-abr/8']);
    expect(await ids({ request: reference('acme/1') })).toEqual([second.decision, first.decision]);
    expect(await ids({ since: time })).toEqual([both.decision, other.decision, second.decision]);
    expect(await ids({ since: time + 1 })).toEqual([]);
    expect(await ids({ accounts: ['acme'] })).toEqual([second.decision, first.decision]);
    expect(await ids({ accounts: ['acme-abr'] })).toEqual([other.decision]);
    expect(await ids({ accounts: ['acme', 'acme-abr'] })).toHaveLength(4);
    expect(await ids({ accounts: [] })).toEqual([]);
    expect(await ids({ accounts: ['acme'], request: reference('acme/2') })).toEqual([]);
  });

  test('goes on past rows that somebody made unreadable by hand', async () => {
    const [one, two, three] = [await opened(['acme/1']), await opened(['acme/2']), await opened(['acme/3'])];
    inFile(folder, (db) => {
      db.prepare("UPDATE decisions SET plan = '{' WHERE decision = ?").run(one.decision);
      db.prepare("INSERT INTO countersignatures VALUES (?, '{')").run(three.decision);
    });
    expect(await ids({})).toEqual([two.decision]);
    expect(await handle().waiting('terminal')).toMatchObject([{ plan: { decision: two.decision } }]);
    expect(await handle().read(one.decision)).toBeNull();
  });
});

describe('per-target results', () => {
  test('stand in the order of the plan, whichever ended first', async () => {
    const { decision } = await opened(['acme/1', 'acme/2', 'acme/3']);
    const ledger = handle();
    await ledger.answer(decision, 'confirmed', TERMINAL);
    for (const request of ['acme/3', 'acme/1', 'acme/2']) {
      await ledger.begin(decision, reference(request));
      await ledger.finish(decision, outcome(request, request === 'acme/3' ? 'refused' : 'applied'));
    }
    const record = await ledger.read(decision);
    expect(record?.phase).toBe('partial');
    expect(record?.outcomes.map(({ request, status }) => [request, status])).toEqual([
      ['acme/1', 'applied'],
      ['acme/2', 'applied'],
      ['acme/3', 'refused'],
    ]);
  });
});

describe('earlier decisions on the same file', () => {
  const HASH = 'a'.repeat(64);
  const signedBy = (subject: string): readonly Certificate[] => [
    { subject, sha: null, valid: true, digestMismatch: false },
  ];
  const request = (subject: Partial<Subject>) => ({ subject }) as ApprovalRequest;
  const earlier = async (subject: Partial<Subject>, limit = 10) => await handle().earlier(request(subject), limit);
  const plain = { sha256: null, path: null, certificates: null };

  test('a signer is as familiar as its files that were approved from here, and no denied, failed or badly signed one', async () => {
    const file = (subject: string, path: string): Partial<GuardedFacts> => ({ path, certificates: signedBy(subject) });
    await ended(['acme/1'], ['applied'], file('CN=Acme', 'C:\\a.exe'));
    await ended(['acme/2'], ['applied'], file('CN=Acme', 'C:\\b.exe'));
    await ended(['acme/3'], ['applied'], file('CN=Other', 'C:\\c.exe'));
    await ended(['acme/4'], ['not-applied'], file('CN=Acme', 'C:\\d.exe'));
    await ended(['acme/5'], ['applied'], {
      path: 'C:\\e.exe',
      certificates: [{ subject: 'CN=Acme', sha: null, valid: false, digestMismatch: false }],
    });
    await ended(['acme/7'], ['applied'], file('CN=Acme', 'C:\\g.exe'), 'deny');
    await ended(['closed/6'], ['applied'], file('CN=Acme', 'C:\\f.exe'));
    expect(await handle().familiarity('CN=Acme')).toEqual({ ofSigner: 3, ofAll: 4 });
    expect(await handle().familiarity('CN=Acme', ['acme'])).toEqual({ ofSigner: 2, ofAll: 3 });
    expect(await handle().familiarity('CN=Nobody')).toEqual({ ofSigner: 0, ofAll: 4 });
  });

  test('by SHA-256 where it is known, and only what was carried out', async () => {
    const { decision } = await ended(['acme/1'], ['applied'], { sha256: HASH });
    await ended(['acme/2'], ['not-applied'], { sha256: HASH });
    await ended(['acme/3'], ['applied'], { sha256: 'b'.repeat(64) });
    await opened(['acme/4'], { facts: { sha256: HASH } });
    expect(await earlier({ ...plain, sha256: HASH })).toEqual([
      {
        decision,
        request: 'acme/1',
        verdict: 'approve',
        sameFile: 'sha256',
        at: new Date(NOON).toISOString(),
        answered: TERMINAL,
        outcome: outcome('acme/1', 'applied'),
      },
    ]);
  });

  test('else by path, upper or lower case, and signer; never by one of them', async () => {
    const facts = { path: 'C:\\Apps\\Tool.exe', certificates: signedBy('CN=Acme') };
    await ended(['acme/1'], ['applied'], facts);
    await ended(['acme/2'], ['applied'], { ...facts, certificates: [] });
    const found = await earlier({ sha256: null, path: 'c:\\apps\\tool.EXE', certificates: signedBy('CN=Acme') });
    expect(found).toMatchObject([{ request: 'acme/1', sameFile: 'path-and-signer' }]);
    expect(await earlier({ ...plain, path: 'C:\\Apps\\Tool.exe' })).toEqual([]);
    expect(await earlier({ ...plain, path: 'C:\\Apps\\Tool.exe', certificates: [] })).toEqual([]);
    expect(await earlier({ sha256: null, path: 'C:\\Apps\\Tool.exe', certificates: signedBy('CN=Other') })).toEqual([]);
    expect(await earlier({ ...plain, certificates: signedBy('CN=Acme') })).toEqual([]);
  });

  test('a hash that is another one is another file, even at the same path', async () => {
    const facts = { path: 'C:\\Apps\\Tool.exe', certificates: signedBy('CN=Acme'), sha256: HASH };
    await ended(['acme/1'], ['applied'], facts);
    expect(await earlier({ ...facts, sha256: 'b'.repeat(64) })).toEqual([]);
  });

  test('newest first, no more than asked for', async () => {
    for (const number of [1, 2, 3]) {
      time += MINUTE;
      await ended([`acme/${number}`], ['applied'], { sha256: HASH });
    }
    const found = await earlier({ ...plain, sha256: HASH }, 2);
    expect(found.map((decision) => decision.request)).toEqual(['acme/3', 'acme/2']);
  });

  test('nothing is the same file as one of which nothing is known', async () => {
    await ended(['acme/1'], ['applied']);
    expect(await earlier(plain)).toEqual([]);
  });
});
