import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReviews, type ReviewWorld, type SeenPage } from './open-review.ts';

let reviews: ReviewWorld;
beforeEach(async () => {
  reviews = await openReviews();
});
afterEach(() => reviews.close());

/** Time passes and the queues are read again, as a window does. */
async function later(): Promise<void> {
  reviews.world.clock.now += 60_000;
  await reviews.store.refresh();
}

async function opened(name: string): Promise<SeenPage> {
  const page = await reviews.page(name);
  await later();
  expect(page.banner).toBeNull();
  return page;
}

test.each([
  ['obsidian-contoso', 'threatlocker', 'approve', 'Approved'],
  ['obsidian-contoso', 'threatlocker', 'deny', 'Denied'],
  ['abr-cmd', 'admin-by-request', 'deny', 'Denied'],
] as const)(
  '%s that somebody else decides (%s, %s) can be decided here no more',
  async (name, vendor, verdict, status) => {
    const page = await opened(name);
    reviews.world.sandbox.rivalDecides(vendor, reviews.world.named(name).id, verdict);
    await later();
    await page.until(({ banner }) => banner !== null);
    expect(page.banner?.title).toBe(`It was handled meanwhile: ${status}`);
    expect(page.banner?.lines.join(' ')).toContain('Robin Rival');
    expect(page.header.badges.map(({ text }) => text)).toContain(status);
    expect(page.decide.forms).toEqual([]);
    page.choose({ reason: 'no' });
    for (const pressed of ['approve', 'deny'] as const) page.press(pressed);
    expect(reviews.asked).toEqual([]);
  },
);

test('a fact that changes takes the buttons away until it is read again', async () => {
  const page = await opened('obsidian-contoso');
  reviews.world.sandbox.change('threatlocker', reviews.world.named('obsidian-contoso').id, (request) => {
    request.reason = 'Something else entirely';
  });
  await later();
  await page.until(({ banner }) => banner !== null);
  expect(page.banner).toMatchObject({
    title: 'It is not as it was',
    lines: ['Changed since this page was read: the reason.'],
  });
  expect(page.decide.forms).toEqual([]);
  page.say({ type: 'reload' });
  await page.until(({ banner }) => banner === null);
  await page.wholeRead();
  expect(page.text('facts')).toContain('Something else entirely');
  expect(page.form('deny').off).toBeNull();
});

test('who has it is shown without ado', async () => {
  const page = await opened('obsidian-contoso');
  reviews.world.sandbox.change('threatlocker', reviews.world.named('obsidian-contoso').id, (request) => {
    request.assignee = {
      userId: '7d9f3c52-50f0-4d1e-8d7e-2b8b0f6a1c11',
      username: 'r',
      firstName: 'Robin',
      lastName: 'Rival',
    };
  });
  await later();
  await page.until(({ header }) => header.rows.some(({ label }) => label === 'Assigned to'));
  expect(page.banner).toBeNull();
  expect(page.form('deny').off).toBeNull();
});

test('a request that is gone is said to be gone only when it was asked for', async () => {
  const page = await opened('obsidian-contoso');
  reviews.world.sandbox.remove('threatlocker', reviews.world.named('obsidian-contoso').id);
  await later();
  await page.until(({ banner }) => banner !== null);
  expect(page.banner?.title).toBe('Gone');
  expect(page.decide.forms).toEqual([]);
});

test('a request that left the queue and can not be read may have changed, so nothing is decided on it', async () => {
  const page = await opened('abr-cmd');
  const { id } = reviews.world.named('abr-cmd');
  reviews.world.sandbox.rivalDecides('admin-by-request', id, 'approve');
  reviews.world.sandbox.faults.add({
    when: { path: new RegExp(`/requests/${id}`) },
    do: { kind: 'status', status: 500 },
  });
  await later();
  await page.until(({ banner }) => banner !== null);
  expect(page.banner?.title).toBe('It may have changed');
  expect(page.decide.forms).toEqual([]);
});

test('a queue that can not be read says nothing of the request', async () => {
  const page = await opened('abr-cmd');
  reviews.world.sandbox.faults.add({ when: { vendor: 'admin-by-request' }, do: { kind: 'status', status: 500 } });
  await later();
  expect(page.banner).toBeNull();
  expect(page.form('deny').off).toBeNull();
  expect(page.text('findings')).toMatch(/Not looked for: the same file elsewhere, account acme-abr\./);
});

test('a page that was closed reads and says nothing more', async () => {
  const page = await opened('obsidian-contoso');
  reviews.host.closePanel(page.key);
  const told = reviews.host.posted.get(page.key)?.length;
  reviews.world.sandbox.rivalDecides('threatlocker', reviews.world.named('obsidian-contoso').id, 'deny');
  await later();
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(reviews.host.posted.get(page.key)?.length).toBe(told);
});
