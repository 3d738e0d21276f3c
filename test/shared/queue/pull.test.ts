import { parseSettings } from '@countersign/shared/account';
import type { AccountId } from '@countersign/shared/approval';
import { type PullEvent, PullOvertaken, pullAccount } from '@countersign/shared/queue';
import type { RecordedCall } from '@countersign/shared/sandbox';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { accountsFile, openWorld, type World } from '../../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: World;
beforeEach(async () => {
  world = await openWorld({ sandbox: { population: 'empty' } });
  onTestFinished(() => world.close());
});

interface Told {
  /** `pending 65430002`, `changed 65430002 denied`, `gone 65430002`. */
  readonly events: readonly string[];
  readonly warnings: readonly string[];
  /** Method and address of what the vendor was asked, without the tenant's name. */
  readonly calls: readonly string[];
}

/** Pulls once, and everything is taken. */
async function pull(account: string, since: number | null = null): Promise<Told> {
  const { sandbox, book, ledger } = world;
  const entry = (await book.now()).get(account as AccountId);
  if (!entry) throw new Error(`no account ${account}`);
  const warnings: string[] = [];
  const events: string[] = [];
  const before = sandbox.calls.length;
  await pullAccount(entry, {
    ledger,
    since,
    lineOf: wordsOf,
    deliver: async ({ first, lines }) => {
      events.push(...lines);
      return first + lines.length - 1;
    },
    warn: (sentence) => warnings.push(sentence),
    prolong: async () => undefined,
  });
  const calls = sandbox.calls.slice(before).map(({ method, url }) => `${method} ${url}`);
  return { events, warnings, calls: calls.filter((call) => !call.endsWith('/whoami')) };
}

function wordsOf(event: PullEvent): string {
  if (event.event === 'gone') return `gone ${event.reference.split('/')[1]}`;
  const { vendorId, status } = event.request;
  return event.event === 'pending' ? `pending ${vendorId}` : `changed ${vendorId} ${status}`;
}

test('the turn is prolonged with every part, also with those that tell nothing, before anything is kept', async () => {
  for (let request = 0; request < 2_100; request += 1) {
    world.sandbox.arrive({ vendor: 'admin-by-request', minutesAgo: 3 * 24 * 60 });
  }
  const entry = (await world.book.now()).get('acme-abr' as AccountId);
  if (!entry) throw new Error('no account');
  const before: (string | null)[] = [];
  const pulling = pullAccount(entry, {
    ledger: world.ledger,
    since: world.clock.now,
    lineOf: wordsOf,
    deliver: async () => null,
    warn: () => undefined,
    prolong: async () => {
      const cursor = (await world.ledger.pull('acme-abr'))?.cursor ?? null;
      before.push(cursor);
      if (before.length === 3) throw new PullOvertaken('taken over');
    },
  });
  await expect(pulling).rejects.toThrow('taken over');
  // Each found what the part before it had kept.
  expect(new Set(before).size).toBe(3);
  expect((await world.ledger.pull('acme-abr'))?.cursor).toBe(before.at(-1));
});

describe('Admin By Request', () => {
  const arrive = (draft = {}) => world.sandbox.arrive({ vendor: 'admin-by-request', ...draft });
  const deny = (id: string) => world.sandbox.rivalDecides('admin-by-request', id, 'deny');

  test('is asked from the highest id on, and never for more than it gives at once', async () => {
    for (let request = 0; request < 1_100; request += 1) arrive({ minutesAgo: 1 });
    const { events, calls } = await pull('acme-abr');
    expect(events).toHaveLength(1_100);
    expect(calls).toHaveLength(4);
    for (const call of calls.slice(1))
      expect(call).toMatch(/^GET \/requests\?wantscandetails=1&take=1000(&startid=\d+)?$/);
    world.clock.now += 2 * HOUR;
    const next = arrive();
    await pull('acme-abr');
    world.clock.now += 2 * HOUR;
    await pull('acme-abr');
    world.clock.now += 2 * HOUR;
    const { calls: after } = await pull('acme-abr');
    expect(after.at(-1)).toBe(`GET /requests?wantscandetails=1&take=1000&startid=${Number(next) + 1}`);
  });

  test('a request with a lower id that is seen late is told by the next pull', async () => {
    arrive();
    await pull('acme-abr');
    world.clock.now += 3 * HOUR;
    const late = world.sandbox.arriveUnseen();
    const higher = arrive();
    expect((await pull('acme-abr')).events).toEqual([`pending ${higher}`]);
    late.show();
    world.clock.now += 2 * HOUR;
    expect((await pull('acme-abr')).events).toEqual([`pending ${late.id}`]);
  });

  test('one that is seen later than that is told within a day', async () => {
    arrive();
    await pull('acme-abr');
    world.clock.now += 3 * HOUR;
    const late = world.sandbox.arriveUnseen();
    arrive();
    for (let hour = 0; hour < 4; hour += 1) {
      await pull('acme-abr');
      world.clock.now += 2 * HOUR;
    }
    late.show();
    expect((await pull('acme-abr')).events).toEqual([]);
    world.clock.now += 16 * HOUR;
    expect((await pull('acme-abr')).events).toEqual([`pending ${late.id}`]);
  });

  test('what was decided is found by the list of changes, asked with every digit of its time, and read by its id', async () => {
    const [first, last] = [arrive(), arrive()];
    await pull('acme-abr');
    const ticks = world.sandbox.raw('admin-by-request', last)?.changedTicks ?? 0n;
    world.clock.now += 2 * HOUR;
    await pull('acme-abr');
    world.clock.now += 2 * HOUR;
    deny(first);
    const { events, calls } = await pull('acme-abr');
    expect(events).toEqual([`changed ${first} denied`]);
    expect(ticks).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(calls[0]).toBe(`GET /auditlog/delta?deltaTime=${ticks}&take=1000`);
    expect(calls.at(-1)).toBe(`GET /requests/${first}?wantscandetails=1`);
  });

  test('a change whose request could not be read is told by the next pull', async () => {
    const first = arrive();
    for (let settles = 0; settles < 3; settles += 1) {
      await pull('acme-abr');
      world.clock.now += 2 * HOUR;
    }
    deny(first);
    arrive();
    world.sandbox.faults.add({ when: { path: `/requests/${first}` }, do: { kind: 'status', status: 500 } });
    await expect(pull('acme-abr')).rejects.toMatchObject({ kind: 'server' });
    world.sandbox.faults.clear();
    expect((await pull('acme-abr')).events).toEqual([`changed ${first} denied`]);
  });

  test('many changes at once are read with the whole list', async () => {
    const ids = Array.from({ length: 30 }, () => arrive());
    await pull('acme-abr');
    world.clock.now += 2 * HOUR;
    arrive();
    await pull('acme-abr');
    world.clock.now += 2 * HOUR;
    ids.forEach(deny);
    const { events, calls } = await pull('acme-abr');
    expect(events).toEqual(ids.map((id) => `changed ${id} denied`));
    expect(calls).toHaveLength(2);
  });

  test('what ran without being asked for stands in the audit log too, and is not taken for a request', async () => {
    arrive();
    await pull('acme-abr');
    world.clock.now += 2 * HOUR;
    arrive({ statusCode: 2 });
    // In the audit log alone.
    world.sandbox.faults.add({ when: { path: '/requests' }, do: { kind: 'status', status: 200, body: [] } });
    expect((await pull('acme-abr')).events).toEqual([]);
  });

  test('a request that expires, and one that is no longer there, are told within a day, and asked for by id before', async () => {
    const [expires, gone] = [arrive({ minutesAgo: (13 * 24 + 12) * 60 }), arrive()];
    await pull('acme-abr');
    world.sandbox.remove('admin-by-request', gone);
    world.clock.now += DAY;
    const { events, calls } = await pull('acme-abr');
    expect(events).toEqual([`changed ${expires} expired`, `gone ${gone}`]);
    expect(calls).toContain(`GET /requests/${gone}?wantscandetails=1`);
    expect(calls).toContain(`GET /auditlog/${gone}`);
  });

  test('after more than two weeks it says so, and what came and went meanwhile is told from the audit log', async () => {
    const waits = arrive();
    await pull('acme-abr');
    world.clock.now += DAY;
    const [decided, expired] = [arrive(), arrive()];
    deny(decided);
    world.sandbox.rivalDecides('admin-by-request', waits, 'approve');
    world.clock.now += 16 * DAY;
    const now = arrive();
    const { events, warnings } = await pull('acme-abr');
    expect(warnings).toEqual([
      "acme-abr was last pulled 17 days ago. Requests drop out of Admin By Request's list after two weeks, so what came and went since is filled in from its audit log.",
    ]);
    expect(events.toSorted()).toEqual(
      [
        `changed ${decided} denied`,
        `changed ${expired} expired`,
        `changed ${waits} expired`,
        `pending ${now}`,
      ].toSorted(),
    );
    expect(await pull('acme-abr')).toMatchObject({ events: [], warnings: [] });
  });

  test('after such a pause nothing is asked for by id that the audit log has told', async () => {
    const waits = Array.from({ length: 3 }, () => arrive());
    await pull('acme-abr');
    world.clock.now += DAY;
    const decided = Array.from({ length: 30 }, () => arrive());
    for (const id of [...waits, ...decided]) deny(id);
    world.clock.now += 16 * DAY;
    const { events, calls } = await pull('acme-abr');
    expect(events.toSorted()).toEqual([...waits, ...decided].map((id) => `changed ${id} denied`).toSorted());
    expect(calls.filter((call) => /\/\d+(\?|$)/.test(call))).toEqual([]);
  });

  describe('after a pull whose clock was ahead', () => {
    /** Pulls with a clock that is a year ahead of the vendor's, which is then put right. */
    const pullAhead = async () => {
      let ahead = 0;
      await world.close();
      world = await openWorld({ sandbox: { population: 'empty', now: () => world.clock.now - ahead } });
      const [waits, gone] = [arrive(), arrive()];
      await pull('acme-abr');
      ahead = 365 * DAY;
      world.clock.now += ahead;
      await pull('acme-abr');
      world.clock.now -= ahead;
      ahead = 0;
      return { waits, gone };
    };

    test('everything that is listed is still read once a day, and no more than before', async () => {
      const { gone } = await pullAhead();
      world.sandbox.remove('admin-by-request', gone);
      world.clock.now += DAY;
      expect(await pull('acme-abr')).toMatchObject({ events: [`gone ${gone}`], warnings: [] });
      world.clock.now += 2 * HOUR;
      await pull('acme-abr');
      world.clock.now += 2 * HOUR;
      const { calls } = await pull('acme-abr');
      expect(calls.at(-1)).toBe(`GET /requests?wantscandetails=1&take=1000&startid=${Number(gone) + 1}`);
    });

    test('what came and went in more than two weeks is told from the audit log', async () => {
      const { waits, gone } = await pullAhead();
      const decided = arrive();
      for (const id of [waits, gone, decided]) deny(id);
      world.clock.now += 40 * DAY;
      const { events, warnings } = await pull('acme-abr');
      expect(events.toSorted()).toEqual([waits, gone, decided].map((id) => `changed ${id} denied`).toSorted());
      expect(warnings).toEqual([expect.stringContaining('was last pulled 40 days ago')]);
    });
  });

  test.each(['null', '{}', '[]', '{"id":1,"statusCode":4}', '<html></html>'])(
    'where its record can not be read (%s), a request is not gone',
    async (body) => {
      const gone = arrive();
      await pull('acme-abr');
      world.sandbox.remove('admin-by-request', gone);
      world.clock.now += DAY;
      world.sandbox.faults.add({ when: { path: `/auditlog/${gone}` }, do: { kind: 'status', status: 200, body } });
      await expect(pull('acme-abr')).rejects.toMatchObject({ kind: 'malformed' });
      world.sandbox.faults.clear();
      expect((await pull('acme-abr')).events).toEqual([`gone ${gone}`]);
    },
  );

  test('however often it is pulled, what becomes visible half an hour late is told by the next pull', async () => {
    arrive();
    await pull('acme-abr');
    world.clock.now += 2 * HOUR;
    const late = world.sandbox.arriveUnseen();
    for (let minute = 0; minute < 30; minute += 1) {
      for (let request = 0; request < 10; request += 1) arrive();
      await pull('acme-abr');
      world.clock.now += HOUR / 60;
    }
    late.show();
    expect((await pull('acme-abr')).events).toEqual([`pending ${late.id}`]);
  });

  test('a failure in the middle is made good by the next pull, also of what was seen late, and nothing is told twice', async () => {
    for (let request = 0; request < 500; request += 1) arrive({ minutesAgo: 1 });
    const late = world.sandbox.arriveUnseen();
    for (let request = 0; request < 600; request += 1) arrive({ minutesAgo: 1 });
    world.sandbox.faults.add({ when: { path: '/requests' }, after: 1, times: 4, do: { kind: 'status', status: 500 } });
    const events: string[] = [];
    const entry = (await world.book.now()).get('acme-abr' as AccountId);
    if (!entry) throw new Error('no account');
    const options = {
      ledger: world.ledger,
      since: null,
      lineOf: wordsOf,
      warn: () => undefined,
      prolong: async () => undefined,
      deliver: async ({ first, lines }: { readonly first: number; readonly lines: readonly string[] }) => {
        events.push(...lines);
        return first + lines.length - 1;
      },
    };
    await expect(pullAccount(entry, options)).rejects.toMatchObject({ kind: 'server' });
    expect(events).toHaveLength(1000);
    late.show();
    await pullAccount(entry, options);
    expect(events).toContain(`pending ${late.id}`);
    expect(new Set(events).size).toBe(1_101);
    expect(events).toHaveLength(1_101);
  });
});

describe('ThreatLocker', () => {
  const arrive = (draft = {}) => world.sandbox.arrive({ vendor: 'threatlocker', ...draft });
  const listed = (calls: readonly string[]) => calls.filter((call) => call.endsWith('GetByParameters')).length;

  test('the lists of decided requests are walked whole the first time, later to where nothing is new', async () => {
    for (let request = 0; request < 450; request += 1) world.sandbox.rivalDecides('threatlocker', arrive(), 'deny');
    const first = await pull('acme');
    expect(first.events).toHaveLength(450);
    expect(listed(first.calls)).toBe(3 + 3 + 3);
    world.clock.now += 3 * HOUR;
    const denied = arrive();
    world.sandbox.rivalDecides('threatlocker', denied, 'deny');
    expect((await pull('acme')).events).toEqual([`changed ${denied} denied`]);
    // The page with the new one, and another on which nothing is new.
    expect(listed((await pull('acme')).calls)).toBe(3 + 2 + 3);
  });

  test.each([
    ['the future', 0],
    ['what a clock that was ahead took for the past', 3],
  ])('a decision dated in %s hides none that comes after it', async (_when, daysAhead) => {
    const arriveDenied = () => {
      const id = arrive();
      world.sandbox.rivalDecides('threatlocker', id, 'deny');
      return id;
    };
    world.sandbox.change('threatlocker', arriveDenied(), (request) => {
      request.actionDate = new Date(world.clock.now + 2 * DAY).toISOString();
    });
    world.clock.now += daysAhead * DAY;
    expect((await pull('acme')).events).toHaveLength(1);
    world.clock.now -= daysAhead * DAY;
    world.clock.now += HOUR;
    const denied = Array.from({ length: 450 }, arriveDenied);
    expect(new Set((await pull('acme')).events)).toEqual(new Set(denied.map((id) => `changed ${id} denied`)));
    expect(await pull('acme')).toMatchObject({ events: [], warnings: [] });
  });

  test('what was decided long ago and is still listed is not told again', async () => {
    world.sandbox.rivalDecides('threatlocker', arrive(), 'deny');
    expect((await pull('acme')).events).toHaveLength(1);
    for (let quarter = 0; quarter < 3; quarter += 1) {
      world.clock.now += 91 * DAY;
      expect((await pull('acme')).events).toEqual([]);
    }
  });

  test.each([
    ['its second page is empty', 2, () => ''],
    ['its second page is the first once more', 2, (id: string) => [{ approvalRequestId: id, statusId: 10 }]],
    ['its last page is short', 3, (id: string) => [{ approvalRequestId: id.replace(/./g, 'f'), statusId: 10 }]],
  ])('a list of decided requests is not whole where %s', async (_what, number, bodyOf) => {
    const ids = Array.from({ length: 450 }, () => arrive());
    for (const id of ids) world.sandbox.rivalDecides('threatlocker', id, 'deny');
    const pagination = JSON.stringify({ currentPage: number, itemsPerPage: 200, totalItems: 450, totalPages: 3 });
    // All were decided at one moment, so that the highest id stands first.
    const body = bodyOf(ids.toSorted().at(-1) ?? '');
    world.sandbox.faults.add({
      when: { where: (call) => call.body.includes('"statusId":10') && call.body.includes(`"pageNumber":${number}`) },
      do: { kind: 'status', status: 200, body, headers: { pagination } },
    });
    await expect(pull('acme')).rejects.toMatchObject({ kind: 'malformed' });
    world.sandbox.faults.clear();
    expect((await pull('acme')).events).toHaveLength(450 - (number - 1) * 200);
  });

  test('what left the queue for no list that is read is asked for by its id, in its own organization', async () => {
    const [elsewhere, gone] = [arrive({ organization: 'contoso' }), arrive({ organization: 'fabrikam' })];
    await pull('acme');
    world.sandbox.change('threatlocker', elsewhere, (request) => {
      request.statusId = 6;
    });
    world.sandbox.remove('threatlocker', gone);
    const { events, calls } = await pull('acme');
    expect(events.toSorted()).toEqual([`changed ${elsewhere} other(6)`, `gone ${gone}`].toSorted());
    expect(calls.filter((call) => call.includes(elsewhere))).toHaveLength(1);
    // Nobody knows what that status means, so that it may still wait.
    world.sandbox.change('threatlocker', elsewhere, (request) => {
      request.statusId = 7;
    });
    expect((await pull('acme')).events).toEqual([`changed ${elsewhere} other(7)`]);
  });

  const byId = (id: string) => ({ path: 'ApprovalRequestGetById', where: ({ url }: RecordedCall) => url.includes(id) });

  test.each([
    [403, 'Access denied.', "The API user's role doesn't allow this."],
    [400, 'One or more validation errors occurred.', 'ThreatLocker refused the call as it stands.'],
    [417, 'Invalid Date Range', 'ThreatLocker refused the call as it stands.'],
  ])(
    'one whose organization refuses it (HTTP %i) stays open, is said, and holds up no other',
    async (status, message, why) => {
      const [refused, gone] = [arrive({ organization: 'contoso' }), arrive({ organization: 'fabrikam' })];
      await pull('acme');
      const cursor = async () => (await world.ledger.pull('acme'))?.cursor;
      const before = await cursor();
      world.clock.now += HOUR;
      for (const id of [arrive(), refused]) world.sandbox.rivalDecides('threatlocker', id, 'deny');
      world.sandbox.change('threatlocker', refused, (request) => {
        request.statusId = 6;
      });
      world.sandbox.remove('threatlocker', gone);
      world.sandbox.faults.add({ when: byId(refused), do: { kind: 'status', status, body: { message } } });
      const { events, warnings } = await pull('acme');
      expect(events).toHaveLength(2);
      expect(events).toContain(`gone ${gone}`);
      expect(warnings).toEqual([expect.stringContaining(why)]);
      expect(warnings[0]).toMatch(`acme/${refused}, which ThreatLocker no longer lists, could not be asked for by id.`);
      expect(await cursor()).not.toBe(before);
      world.sandbox.faults.clear();
      expect((await pull('acme')).events).toEqual([`changed ${refused} other(6)`]);
    },
  );

  test.each(['', 'null', '{}', '<html></html>'])(
    'where the answer about it can not be read (%j), a request is not gone',
    async (body) => {
      const gone = arrive({ organization: 'contoso' });
      await pull('acme');
      world.sandbox.remove('threatlocker', gone);
      world.sandbox.faults.add({ when: byId(gone), do: { kind: 'status', status: 200, body } });
      await expect(pull('acme')).rejects.toMatchObject({ kind: 'malformed' });
      world.sandbox.faults.clear();
      expect((await pull('acme')).events).toEqual([`gone ${gone}`]);
    },
  );

  test('a status that the server does not list is said, and costs nothing else', async () => {
    world.sandbox.faults.add({
      when: { where: ({ body }) => body.includes('"statusId":12') },
      do: { kind: 'status', status: 500 },
    });
    const waits = arrive();
    const { events, warnings } = await pull('acme');
    expect(events).toEqual([`pending ${waits}`]);
    expect(warnings).toEqual([
      'This ThreatLocker server does not list requests with status 12 (added to an application); each that waited is asked for by its id.',
    ]);
  });

  test('an account that points to another tenant begins anew and says so', async () => {
    const ours = arrive({ organization: 'contoso' });
    await pull('acme');
    const change = { threatLocker: { organizationId: world.sandbox.threatLocker.organizations.contoso } };
    world.useSettings(parseSettings(accountsFile(world.sandbox, change), 'accounts.json'));
    const { events, warnings } = await pull('acme');
    expect(events).toEqual([`pending ${ours}`]);
    expect(warnings).toEqual([
      'acme points to another tenant than when it was last pulled, so it is pulled from the beginning; what was told of the other one stays as it was told.',
    ]);
  });
});
