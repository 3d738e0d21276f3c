import { SettingsError } from '@countersign/shared/account';
import { isDecidable } from '@countersign/shared/approval';
import { describe, expect, test } from 'vitest';
import { MINUTE, openStage, requestsOf, SECOND, type Stage, type Window } from './setup.ts';

const status = (code: number, vendor: 'threatlocker' | 'admin-by-request' = 'threatlocker') =>
  ({ when: { vendor }, do: { kind: 'status', status: code } }) as const;

async function opened(stage: Stage): Promise<Window> {
  const window = stage.window();
  window.host.reply(() => null);
  await stage.time.advance(0);
  return window;
}

const waiting = ({ store }: Window) =>
  store.state.sources.flatMap(requestsOf).filter((request) => isDecidable(request)).length;

describe('the badge and the status bar', () => {
  test('tell how many wait for a decision; what can only be decided elsewhere is told beside it', async () => {
    const window = await opened(await openStage());
    const { host, store } = window;
    const all = store.state.sources.flatMap(requestsOf).length;
    const count = waiting(window);
    expect(count).toBeGreaterThan(0);
    expect(all).toBeGreaterThan(count);
    expect(host.seen.pending.badgeCount).toBe(count);
    expect(host.seen.pending.badgeTooltip.split('\n')).toEqual([
      `${count} requests wait for a decision.`,
      `${all - count} more can be decided in the vendors' portals only.`,
    ]);
    expect(host.statusItem).toEqual({
      text: `$(checklist) ${count}`,
      tooltip: host.seen.pending.badgeTooltip,
      spoken: `Countersign: ${host.seen.pending.badgeTooltip.replace('\n', ' ')}`,
      click: { view: 'pending' },
      level: 'normal',
    });
  });

  test('tell that nothing waits only when all accounts were really read', async () => {
    const stage = await openStage({ sandbox: { population: 'empty' } });
    const mend = stage.sandbox.faults.add(status(500));
    const { host } = await opened(stage);
    expect(host.statusItem).toMatchObject({ text: '$(checklist) ?', level: 'warning' });
    expect(host.statusItem?.tooltip).toMatch(/^It is not known whether anything waits for a decision\.\nacme/);
    mend();
    await stage.time.advance(MINUTE);
    expect(host.seen.pending.badgeTooltip).toBe('Nothing waits for a decision.');
    expect(host.statusItem).toMatchObject({ text: '$(checklist) 0', level: 'normal' });
  });

  test.each([
    ['fails', 503, /acme \(SANDBOX\): as of 1 min ago\. .*503/],
    ['refuses the role', 403, /acme \(SANDBOX\) could not be read\. .* \d+ waited when it was last read\./],
    ['refuses the secret', 401, /acme \(SANDBOX\) is signed out\. .* \d+ waited when it was last read\./],
  ])('keep the number that was known when a vendor %s, and say so', async (_, code, words) => {
    const stage = await openStage();
    const window = await opened(stage);
    const { host } = window;
    const count = waiting(window);
    stage.sandbox.faults.add(status(code));
    await stage.time.advance(MINUTE);
    expect(host.seen.pending.badgeCount).toBe(count);
    expect(host.seen.pending.badgeTooltip).toMatch(words);
    expect(host.seen.pending.badgeTooltip).toContain(`${count} requests wait for a decision, as far as is known.`);
    expect(host.statusItem).toMatchObject({ text: `$(checklist) ${count}?`, level: 'warning' });
  });

  test('keep it also while the accounts file is broken', async () => {
    const stage = await openStage();
    const window = await opened(stage);
    const count = waiting(window);
    stage.useSettings(new SettingsError('invalid', ['accounts.json: this is not JSON.']));
    await window.store.refresh();
    expect(window.host.seen.pending.badgeCount).toBe(count);
    expect(window.host.statusItem).toMatchObject({
      text: `$(checklist) ${count}?`,
      level: 'warning',
      tooltip: `The accounts can't be read: accounts.json: this is not JSON.\n${count} waited when they were last read.`,
    });
  });

  test('say as of when a picture is that was not read yet', async () => {
    const stage = await openStage();
    const first = await opened(stage);
    first.close();
    stage.clock.now += 3 * 60 * MINUTE;
    const window = stage.window();
    const tooltips: string[] = [];
    window.store.onDidChange(() => tooltips.push(window.host.seen.pending.badgeTooltip));
    await stage.time.advance(0);
    expect(tooltips.find((text) => !text.includes('is being read'))).toMatch(
      /^\d+ requests wait for a decision, as far as is known\.\n.*\nacme \(SANDBOX\): as of 3 h ago\.\nacme-abr \(SANDBOX\): as of 3 h ago\.$/,
    );
  });

  test('are gone with the accounts; the status bar also with its setting', async () => {
    const stage = await openStage();
    const { host, store } = await opened(stage);
    host.set('statusBar', false);
    expect(host.statusItem).toBeNull();
    host.set('statusBar', true);
    expect(host.statusItem).not.toBeNull();
    stage.useSettings(new SettingsError('nothing-configured', ['No account was added yet.']));
    await store.refresh();
    expect(host.statusItem).toBeNull();
    expect(host.seen.pending.badgeCount).toBe(0);
  });
});

describe('context keys', () => {
  const keys = ({ host }: Window) =>
    ['ready', 'hasAccounts', 'accountsBroken', 'hasRequests', 'hasLedger', 'canDecide']
      .filter((key) => host.context.get(key) === true)
      .join(' ');

  test('say what is there: without accounts nothing can be decided, but the journal read', async () => {
    const stage = await openStage();
    const window = stage.window();
    window.host.reply(() => null);
    expect(keys(window)).toBe('');
    await stage.time.advance(SECOND);
    expect(keys(window)).toBe('ready hasAccounts hasRequests hasLedger canDecide');
    stage.useSettings(new SettingsError('invalid', ['accounts.json: this is not JSON.']));
    await window.store.refresh();
    expect(keys(window)).toBe('ready accountsBroken hasLedger');
    stage.useSettings(new SettingsError('nothing-configured', ['No account was added yet.']));
    await window.store.refresh();
    expect(keys(window)).toBe('ready hasLedger');
  });

  test('say that nothing can be decided where no ledger is', async () => {
    const stage = await openStage({ sandbox: { population: 'empty' } });
    const window = stage.window({ withoutLedger: true });
    await stage.time.advance(SECOND);
    expect(keys(window)).toBe('ready hasAccounts');
  });
});
