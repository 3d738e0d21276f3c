import { expect, test } from 'vitest';
import type { Decision, PlanTarget } from '../../../../shared/src/approval/index.ts';
import { cleanLine } from '../../../../shared/src/text/index.ts';
import { hostileCorpus } from '../../../hostile-corpus.ts';
import { DECISION, sandboxed } from './setup.ts';

const approve: Decision = { verdict: 'approve', options: {} };
const deny: Decision = { verdict: 'deny', options: { reason: 'Use the company tool "Notes" instead.' } };

async function described(name: string, decision: Decision, alter: (target: PlanTarget) => PlanTarget = (same) => same) {
  const { provider, id } = await sandboxed();
  const prepared = await provider.prepare(id(name), decision, DECISION);
  if (prepared.outcome !== 'ready') throw new Error(prepared.message);
  return provider.describe(alter(prepared.target));
}

test.each([
  [
    'abr-cmd',
    'Allow "NORTHWIND\\kim.approver" to run "C:\\Windows\\System32\\cmd.exe" as administrator once on "NW-LT-201".',
  ],
  ['abr-session', 'Allow "NORTHWIND\\chiara.romano" an administrator session on "NW-LT-203".'],
  ['abr-server', 'Allow "NORTHWIND\\ben.carter" an administrator session on the server "NW-SRV-FILE1".'],
])('approving %s is told in plain words, with its reach and what it may grow into', async (name, summary) => {
  const effect = await described(name, approve);
  expect(effect.summary).toBe(summary);
  expect(effect.reach.level).toBe('computer');
  expect(effect.details.join('\n')).toMatch(/automatic approval/);
  expect(effect.details.join('\n')).toContain('in the name of "approver@northwind.example"');
});

test('denying reaches no computer, and shows the exact reason that is sent', async () => {
  const effect = await described('abr-cmd', deny);
  expect(effect.summary).toBe('Deny "NORTHWIND\\kim.approver" on "NW-LT-201": "C:\\Windows\\System32\\cmd.exe".');
  expect(effect.reach.level).toBe('none');
  expect(effect.details[0]).toBe(
    `Admin By Request tells the requester by e-mail, with this reason: "Use the company tool 'Notes' instead."`,
  );
});

test('a kind that is not known has an unknown reach', async () => {
  const effect = await described('abr-cmd', approve, (target) => ({
    ...target,
    facts: { ...target.facts, actionType: 'type 9 (Run As Admin)' },
  }));
  expect(effect.reach.level).toBe('unknown');
  expect(effect.summary).toContain('type 9');
});

test.each<[string, (write: PlanTarget['write']) => PlanTarget['write']]>([
  ['approves what the plan calls a denial', (write) => ({ ...write, verdict: 'deny' })],
  ['is about another request', (write) => ({ ...write, path: '/requests/1' })],
  ['goes elsewhere', (write) => ({ ...write, path: '/inventory/1' })],
])('a write that %s is not described as one of ours', async (_name, alter) => {
  const effect = await described('abr-cmd', approve, (target) => ({ ...target, write: alter(target.write) }));
  expect(effect.summary).toContain("Don't countersign it");
  expect(effect.reach.level).toBe('unknown');
});

test('a reason that would not be seen as it is sent is not described as one of ours', async () => {
  const effect = await described('abr-cmd', deny, (target) => ({
    ...target,
    write: { ...target.write, path: target.write.path.replace('Use', 'Use%E2%80%8B') },
  }));
  expect(effect.summary).toContain("Don't countersign it");
});

test('what others wrote is cleaned in every line', async () => {
  for (const { text } of hostileCorpus) {
    const effect = await described('abr-cmd', approve, (target) => ({
      ...target,
      facts: { ...target.facts, requester: text, path: text, computer: text, actionType: 'Run As Admin' },
    }));
    for (const line of [effect.summary, ...effect.details, effect.reach.sentence]) {
      expect(cleanLine(line, 10_000)).toBe(line);
    }
  }
});
