import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Draft, PageVerdict } from '../../../extension/src/review/messages.ts';
import { openReviews, type ReviewWorld, type SeenPage } from './open-review.ts';

let reviews: ReviewWorld;
beforeEach(async () => {
  reviews = await openReviews();
});
afterEach(() => reviews.close());

const writes = () => reviews.world.sandbox.record.map(({ vendor, verdict }) => [vendor, verdict]);

async function pressed(page: SeenPage, verdict: PageVerdict): Promise<void> {
  page.press(verdict);
  await page.until(
    ({ banner, decide }) => banner !== null && !decide.notes.some(({ text }) => /goes on in the dialog/.test(text)),
  );
}

describe.each([
  ['obsidian-contoso', 'threatlocker'],
  ['abr-cmd', 'admin-by-request'],
] as const)('%s', (name, vendor) => {
  test('is approved when the dialog confirms it, and that alone', async () => {
    reviews.inTheDialog(() => 'confirm');
    const page = await reviews.page(name);
    await pressed(page, 'approve');
    expect(reviews.asked.map(({ decision }) => decision.verdict)).toEqual(['approve']);
    expect(writes()).toEqual([[vendor, 'approve']]);
    expect(page.banner).toMatchObject({ tone: 'good', title: 'Approve: Carried out' });
    expect(page.decide.notes[0]).toMatchObject({
      tone: 'good',
      text: expect.stringMatching(/^Approve: Carried out\. /),
    });
    expect(page.decide.forms).toEqual([]);
    expect(page.header.badges.map(({ text }) => text)).toContain('Approved');
  });

  test('is denied with its reason, and that alone', async () => {
    reviews.inTheDialog(() => 'confirm');
    const page = await reviews.page(name);
    page.choose({ reason: 'Not needed.' });
    await pressed(page, 'deny');
    expect(reviews.asked).toEqual([
      { requests: [page.key], decision: { verdict: 'deny', options: { reason: 'Not needed.' } } },
    ]);
    expect(writes()).toEqual([[vendor, 'deny']]);
    expect(page.banner).toMatchObject({ tone: 'good', title: 'Deny: Carried out' });
    expect(page.decide.forms).toEqual([]);
  });

  test.each(['approve', 'deny'] as const)('is left as it is when the dialog of "%s" is closed', async (verdict) => {
    const page = await reviews.page(name);
    page.choose({ reason: 'Not needed.' });
    await pressed(page, verdict);
    expect(reviews.asked).toHaveLength(1);
    expect(writes()).toEqual([]);
    expect(page.banner).toMatchObject({ title: 'Nothing was sent' });
    expect(page.decide.values.reason).toBe('Not needed.');
    expect(page.form(verdict).off).toBeNull();
  });

  test('is not denied without a reason', async () => {
    reviews.inTheDialog(() => 'confirm');
    const page = await reviews.page(name);
    page.choose({ reason: ' \u200b\n ' });
    page.press('deny');
    await page.until(({ decide }) => decide.focus === 'reason');
    expect(page.form('deny').controls.find(({ name: field }) => field === 'reason')?.problem).toBe(
      'A denial needs a reason.',
    );
    expect(reviews.asked).toEqual([]);
  });
});

test('the narrowest approval is chosen', async () => {
  const page = await reviews.page('obsidian-contoso');
  expect(page.decide.values.preset).toBe('narrowest');
  expect(page.form('approve').reach?.text).toBe('Reach: Permits this exact file on "CONTOSO-FRONT-02" only.');
  await pressed(page, 'approve');
  expect(reviews.asked[0]?.decision).toEqual({
    verdict: 'approve',
    options: { application: { use: 'new', name: 'Obsidian.exe' }, rule: { by: 'hash' }, scope: 'computer' },
  });
});

test('ownership is taken, and the request can still be decided', async () => {
  reviews.inTheDialog(() => 'confirm');
  const page = await reviews.page('elevate-assigned');
  await pressed(page, 'take-ownership');
  expect(writes()).toEqual([['threatlocker', 'take-ownership']]);
  expect(page.banner?.title).toBe('Take ownership: Carried out');
  expect(page.form('deny').off).toBeNull();
});

test('whether to elevate is nobody’s default', async () => {
  const page = await reviews.page('elevate-printer');
  page.press('approve');
  await page.until(({ decide }) => decide.focus === 'elevation');
  expect(reviews.asked).toEqual([]);
  page.choose({ elevation: 'elevate' });
  expect(page.form('approve').reach?.text).toMatch(/It runs with administrator rights, for this many hours: 1\.$/);
  await pressed(page, 'approve');
  expect(reviews.asked[0]?.decision).toMatchObject({ options: { elevation: { mode: 'elevate', hours: 1 } } });
});

test.each([
  ['abr-malicious', /calls this file malicious/],
  ['usb-read', /./],
])('%s can not be approved, and can be denied', async (name, why) => {
  const page = await reviews.page(name);
  expect(page.form('approve').off).toMatch(why);
  page.press('approve');
  expect(reviews.asked).toEqual([]);
  page.choose({ reason: 'no' });
  await pressed(page, 'deny');
  expect(reviews.asked.map(({ decision }) => decision.verdict)).toEqual(['deny']);
});

test.each(['already-approved', 'already-denied', 'abr-quarantined'])('of %s nothing can be decided', async (name) => {
  const page = await reviews.page(name);
  expect(page.decide.forms.map(({ off }) => off === null)).not.toContain(true);
  page.choose({ reason: 'no' });
  for (const verdict of ['approve', 'deny', 'take-ownership'] as const) page.press(verdict);
  expect(reviews.asked).toEqual([]);
  expect(page.decide.notes[0]?.text).toMatch(/status is|quarantined/);
});

test('where the account takes no decision in the editor, none can be made', async () => {
  const closed = await openReviews({ accounts: { threatLocker: { channels: ['terminal'] } } });
  try {
    const page = await closed.page('anydesk');
    expect(page.decide.forms.map(({ off }) => off)).toEqual(
      Array(3).fill('The account "acme" takes no decision in the editor, by its settings.'),
    );
    page.press('approve');
    expect(closed.asked).toEqual([]);
  } finally {
    await closed.close();
  }
});

test('while the dialog is open nothing else is decided, and what was pressed is what was meant', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<'close'>();
  const { promise: isOpen, resolve: open } = Promise.withResolvers<void>();
  reviews.inTheDialog(() => {
    open();
    return answered;
  });
  const page = await reviews.page('obsidian-contoso');
  page.choose({ reason: 'no' });
  page.press('deny');
  await isOpen;
  expect(page.decide.notes[0]?.text).toMatch(/dialog/);
  expect(page.decide.forms.map(({ off }) => off === null)).toEqual([false, false, false]);
  page.press('approve');
  page.press('deny');
  answer('close');
  await page.until(({ banner }) => banner?.title === 'Nothing was sent');
  expect(reviews.asked.map(({ decision }) => decision.verdict)).toEqual(['deny']);
});

test('what stands on the page when its button is pressed is what is decided', async () => {
  const page = await reviews.page('obsidian-contoso');
  const draft: Draft = {
    ...page.decide.values,
    preset: 'own',
    application: 'new',
    name: 'Notes',
    scope: 'organization',
  };
  page.say({ type: 'decide', verdict: 'approve', draft, revision: 9 });
  await page.until(({ banner }) => banner !== null);
  expect(reviews.asked[0]?.decision).toMatchObject({
    options: { application: { use: 'new', name: 'Notes' }, scope: 'organization' },
  });
});

test('a reason that is chosen stands in the field, and can be changed', async () => {
  const page = await reviews.page('abr-cmd');
  page.choose({ template: '1' });
  expect(page.decide.values.reason).toBe('An approved program does the same. Please use that one.');
  page.choose({ reason: 'Another.' });
  expect(page.decide.values.reason).toBe('Another.');
});

test('a decision that the vendor refuses is told, and can be made again', async () => {
  reviews.inTheDialog(() => 'confirm');
  reviews.world.sandbox.faults.add({
    when: { path: 'ApprovalRequestUpdateForReject' },
    times: 1,
    do: { kind: 'status', status: 403, body: 'no' },
  });
  const page = await reviews.page('obsidian-contoso');
  page.choose({ reason: 'no' });
  await pressed(page, 'deny');
  expect(page.banner).toMatchObject({ tone: 'doubt', title: 'Deny: Refused' });
  expect(page.form('deny').off).toBeNull();
});

test('a decision whose outcome is unknown leaves nothing to press', async () => {
  reviews.inTheDialog(() => {
    reviews.world.sandbox.faults.add({ when: { method: 'DELETE' }, do: { kind: 'resetAfterEffect' } });
    reviews.world.sandbox.faults.add({
      when: { vendor: 'admin-by-request', method: 'GET' },
      after: 2,
      do: { kind: 'status', status: 500 },
    });
    return 'confirm';
  });
  const page = await reviews.page('abr-cmd');
  page.choose({ reason: 'no' });
  await pressed(page, 'deny');
  expect(page.banner).toMatchObject({ tone: 'bad', title: 'Deny: Outcome unknown' });
  expect(page.decide.forms).toEqual([]);
});

test('a write that may still take effect is not told as one that came to nothing', async () => {
  reviews.inTheDialog(() => 'confirm');
  reviews.world.sandbox.faults.add({ when: { method: 'DELETE' }, do: { kind: 'resetBeforeEffect' } });
  const page = await reviews.page('abr-cmd');
  page.choose({ reason: 'Not needed.' });
  await pressed(page, 'deny');
  expect(page.banner).toMatchObject({ tone: 'bad', title: 'Deny: Not carried out so far, may still take effect' });
  // Nothing else is decided there until that is known.
  expect(page.decide.forms).toEqual([]);
});
