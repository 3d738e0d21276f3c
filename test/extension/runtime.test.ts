import { expect, test, vi } from 'vitest';
import { openEditorPlace, openWindow, requestAt, willing } from './window.ts';

test('where the folder of the ledger is nonsense, everything can be read, and what is decided is refused with the reason', async () => {
  const place = await openEditorPlace();
  vi.stubEnv('COUNTERSIGN_STATE_DIR', 'relative');
  const { host, runtime, decider } = await openWindow(place);
  expect(runtime.ledger()).toBeNull();
  expect(runtime.whyNoLedger()?.message).toContain('COUNTERSIGN_STATE_DIR must be an absolute path');
  expect((await runtime.book.now()).entries.length).toBeGreaterThan(0);
  const planned = await runtime.decisions.plan({
    requests: [requestAt(place, 'anydesk')],
    decision: { verdict: 'deny', options: { reason: 'Not needed.' } },
    proposer: { client: 'c', name: 'a client' },
    mayDecide: () => true,
    route: () => ({ channel: 'extension', because: null }),
  });
  expect(planned).toMatchObject({
    planned: false,
    result: { status: 'refused', message: expect.stringContaining('COUNTERSIGN_STATE_DIR must be an absolute path') },
  });
  host.reply(willing);
  const told = await decider.decide([requestAt(place, 'anydesk')], { verdict: 'deny', options: { reason: 'No.' } });
  expect(JSON.stringify([told, host.asked])).toContain('COUNTERSIGN_STATE_DIR must be an absolute path');
  expect(place.sandbox.record).toEqual([]);
});

test('a request that somebody else has decided is told of as that, and its queue no longer holds', async () => {
  const place = await openEditorPlace();
  const { host, runtime, decider } = await openWindow(place);
  let told = 0;
  runtime.onDidDecide(() => {
    told += 1;
  });
  place.sandbox.rivalDecides('threatlocker', place.sandbox.id('anydesk'), 'approve');
  const ended = await decider.decide([requestAt(place, 'anydesk')], { verdict: 'deny', options: { reason: 'No.' } });
  expect(ended).toMatchObject({ status: 'already-handled' });
  expect(host.asked.filter(({ kind }) => kind === 'ask')).toEqual([]);
  expect(told).toBe(1);
  expect(place.sandbox.record).toEqual([]);
});
