import { describe, expect, test } from 'vitest';
import { confirm, DENY, planned } from '../../shared/decide/order.ts';
import { createMemoryHost, type MemoryHost } from '../../support/memory-host.ts';
import { MINUTE, openStage, requestsOf, SECOND, type Stage, type Window } from './setup.ts';

/** Toasts, as they were shown. */
const toasts = ({ asked }: MemoryHost) =>
  asked.flatMap((question) => (question.kind === 'notify' ? [question.message] : []));

const silent = (host = createMemoryHost()) => {
  host.reply(() => null);
  return host;
};

const arrive = (stage: Stage, name: string, requestor = 'Kim') =>
  stage.sandbox.arrive({ vendor: 'threatlocker', requestor, file: { fullPath: `C:\\Downloads\\${name}` } });

async function opened(stage: Stage): Promise<Window> {
  const window = stage.window({ host: silent() });
  await stage.time.advance(0);
  return window;
}

/** The vendor's codes. */
const [WAITS, HANDLED] = [1, 4];

describe('new requests', () => {
  test('are told in one toast, and none of those that were there when the profile first looked', async () => {
    const stage = await openStage();
    const { host } = await opened(stage);
    await stage.time.advance(10 * MINUTE);
    expect(toasts(host)).toEqual([]);
    arrive(stage, 'obsidian.exe');
    arrive(stage, 'zoom.exe', 'Robin');
    stage.sandbox.arrive({ vendor: 'admin-by-request' });
    await stage.time.advance(MINUTE);
    expect(toasts(host)).toEqual(['SANDBOX: 3 new requests: obsidian.exe from Kim and 2 more']);
    await stage.time.advance(10 * MINUTE);
    expect(toasts(host)).toHaveLength(1);
  });

  test('that came while no window was open are told by the next one of the same profile', async () => {
    const stage = await openStage();
    const first = await opened(stage);
    await stage.time.advance(SECOND);
    first.close();
    arrive(stage, 'obsidian.exe');
    await stage.time.advance(60 * MINUTE);
    stage.window({ host: first.host });
    await stage.time.advance(SECOND);
    expect(toasts(first.host)).toEqual(['SANDBOX: 1 new request: obsidian.exe from Kim']);
  });

  test('are told by one window alone, by the one that is looked at', async () => {
    const stage = await openStage();
    const [one, two] = [await opened(stage), await opened(stage)];
    one.host.focus(false);
    two.host.focus(false);
    await stage.time.advance(SECOND);
    one.host.focus(true);
    arrive(stage, 'obsidian.exe');
    // The one that nobody looks at reads it.
    await two.store.refresh();
    await one.hears(() => requestsOf(one.acme()).some(({ subject }) => subject.name === 'obsidian.exe'));
    await stage.time.advance(10 * SECOND);
    expect([toasts(one.host), toasts(two.host)]).toEqual([['SANDBOX: 1 new request: obsidian.exe from Kim'], []]);
  });

  test('are told once while nobody looks; what comes after that is told when somebody does', async () => {
    const stage = await openStage();
    const { host } = await opened(stage);
    host.focus(false);
    for (const name of ['one.exe', 'two.exe', 'three.exe']) {
      arrive(stage, name);
      await stage.time.advance(6 * MINUTE);
    }
    expect(toasts(host)).toEqual(['SANDBOX: 1 new request: one.exe from Kim']);
    host.focus(true);
    await stage.time.advance(0);
    expect(toasts(host).slice(1)).toEqual(['SANDBOX: 2 new requests: two.exe from Kim and 1 more']);
  });

  test('are not told while a modal question stands open, but after it, and not if they are gone by then', async () => {
    const stage = await openStage();
    const { host } = await opened(stage);
    const answer = Promise.withResolvers<string>();
    host.reply((asked) => (asked.kind === 'ask' ? answer.promise : null));
    const question = host.dialogs.ask({ message: 'Deny?', detail: '', actions: ['Deny'] });
    arrive(stage, 'obsidian.exe');
    const gone = arrive(stage, 'zoom.exe');
    await stage.time.advance(MINUTE);
    stage.sandbox.rivalDecides('threatlocker', gone, 'deny');
    await stage.time.advance(MINUTE);
    expect(toasts(host)).toEqual([]);
    answer.resolve('Deny');
    await question;
    await stage.time.advance(0);
    expect(toasts(host)).toEqual(['SANDBOX: 1 new request: obsidian.exe from Kim']);
  });

  test('that were decided from here are not told, although they wait for another approver', async () => {
    const stage = await openStage();
    const { id } = stage.named('anydesk');
    const become = (statusId: number) =>
      stage.sandbox.change('threatlocker', id, (request) => {
        request.statusId = statusId;
      });
    become(HANDLED);
    const first = await opened(stage);
    await stage.time.advance(SECOND);
    first.close();
    become(WAITS);
    await confirm(stage, await planned(stage, ['anydesk'], DENY));
    become(WAITS);
    const { acme, host } = stage.window({ host: first.host });
    await stage.time.advance(2 * MINUTE);
    expect(requestsOf(acme()).some(({ vendorId }) => vendorId === id)).toBe(true);
    expect(toasts(host)).toEqual([]);
  });

  test('are shown on request: one by itself, several in the view', async () => {
    const stage = await openStage();
    const { host } = await opened(stage);
    host.reply((asked) => ('actions' in asked ? (asked.actions[0] ?? null) : null));
    const id = arrive(stage, 'obsidian.exe');
    await stage.time.advance(MINUTE);
    expect(host.ran).toEqual([
      { command: 'review', args: [expect.objectContaining({ kind: 'request', id: `acme/${id}` })] },
    ]);
    arrive(stage, 'one.exe');
    arrive(stage, 'two.exe');
    await stage.time.advance(MINUTE);
    expect(host.ran[1]).toEqual({ command: 'countersign.pending.focus', args: [] });
  });

  test('are told no more to who wants none, nor later those of the time between', async () => {
    const stage = await openStage();
    const { host } = await opened(stage);
    host.reply((asked) => ('actions' in asked ? (asked.actions[1] ?? null) : null));
    arrive(stage, 'one.exe');
    await stage.time.advance(MINUTE);
    expect(host.settings.get('notifyNewRequests')).toBe(false);
    arrive(stage, 'two.exe');
    await stage.time.advance(MINUTE);
    host.set('notifyNewRequests', true);
    await stage.time.advance(5 * MINUTE);
    expect(toasts(host)).toHaveLength(1);
    arrive(stage, 'three.exe');
    await stage.time.advance(MINUTE);
    expect(toasts(host)[1]).toContain('three.exe');
  });

  test('are told without a ledger too, except for those that the window found', async () => {
    const stage = await openStage();
    const window = stage.window({ host: silent(), withoutLedger: true });
    await stage.time.advance(MINUTE);
    expect(toasts(window.host)).toEqual([]);
    arrive(stage, 'obsidian.exe');
    await stage.time.advance(MINUTE);
    expect(toasts(window.host)).toEqual(['SANDBOX: 1 new request: obsidian.exe from Kim']);
  });

  test.each([
    ['not told again', false, 0],
    ['told again where no ledger knows them', true, 1],
  ])('that went and came back are %s', async (_, withoutLedger, times) => {
    const stage = await openStage();
    const { id } = stage.named('anydesk');
    const become = (statusId: number) =>
      stage.sandbox.change('threatlocker', id, (request) => {
        request.statusId = statusId;
      });
    const { host } = stage.window({ host: silent(), withoutLedger });
    await stage.time.advance(MINUTE);
    become(HANDLED);
    await stage.time.advance(2 * MINUTE);
    become(WAITS);
    await stage.time.advance(2 * MINUTE);
    expect(toasts(host)).toHaveLength(times);
  });

  test('are remembered of no more accounts than anybody has', async () => {
    const stage = await openStage();
    const host = silent();
    host.remembered.set(
      'accountsRead',
      Array.from({ length: 5000 }, (_, index) => `sandbox-${index}`),
    );
    stage.window({ host });
    await stage.time.advance(MINUTE);
    const known = host.remembered.get('accountsRead');
    expect(known).toHaveLength(500);
    expect(known).toContain('sandbox-4999');
    arrive(stage, 'obsidian.exe');
    await stage.time.advance(MINUTE);
    expect(toasts(host)).toHaveLength(1);
  });

  test('have names in which nothing hides, nothing is a link and nothing is long', async () => {
    const stage = await openStage();
    const { host } = await opened(stage);
    arrive(stage, `a\u202egnp[x](https://evil.example)${'b'.repeat(300)}.exe`, 'Kim\n[ok](command:x)');
    await stage.time.advance(MINUTE);
    const [message = ''] = toasts(host);
    expect(message).not.toMatch(/\u202e|\n|\]\(/);
    expect(message.length).toBeLessThan(140);
  });
});
