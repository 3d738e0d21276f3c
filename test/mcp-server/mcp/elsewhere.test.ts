import { expect, onTestFinished, test } from 'vitest';
import { answerIn, openLines } from './lines.ts';
import { AT_TERMINAL, otherProcess } from './other-process.ts';
import { openPlace, type Place } from './place.ts';

// A person at a terminal may answer any open plan, whoever else is asked; the first answer closes the others.

async function open(): Promise<Place> {
  const place = await openPlace();
  onTestFinished(() => place.close());
  return place;
}

/** What a person at a terminal decides with. */
function atTerminal(place: Place) {
  const { decisions, ledger } = otherProcess(place);
  return {
    decisions,
    openPlan: async () => {
      const [record] = await ledger.waiting('elicitation');
      if (!record) throw new Error('nothing waits');
      return record;
    },
  };
}

test.each(['confirmed', 'declined'] as const)('legacy era: %s at a terminal, the form closes', async (answer) => {
  const place = await open();
  const lines = await openLines(place, { era: 'legacy' });
  const { id, reference } = place.arrival('admin-by-request');
  const called = lines.request('tools/call', { name: 'approve_request', arguments: { requests: [reference] } });
  const question = await lines.question();
  const { decisions, openPlan } = atTerminal(place);
  const { plan, digest } = await openPlan();
  const given =
    answer === 'confirmed' ? ({ kind: 'typed', text: plan.confirmText } as const) : ({ kind: 'declined' } as const);
  const status = answer === 'confirmed' ? 'applied' : 'declined';
  expect(await decisions.answer(plan.decision, digest, given, AT_TERMINAL)).toMatchObject({ status });
  expect(answerIn(await called)).toMatchObject({ isError: false, status });
  const closed = lines.output
    .map((line) => JSON.parse(line))
    .find(({ method }) => method === 'notifications/cancelled');
  expect(closed).toMatchObject({ params: { requestId: question.id } });
  // Too late, and for a form that is no longer there.
  lines.write(
    JSON.stringify({
      jsonrpc: '2.0',
      id: question.id,
      result: { action: 'accept', content: { confirm: plan.confirmText } },
    }),
  );
  expect(await lines.end()).toBe(0);
  expect(place.writesOn(id)).toHaveLength(answer === 'confirmed' ? 1 : 0);
});

test('2026-07-28: a form that is answered after a terminal did counts for nothing', async () => {
  const place = await open();
  const lines = await openLines(place, { era: 'modern' });
  const { id, reference } = place.arrival('admin-by-request');
  const asked = await lines.ask('approve_request', { requests: [reference] });
  const { decisions, openPlan } = atTerminal(place);
  const { plan, digest } = await openPlan();
  expect(await decisions.answer(plan.decision, digest, { kind: 'declined' }, AT_TERMINAL)).toMatchObject({
    status: 'declined',
  });
  const answer = answerIn(await asked.answer({ action: 'accept', content: { confirm: asked.text } }));
  expect(answer).toMatchObject({ isError: false, status: 'refused' });
  expect(answer.text).toMatch(/answered before, and an answer counts once\. It is declined now\. Nothing was sent/);
  expect(await lines.end()).toBe(0);
  expect(place.writesOn(id)).toEqual([]);
});

test('2026-07-28: a form that is closed after its plan went the other way changes nothing', async () => {
  const place = await open();
  const lines = await openLines(place, { era: 'modern' });
  const { id, reference } = place.arrival('admin-by-request');
  const asked = await lines.ask('deny_request', { requests: [reference], reason: 'Not needed.' });
  const { decisions, openPlan } = atTerminal(place);
  const { plan, digest } = await openPlan();
  const typed = { kind: 'typed', text: plan.confirmText } as const;
  expect(await decisions.answer(plan.decision, digest, typed, AT_TERMINAL)).toMatchObject({ status: 'applied' });
  const answer = answerIn(await asked.answer({ action: 'cancel' }));
  expect(answer.text).toMatch(/answered before.*It is applied now/);
  expect(await lines.end()).toBe(0);
  expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
});
