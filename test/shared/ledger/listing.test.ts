import { type ApprovalRequest, type Plan, planDigest } from '@countersign/shared/approval';
import type { OpenLedger } from '@countersign/shared/ledger';
import { expect, test } from 'vitest';
import { planFor, TERMINAL } from './plan.ts';
import { inFile, open, openIn, outcome, temporaryFolder } from './setup.ts';

const SHA256 = 'ab'.repeat(32);
const asked = { subject: { sha256: SHA256, path: null, certificates: null } } as ApprovalRequest;

/** Decides on requests for one file, from plan to outcome. */
async function decide(ledger: OpenLedger, requests: readonly string[]): Promise<string> {
  const { plan: bare } = planFor(requests);
  const targets = bare.targets.map((target) => ({ ...target, facts: { ...target.facts, sha256: SHA256 } }));
  const plan: Plan = { ...bare, targets };
  await ledger.open(plan, planDigest(plan), { client: 'client-1', name: 'a test' }, 'terminal');
  await ledger.answer(plan.decision, 'confirmed', TERMINAL);
  for (const request of requests) {
    const { request: reference } = outcome(request, 'applied');
    await ledger.begin(plan.decision, reference);
    await ledger.finish(plan.decision, outcome(request, 'applied'));
  }
  return plan.decision;
}

test('earlier decisions are those of the accounts that may be seen, a batch only with all of its accounts', async () => {
  const ledger = openIn(temporaryFolder());
  const one = await decide(ledger, ['one/1']);
  const other = await decide(ledger, ['other/1']);
  const both = await decide(ledger, ['one/2', 'other/2']);
  const seen = async (accounts?: readonly string[]) =>
    (await ledger.earlier(asked, 10, accounts)).map(({ decision, request }) => `${decision} ${request}`).toSorted();
  const all = [`${one} one/1`, `${other} other/1`, `${both} one/2`, `${both} other/2`].toSorted();
  expect(await seen()).toEqual(all);
  expect(await seen(['other', 'one'])).toEqual(all);
  expect(await seen(['one'])).toEqual([`${one} one/1`]);
  expect(await seen(['on'])).toEqual([]);
  expect(await seen([])).toEqual([]);
});

test('rows that somebody changed are left out of a list, and make no page shorter', async () => {
  const folder = temporaryFolder();
  const ledger = openIn(folder);
  const decisions: string[] = [];
  for (const request of ['one/1', 'one/2', 'one/3', 'one/4']) {
    decisions.unshift((await open(ledger, [request], `client-${request}`)).decision);
  }
  const [newest, changed, third, oldest] = decisions as [string, string, string, string];
  inFile(folder, (db) => {
    db.prepare("UPDATE decisions SET plan = replace(plan, 'one/3', 'one/9') WHERE decision = ?").run(changed);
  });
  const ids = async (limit: number) => (await ledger.list({ limit })).map(({ plan }) => plan.decision);
  expect(await ids(10)).toEqual([newest, third, oldest]);
  expect(await ids(2)).toEqual([newest, third]);
  expect(await ids(3)).toEqual([newest, third, oldest]);
  expect(await ids(0)).toEqual([]);
});
