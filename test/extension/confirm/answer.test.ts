import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DecisionId } from '@countersign/shared/approval';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answerPlan } from '../../../extension/src/confirm/answer-plan.ts';
import { connect, ERAS, type Era } from '../../mcp-server/mcp/client.ts';
import { openLines } from '../../mcp-server/mcp/lines.ts';
import { AT_TERMINAL, otherProcess } from '../../mcp-server/mcp/other-process.ts';
import type { AccountsChange } from '../../mcp-server/mcp/place.ts';
import { accountsFile } from '../../support/world.ts';
import { notices, openEditorPlace, openWindow, questions, willing, writesIn } from '../window.ts';

// What an assistant proposes through a real server over stdio, answered by the person of an editor.

/** A window that listens, and a server that trusts its key. */
async function open(era: Era, accounts?: AccountsChange) {
  const place = await openEditorPlace(accounts);
  const window = await openWindow(place);
  const listening = await window.listen();
  const key = await window.keys.get();
  const env = { COUNTERSIGN_APPROVER_KEY: key?.publicKey.text ?? '' };
  const connection = await connect(place, { era, name: 'claude "code"', env });
  onTestFinished(() => connection.close());
  const { awaiting } = listening;
  /** Resolves when so many proposals are known here. */
  const awaited = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => awaiting.plans.length === count && resolve();
      window.host.subscriptions.add(awaiting.onDidChange(look));
      look();
    });
  /** Proposes it, and waits until this window knows. */
  const propose = async (tool: string, options: object = {}, draft?: object) => {
    const { id, reference } = place.arrival('admin-by-request', draft);
    const answer = connection.call(tool, { requests: [reference], ...options });
    answer.catch(() => undefined);
    await awaited(awaiting.plans.length + 1);
    return { id, reference, answer };
  };
  return { place, ...window, ...listening, env, propose, awaited };
}

const DENY = { reason: 'Not needed.' };

describe.each(ERAS)('%s era', (era) => {
  test.each([
    ['approve_request', {}, 'approve', 'Approve'],
    ['deny_request', DENY, 'deny', 'Deny'],
  ])('%s is carried out when its button is pressed, and the client is told', async (tool, options, verdict, verb) => {
    const { place, host, answering, propose } = await open(era);
    const { answer } = await propose(tool, options);
    host.reply(willing);
    await answering.answer();
    expect((await answer).structured).toMatchObject({ status: 'applied' });
    expect(writesIn(place)).toEqual([`${verdict} applied`]);
    const [question, ...others] = questions(host);
    expect(others).toEqual([]);
    expect(question?.message).toMatch(new RegExp(`^${verb} "`));
    expect(question?.actions).toEqual([
      'Show Everything',
      expect.stringMatching(new RegExp(`^${verb} `)),
      'Reject Proposal',
    ]);
    expect(question?.detail.split('\n')[0]).toMatch(new RegExp(`^"claude 'code'" proposes to ${verb.toLowerCase()} `));
    expect(notices(host).at(-1)).toMatchObject({
      level: 'info',
      message: expect.stringMatching(new RegExp(`^${verb} "`)),
    });
  });

  test('rejected in the dialog, nothing is written and the client is told that it was declined', async () => {
    const { place, host, answering, propose } = await open(era);
    const { answer } = await propose('approve_request');
    host.reply((asked) => (asked.kind === 'ask' ? 'Reject Proposal' : null));
    await answering.answer();
    expect((await answer).structured).toMatchObject({ status: 'declined' });
    expect(writesIn(place)).toEqual([]);
    expect(notices(host).at(-1)?.message).toMatch(/the proposal was rejected, and nothing was sent/);
  });

  test('rejected by its row, after a question', async () => {
    const { place, host, awaiting, answering, propose, awaited } = await open(era);
    const { answer } = await propose('deny_request', DENY);
    const [record] = awaiting.plans;
    const row = { kind: 'plan', id: 'a row', record };
    host.reply(() => null);
    await answering.rejectProposal(row);
    expect(awaiting.plans).toHaveLength(1);
    host.reply(willing);
    await answering.rejectProposal(row);
    expect((await answer).structured).toMatchObject({ status: 'declined' });
    expect(writesIn(place)).toEqual([]);
    expect(questions(host).map(({ actions }) => actions)).toEqual([['Reject Proposal'], ['Reject Proposal']]);
    await awaited(0);
    expect(host.context.get('hasAwaiting')).toBe(false);
  });
});

describe('the proposal stays open, and nothing is sent', () => {
  test('when the dialog is closed', async () => {
    const { place, host, awaiting, answering, propose } = await open('legacy');
    const { answer } = await propose('approve_request');
    host.reply(() => null);
    await answering.answer();
    expect(writesIn(place)).toEqual([]);
    expect(awaiting.plans).toHaveLength(1);
    host.reply(willing);
    await answering.answer();
    expect((await answer).structured).toMatchObject({ status: 'applied' });
  });

  test('when the phrase is wrong that a stop asks for', async () => {
    const { place, host, awaiting, answering, propose } = await open('legacy');
    const draft = { application: { file: 'invoice.pdf.exe', path: 'C:\\Tools' } };
    const { answer } = await propose('approve_request', {}, draft);
    host.reply((asked) => (asked.kind === 'input' ? 'approve invoice.pdf.exe' : willing(asked)));
    await answering.answer();
    expect(questions(host)).toEqual([]);
    expect(writesIn(place)).toEqual([]);
    expect(awaiting.plans).toHaveLength(1);
    host.reply(willing);
    await answering.answer();
    expect((await answer).structured).toMatchObject({ status: 'applied' });
  });

  test('when the keyring fails meanwhile', async () => {
    const it = await open('legacy');
    await it.propose('approve_request');
    const other = await openWindow(it.place, { isKeyringBroken: true });
    const { answering } = await other.listen();
    await answering.answer({ kind: 'plan', id: 'a row', record: it.awaiting.plans[0] });
    expect(notices(other.host)).toMatchObject([{ message: expect.stringMatching(/keyring/) }]);
    expect(questions(other.host)).toEqual([]);
    expect(writesIn(it.place)).toEqual([]);
  });

  test('when it was planned with another accounts file, which is said', async () => {
    const it = await open('legacy');
    await it.propose('approve_request');
    const file = path.join(it.place.folder, 'other.json');
    await writeFile(file, accountsFile(it.place.sandbox, { adminByRequest: { approverEmail: 'other@acme.example' } }));
    const other = await openWindow(it.place, { accountsFile: file, sameProfileAs: it });
    const { answering, awaiting } = await other.listen();
    expect(awaiting.plans).toHaveLength(1);
    other.host.reply(willing);
    await answering.answer();
    expect(questions(other.host)).toEqual([]);
    expect(notices(other.host).at(-1)?.message).toMatch(
      /accounts file that is read here is not as it was.*Nothing was sent\.$/,
    );
    expect(it.awaiting.plans).toHaveLength(1);
    expect(writesIn(it.place)).toEqual([]);
  });
});

describe('an answer that comes too late changes nothing, and that is said', () => {
  test.each([
    ['confirms at a terminal', true, 'applied', ['deny applied']],
    ['declines at a terminal', false, 'declined', []],
  ] as const)('somebody %s while the dialog is open', async (_what, confirms, status, writes) => {
    const { place, host, awaiting, answering, propose } = await open('legacy');
    const { answer } = await propose('deny_request', DENY);
    const [record] = awaiting.plans;
    if (!record) throw new Error('nothing is proposed');
    const { plan, digest } = record;
    const elsewhere = otherProcess(place).decisions;
    const given = confirms ? ({ kind: 'typed', text: plan.confirmText } as const) : ({ kind: 'declined' } as const);
    // The person looks at the dialog for as long as the other one needs.
    const look = host.dialogs.ask;
    host.dialogs.ask = async (question) => {
      await elsewhere.answer(plan.decision, digest, given, AT_TERMINAL);
      return await look(question);
    };
    host.reply(willing);
    await answering.answer();
    expect((await answer).structured).toMatchObject({ status });
    expect(notices(host).at(-1)?.message).toMatch(/^Deny ".*": It ended meanwhile, and this answer changed nothing\./);
    expect(writesIn(place)).toEqual(writes);
  });

  test('the server that proposed it is gone', async () => {
    const it = await open('legacy');
    const lines = await openLines(it.place, { era: 'legacy', env: it.env });
    const { reference } = it.place.arrival('admin-by-request');
    lines
      .request('tools/call', { name: 'approve_request', arguments: { requests: [reference] } })
      .catch(() => undefined);
    await it.awaited(1);
    const [record] = it.awaiting.plans;
    expect(await lines.end()).toBe(0);
    it.host.reply(willing);
    await it.answering.answer({ kind: 'plan', id: 'a row', record });
    expect(questions(it.host)).toEqual([]);
    expect(notices(it.host).at(-1)?.message).toMatch(/The client that proposed it is gone\. Nothing was sent\.$/);
    await it.awaited(0);
    expect(writesIn(it.place)).toEqual([]);
  });

  test('there is no such decision', async () => {
    const { host, answering } = await open('legacy');
    const record = { plan: { decision: 'AAAAAAAAAAAAAAAAAAAAAA' as DecisionId } };
    await answering.answer({ kind: 'plan', id: 'a row', record });
    expect(notices(host)).toMatchObject([{ message: expect.stringMatching(/no such decision/) }]);
  });
});

test('of several, the person chooses which to answer', async () => {
  const { place, host, answering, propose } = await open('legacy');
  const first = await propose('deny_request', DENY, { application: { file: 'one.exe', path: 'C:\\Tools' } });
  const second = await propose('approve_request', {}, { application: { file: 'two.exe', path: 'C:\\Tools' } });
  host.reply((asked) => (asked.kind === 'pick' ? (asked.labels[1] ?? null) : willing(asked)));
  await answering.answer();
  expect(host.asked.find(({ kind }) => kind === 'pick')).toMatchObject({
    labels: ['Deny "one.exe"', 'Approve "two.exe"'],
  });
  expect((await second.answer).structured).toMatchObject({ status: 'applied' });
  expect(place.writesOn(first.id)).toEqual([]);
  expect(place.writesOn(second.id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
});

test('what does not have the digest that is to be signed is not signed', async () => {
  const { place, host, runtime, keys, awaiting, propose } = await open('legacy');
  await propose('deny_request', DENY);
  const [record] = awaiting.plans;
  const key = await keys.get();
  if (!record || !key) throw new Error('nothing is proposed');
  const changed = { ...record.plan, confirmText: 'deny another.exe' };
  const result = await answerPlan(host, runtime, key, { plan: changed, digest: record.digest }, 'deny');
  expect(result).toMatchObject({ status: 'refused', message: expect.stringMatching(/Nothing was sent\.$/) });
  expect(await runtime.ledger()?.read(record.plan.decision)).toMatchObject({ phase: 'planned', left: null });
  expect(writesIn(place)).toEqual([]);
});
