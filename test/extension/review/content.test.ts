import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openReviews, type ReviewWorld } from './open-review.ts';

let reviews: ReviewWorld;
beforeEach(async () => {
  reviews = await openReviews();
});
afterEach(() => reviews.close());

describe('the page of a request', () => {
  test('begins with what to notice, the gravest first, each with what it rests on', async () => {
    const page = await reviews.page('injection');
    expect(page.sections.map(({ id }) => id)).toEqual([
      'findings',
      'facts',
      'matching',
      'research',
      'history',
      'elsewhere',
      'raw',
    ]);
    const lines = page.text('findings').split('\n');
    expect(lines[0]).toMatch(/^Stop · A scanner calls this file malicious\. · Rests on: "/);
    const severities = lines.map((line) => line.split(' ')[0]);
    expect(severities).toEqual([...severities].sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b)));
  });

  test('says whose it is, where, and that a sandbox is one', async () => {
    const { header } = await reviews.page('anydesk');
    expect(header.title).toBe('AnyDesk.exe');
    expect(header.badges.map(({ text }) => text)).toEqual(['SANDBOX: nothing here is real', 'Application', 'Pending']);
    const rows = Object.fromEntries(header.rows.map(({ label, values }) => [label, values[0]?.text]));
    expect(rows).toMatchObject({
      Requester: 'FABRIKAM\\sara.lindqvist',
      Computer: 'FAB-DISPATCH-3 (windows)',
      Organization: 'Fabrikam Logistics',
      Account: 'acme (ThreatLocker)',
      Asked: '7 min ago (2026-11-21 11:53:00 UTC)',
    });
  });

  test('calls unknown what the vendor does not say, and never clean', async () => {
    const session = await reviews.page('abr-session');
    expect(session.text('facts')).toMatch(/^SHA-256: not known$/m);
    expect(session.text('facts')).toMatch(/^Signed by: not known$/m);
    expect(session.text('facts')).not.toMatch(/Scan: Clean/);
    const unsigned = await reviews.page('unsigned-downloads');
    expect(unsigned.text('facts')).toMatch(/^Signed by: nobody: the file is unsigned$/m);
  });

  test('shows an invalid signature as that', async () => {
    const page = await reviews.page('injection');
    expect(page.text('facts')).toMatch(/^Signed by: .* — NOT VALID$/m);
  });

  test('has only what the vendor has', async () => {
    const page = await reviews.page('abr-cmd');
    expect(page.sections.map(({ id }) => id)).toEqual(['findings', 'facts', 'history', 'elsewhere', 'raw']);
    expect(page.decide.forms.map(({ verdict }) => verdict)).toEqual(['approve', 'deny']);
    expect(page.form('approve').controls).toEqual([]);
    expect(page.form('deny').controls.map(({ name }) => name)).toEqual(['template', 'reason']);
  });

  test('lists the same file elsewhere and opens it, and nothing that it did not list', async () => {
    const page = await reviews.page('obsidian-contoso');
    const other = reviews.world.named('abr-obsidian').reference;
    expect(page.text('elsewhere')).toContain(other);
    page.say({ type: 'review', id: other });
    page.say({ type: 'review', id: reviews.world.named('anydesk').reference });
    const opened = reviews.pageOf(other);
    opened.say({ type: 'ready' });
    await opened.wholeRead();
    expect(opened.header.title).toBe('Obsidian.exe');
    reviews.pageOf(reviews.world.named('anydesk').reference).say({ type: 'ready' });
    expect([...reviews.host.posted.keys()].sort()).toEqual([other, page.key].sort());
  });

  test('looks the history up when somebody asks for it', async () => {
    const page = await reviews.page('anydesk');
    const before = reviews.world.sandbox.calls.length;
    expect(page.part('history-computer').state).toEqual({ kind: 'unread', action: 'Look it up' });
    page.say({ type: 'read', part: 'history-computer' });
    await page.wholeRead();
    expect(page.part('history-computer').state.kind).toBe('read');
    expect(reviews.world.sandbox.calls.length).toBeGreaterThan(before);
    expect(page.part('history-file').state.kind).toBe('unread');
  });

  test("shows the vendor's record when it is opened, with nothing hidden in it", async () => {
    const page = await reviews.page('anydesk');
    page.say({ type: 'read', part: 'raw' });
    expect(page.text('raw')).toContain('"approvalRequestId"');
  });

  test('tells what was decided before on the same file', async () => {
    const page = await reviews.page('anydesk');
    expect(page.text('vendor')).toContain('Denied · by Robin Rival');
    expect(page.text('vendor')).toContain('We give remote help with our own tool only.');
  });

  test('copies what it shows, and opens known addresses alone', async () => {
    const page = await reviews.page('abr-obsidian');
    const sha256 = page.text('facts').match(/^SHA-256: ([0-9a-f]{64})$/m)?.[1];
    for (const id of ['reference', 'sha256', '../../etc/passwd', 'constructor']) page.say({ type: 'copy', id });
    await page.until(({ said }) => said.length === 2);
    expect(reviews.host.copied).toEqual([page.key, sha256]);
    for (const id of ['0', '1', '2', '-1', 'https://evil.example']) page.say({ type: 'open', id });
    expect(reviews.host.opened.map((url) => new URL(url).hostname)).toEqual([
      'www.virustotal.com',
      'www.adminbyrequest.com',
    ]);
  });
});

describe('what can not be read', () => {
  test('is told in its place with its sentence, never as empty, and can be tried again', async () => {
    const end = reviews.world.sandbox.faults.add({
      when: { path: 'ApplicationGetMatchingList' },
      do: { kind: 'status', status: 403, body: 'no' },
    });
    const page = await reviews.page('shared-dll');
    for (const id of ['matching', 'research'] as const) expect(page.text(id)).toMatch(/^FAILED .+/);
    expect(page.text('matching')).not.toContain('no known application');
    expect(page.form('approve').state.kind).toBe('failed');
    expect(page.form('approve').off).toMatch(/could not be read/);
    expect(page.text('findings')).toMatch(/^Not looked for: malware scan, matching applications and research\. /m);
    expect(page.form('deny').off).toBeNull();
    end();
    page.say({ type: 'read', part: 'research' });
    page.say({ type: 'read', part: 'options' });
    await page.wholeRead();
    expect(page.text('matching')).toContain('Warehouse Label Designer');
    expect(page.text('findings')).not.toContain('Not looked for');
    expect(page.form('approve').off).toBeNull();
  });

  test('of the ledger is not told as nothing found, and nothing can be decided then', async () => {
    reviews.loseLedger('The ledger is on a disk that is full.');
    const page = await reviews.page('anydesk');
    expect(page.text('ours')).toBe('FAILED The ledger is on a disk that is full.');
    expect(page.text('vendor')).toContain('Denied · by Robin Rival');
    expect(page.text('findings')).toMatch(/Not looked for: earlier decisions from here\. The ledger is on a disk/);
    expect(page.decide.forms.map(({ off }) => off)).toEqual(Array(3).fill('The ledger is on a disk that is full.'));
    page.choose({ reason: 'no' });
    page.press('deny');
    expect(reviews.asked).toEqual([]);
  });

  test('of a queue leaves open whether the same file is asked for elsewhere', async () => {
    reviews.world.sandbox.faults.add({ when: { vendor: 'admin-by-request' }, do: { kind: 'status', status: 500 } });
    await reviews.store.refresh();
    const page = await reviews.page('anydesk');
    expect(page.text('elsewhere')).toMatch(/^Nobody else asks for the same file in what could be looked at\.$/m);
    expect(page.text('findings')).toMatch(/^Not looked for: the same file elsewhere, account acme-abr\. /m);
  });

  test('of the request itself leaves nothing to decide', async () => {
    const end = reviews.world.sandbox.faults.add({ do: { kind: 'status', status: 500 } });
    const page = await reviews.page('abr-cmd');
    expect(page.sections.map(({ id }) => id)).toEqual(['facts']);
    expect(page.text('facts')).toMatch(/^FAILED .+/);
    expect(page.decide.forms).toEqual([]);
    page.press('approve');
    expect(reviews.asked).toEqual([]);
    end();
    page.say({ type: 'read', part: 'facts' });
    await page.until(({ sections }) => sections.length > 1);
    await page.wholeRead();
    expect(page.form('approve').off).toBeNull();
  });

  test('while it is read is not told as missing', async () => {
    const { promise: held, resolve: answer } = Promise.withResolvers<void>();
    const slow = await openReviews({
      fetch: async (url, init) => {
        if (String(url).includes('ApplicationGetMatchingList')) await held;
        return await fetch(url, init);
      },
    });
    try {
      const { reference } = slow.world.named('shared-dll');
      slow.reviews.open(reference as never);
      const page = slow.pageOf(reference);
      page.say({ type: 'ready' });
      await page.until(() => page.part('vendor').state.kind === 'read');
      expect(page.part('matching').state.kind).toBe('loading');
      expect(page.text('facts')).toMatch(/^Scan: being read …$/m);
      expect(page.text('findings')).toMatch(/^Still being read: malware scan, matching applications and research\.$/m);
      // A scan that is being read is not one that is missing.
      expect(page.text('findings')).not.toContain('No scanner has said');
      expect(page.form('approve').off).toMatch(/still being read/);
      answer();
      await page.wholeRead();
      expect(page.text('facts')).toMatch(/^Scan: Not scanned$/m);
      expect(page.text('findings')).toContain('No scanner has said');
      expect(page.form('approve').off).toBeNull();
    } finally {
      await slow.close();
    }
  });
});

test('a page that the editor opens again after a reload reads its request anew', async () => {
  const { reference } = reviews.world.named('anydesk');
  reviews.host.restorePanel(reference);
  const page = reviews.pageOf(reference);
  page.say({ type: 'ready' });
  await page.wholeRead();
  expect(page.header.title).toBe('AnyDesk.exe');
});

test.each(['nonsense', 'acme/../../x', 'other/1', '', 'acme/00000000-0000-0000-0000-00000000dead'])(
  'a page that was kept for "%s" says that there is no such request',
  async (key) => {
    reviews.host.restorePanel(key);
    const page = reviews.pageOf(key);
    page.say({ type: 'ready' });
    await page.until(({ sections }) => sections[0]?.parts[0]?.state.kind === 'failed');
    expect(page.decide.forms).toEqual([]);
  },
);

test('the command opens the row that it is called on, else what is picked', async () => {
  const { reference } = reviews.world.named('anydesk');
  const [request] = reviews.store.state.sources.flatMap((source) =>
    'requests' in source ? source.requests.filter((one) => one.reference === reference) : [],
  );
  await reviews.commands.review({ kind: 'request', id: 'x', request });
  expect(reviews.host.asked).toEqual([]);
  reviews.host.reply((asked) => (asked.kind === 'pick' ? 'cmd.exe' : null));
  await reviews.commands.review();
  const picked = reviews.world.named('abr-cmd').reference;
  for (const key of [reference, picked]) {
    reviews.pageOf(key).say({ type: 'ready' });
    await reviews.pageOf(key).wholeRead();
  }
  expect([...reviews.host.posted.keys()].sort()).toEqual([reference, picked].sort());
});

const RANK: readonly (string | undefined)[] = ['Stop', 'Caution', 'Note'];
