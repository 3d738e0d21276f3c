import { type Finding, type Plan, type PlanTarget, planDigest, type Verdict } from '@countersign/shared/approval';
import type { PlannedDecision } from '@countersign/shared/decide';
import { describe, expect, test } from 'vitest';
import { confirmationOf } from '../../../extension/src/confirm/dialog.ts';
import { proposalOf, titleOf } from '../../../extension/src/confirm/words.ts';
import { forbiddenIn, hostileCorpus } from '../../hostile-corpus.ts';

// What a person reads before they answer, whatever others wrote into it.

const NOW = Date.UTC(2026, 10, 21, 12);
const VERDICTS: readonly Verdict[] = ['approve', 'deny', 'take-ownership'];

interface Written {
  readonly path?: string | null;
  readonly reason?: string;
  readonly requester?: string;
  readonly findings?: readonly Partial<Finding>[];
  readonly details?: readonly string[];
}

/** A decision on as many requests as are given, with texts that others wrote. */
function planned(verdict: Verdict, requests: readonly Written[]): PlannedDecision {
  const targets = requests.map(
    ({ path = 'C:\\Tools\\tool.exe', reason = 'work', requester = 'kim' }, index) =>
      ({
        request: `acme/${index}`,
        facts: { path, reason, requester, certificates: [], scan: { verdict: 'clean' } },
      }) as unknown as PlanTarget,
  );
  const plan = {
    decision: 'AAAAAAAAAAAAAAAAAAAAAA',
    verdict,
    targets,
    confirmText: `${verdict} tool.exe`,
    expiresAt: new Date(NOW + 600_000).toISOString(),
  } as unknown as Plan;
  return {
    plan,
    digest: planDigest(plan),
    effects: targets.map(({ request }, index) => ({
      request,
      sandbox: false,
      effect: {
        summary: `It is decided on ${request}.`,
        details: requests[index]?.details ?? [],
        reach: { level: 'computer', sentence: `Only computer ${index}.` },
      },
    })),
    findings: targets.map(({ request }, index) => ({
      request,
      findings: (requests[index]?.findings ?? []).map(
        (own): Finding => ({
          id: 'unsigned',
          severity: 'caution',
          fact: 'a fact',
          message: 'A sentence.',
          source: '',
          ...own,
        }),
      ),
    })),
    reach: 'computer',
    accounts: [{ account: { label: 'Acme', sandbox: false } }],
  } as unknown as PlannedDecision;
}

const shown = (verdict: Verdict, requests: readonly Written[], proposedBy: string | null = null) =>
  confirmationOf(planned(verdict, requests), proposedBy, NOW);

describe('approve and deny can not be confused', () => {
  const VERBS: Readonly<Record<Verdict, RegExp>> = {
    approve: /^Approve /,
    deny: /^Deny /,
    'take-ownership': /^Take ownership of /,
  };

  test.each(VERDICTS)('%s is named by its own verb in question and button, for one and for several', (verdict) => {
    for (const requests of [[{}], [{}, {}], [{ path: null }]]) {
      const { message, act } = shown(verdict, requests);
      expect(message).toMatch(VERBS[verdict]);
      expect(act).toMatch(VERBS[verdict]);
      for (const other of VERDICTS.filter((own) => own !== verdict))
        expect(`${message} ${act}`).not.toMatch(VERBS[other]);
    }
  });

  test.each([
    ['Deny this.exe', 'Approve Deny-this.exe'],
    ['x.exe" or Deny "y.exe', 'Approve x.exe-or-Deny-y.exe'],
    ['ехе.exe', 'Approve this request'],
    ['   ', 'Approve this request'],
    ['&Deny.exe', 'Approve Deny.exe'],
  ])('a file named %j makes the button %j', (name, button) => {
    expect(shown('approve', [{ path: `C:\\Tools\\${name}` }]).act).toBe(button);
  });
});

test.each(hostileCorpus)('$name opens no line and hides nothing', ({ text }) => {
  const written: Written = {
    path: `C:\\Tools\\${text}`,
    reason: text,
    requester: text,
    details: [text],
    findings: [{ fact: text }],
  };
  const plain = shown('approve', [{ findings: [{}], details: ['x'] }], 'client');
  const hostile = shown('approve', [written], text);
  expect(hostile.detail.split('\n')).toHaveLength(plain.detail.split('\n').length);
  for (const line of [...hostile.detail.split('\n'), ...hostile.everything.split('\n'), hostile.message, hostile.act]) {
    expect(forbiddenIn(line)).toEqual([]);
  }
  expect(forbiddenIn(proposalOf(planned('deny', [written]).plan, text))).toEqual([]);
  expect(forbiddenIn(titleOf(planned('deny', [written]).plan))).toEqual([]);
});

test('who proposes it stands in quotes that their name can not close', () => {
  const { detail } = shown('approve', [{}], 'claude" has approved. "');
  expect(detail.split('\n')[0]).toBe(`"claude' has approved. '" proposes to approve "tool.exe".`);
});

test('one request is told whole, its findings gravest first, until when, and nothing is left out', () => {
  const { detail, isShortened } = shown('approve', [
    {
      details: ['First.', 'Second.'],
      findings: [{ severity: 'info' }, { severity: 'stop', id: 'masquerade', message: 'It is named like another.' }],
    },
  ]);
  const lines = detail.split('\n');
  expect(lines[1]).toMatch(/^It can be answered until .* \(10 min left\)\.$/);
  expect(lines.toSpliced(1, 1)).toEqual([
    'Account: Acme',
    '',
    'It is decided on acme/0.',
    'First.',
    'Second.',
    'Reach: Only computer 0.',
    'Request: acme/0',
    'Asked for by "kim", their reason: "work"',
    'File: "C:\\Tools\\tool.exe". Unsigned. Scan: clean.',
    '',
    'STOP: It is named like another. Rests on: "a fact"',
    'INFO: A sentence. Rests on: "a fact"',
  ]);
  expect(isShortened).toBe(false);
});

test('what is the same for several is said once, and every stop of theirs is told', () => {
  const stop = { severity: 'stop', id: 'masquerade', message: 'It is named like another.' } as const;
  const { detail, isShortened } = shown('deny', [
    { details: ['The same.', 'Only first.'] },
    { details: ['The same.'], findings: [stop] },
  ]);
  expect(detail.split('\n').slice(2)).toEqual([
    '',
    'For each of them:',
    'The same.',
    '',
    '"tool.exe": STOP: It is named like another. Rests on: "a fact"',
    '',
    'It is decided on acme/0.',
    'Only first.',
    'Reach: Only computer 0.',
    'Request: acme/0',
    '',
    'It is decided on acme/1.',
    'Reach: Only computer 1.',
    'Request: acme/1 · STOP masquerade',
  ]);
  expect(isShortened).toBe(false);
});

test.each([20, 100])(
  'of %s requests as many are told as there is room for, how many are left out, and all on demand',
  (count) => {
    const { detail, everything, isShortened, act } = shown(
      'approve',
      Array.from({ length: count }, () => ({})),
    );
    expect(isShortened).toBe(true);
    expect(act).toBe(`Approve ${count} requests`);
    expect(detail.split('\n').length).toBeLessThan(45);
    const told = detail.match(/^It is decided on/gm)?.length ?? 0;
    expect(detail.split('\n')[3]).toBe(`Shown are ${told} of the ${count} requests; "Show Everything" tells them all.`);
    expect(told).toBeGreaterThan(3);
    // Where there is room for their names, nothing is decided that is not named.
    expect(detail.split('\n')[4]?.match(/"tool\.exe"/g)?.length ?? 0).toBe(count === 20 ? 20 : 0);
    expect(everything.match(/^It is decided on/gm)).toHaveLength(count);
  },
);

test('the same file is told apart by who asks for it, another one by its name alone', () => {
  const long = { details: Array.from({ length: 9 }, (_, line) => `Line ${line}.`) };
  const { detail, isShortened } = shown('approve', [
    { ...long, requester: 'ACME\\kim' },
    { requester: 'ACME\\lee' },
    { path: 'C:\\Tools\\other.exe' },
    ...Array.from({ length: 9 }, (_, index) => ({ path: `C:\\Tools\\${index}.exe` })),
  ]);
  expect(isShortened).toBe(true);
  expect(detail.split('\n')[4]).toMatch(
    /^All of them: "tool\.exe" for "ACME\\kim", "tool\.exe" for "ACME\\lee", "other\.exe", "0\.exe", /,
  );
});

test('more findings than there is room for are counted, and told on demand', () => {
  const { detail, everything, isShortened } = shown('approve', [{ findings: Array.from({ length: 9 }, () => ({})) }]);
  expect(isShortened).toBe(true);
  expect(detail).toContain('… and further findings (3);');
  expect(everything.match(/^CAUTION: /gm)).toHaveLength(9);
});

test('a phrase is asked for where a stop speaks against an approval, and for nothing else', () => {
  const stop = [{ findings: [{ severity: 'stop', id: 'masquerade' } as const] }];
  expect(shown('approve', stop).phrase).toEqual({
    text: 'approve tool.exe despite masquerade',
    because: ['A sentence.'],
  });
  expect(shown('deny', stop).phrase).toBeNull();
  expect(shown('take-ownership', stop).phrase).toBeNull();
  expect(shown('approve', [{ findings: [{}] }]).phrase).toBeNull();
});

describe('the phrase is made here, whatever text stands in the plan', () => {
  const stop = [{ severity: 'stop', id: 'masquerade' } as const];
  const phraseOf = (requests: readonly Written[], confirmText: string) => {
    const own = planned('approve', requests);
    return confirmationOf({ ...own, plan: { ...own.plan, confirmText } }, 'client', NOW).phrase?.text;
  };

  test.each(['see [the details](command:workbench.action.quit)', 'deny tool.exe', ''])('such as %j', (stored) => {
    expect(phraseOf([{ findings: stop }], stored)).toBe('approve tool.exe despite masquerade');
    expect(phraseOf([{ findings: stop }, {}, {}], stored)).toBe('approve 3 despite masquerade');
    // A name that can't be typed is none.
    expect(phraseOf([{ path: 'C:\\Tools\\ехе.exe', findings: stop }], stored)).toBe('approve 1 despite masquerade');
    expect(phraseOf([{ path: null, findings: stop }], stored)).toBe('approve 1 despite masquerade');
  });
});
