import { type Channel, type ElicitationReach, parseSettings, type Settings } from '@countersign/shared/account';
import type { ReachLevel, Verdict } from '@countersign/shared/approval';
import { chooseChannel, type PlannedDecision } from '@countersign/shared/decide';
import { describe, expect, test } from 'vitest';

const KEY = 'ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

interface Case {
  readonly listening: boolean;
  readonly canElicit: boolean;
  readonly channels: readonly Channel[];
  readonly reach: ReachLevel;
  readonly allowed: ElicitationReach;
  readonly keys: boolean;
  /** Something that nobody may confirm in a hurry was found in the second target. */
  readonly stop: boolean;
  readonly verdict: Verdict;
}

const SETTINGS = parseSettings(
  JSON.stringify({
    accounts: [
      { id: 'one', provider: 'threatlocker', instance: 'g', apiToken: { env: 'A' } },
      { id: 'two', provider: 'threatlocker', instance: 'g', apiToken: { env: 'B' } },
    ],
  }),
  'accounts.json',
);

function settingsFor({ keys }: Case): Settings {
  return { ...SETTINGS, confirmation: { ...SETTINGS.confirmation, approverKeys: keys ? [KEY] : [] } };
}

/** The part of a plan that the choice looks at; the second account allows everything. */
function planFor({ channels, reach, allowed, stop, verdict }: Case): PlannedDecision {
  const [one, two] = SETTINGS.accounts;
  const found = stop ? [{ id: 'masquerade', severity: 'stop', message: 'It is no document.' }] : [];
  return {
    plan: { verdict },
    findings: [{ findings: [{ id: 'unsigned', severity: 'caution' }] }, { findings: found }],
    reach,
    accounts: [
      { account: { ...two, elicitationReach: 'any' } },
      { account: { ...one, channels, elicitationReach: allowed } },
    ],
  } as unknown as PlannedDecision;
}

function chosen(of: Case): string {
  const { listening, canElicit } = of;
  const route = chooseChannel(planFor(of), settingsFor(of), { isExtensionListening: listening, canElicit });
  return 'channel' in route ? route.channel : `refused by ${route.refusedBy}`;
}

const ALL: readonly Channel[] = ['extension', 'terminal', 'elicitation'];
const USUAL: Case = {
  listening: false,
  canElicit: true,
  channels: ALL,
  reach: 'computer',
  allowed: 'computer',
  keys: false,
  stop: false,
  verdict: 'approve',
};

describe('how a person is asked', () => {
  test.each<readonly [string, Partial<Case>, string]>([
    ['an editor that listens comes first', { listening: true }, 'extension'],
    ['also for what holds a stop and reaches far', { listening: true, stop: true, reach: 'unknown' }, 'extension'],
    ['also with keys', { listening: true, keys: true }, 'extension'],
    ['unless an account does not allow it', { listening: true, channels: ['terminal', 'elicitation'] }, 'elicitation'],
    ["else the client's form", {}, 'elicitation'],
    ['a client without one leaves the terminal', { canElicit: false }, 'terminal'],
    ['so do approver keys', { keys: true }, 'terminal'],
    ['so does an account', { channels: ['extension', 'terminal'] }, 'terminal'],
    ['so does a stop', { stop: true }, 'terminal'],
    ['but it may be denied through a form', { stop: true, verdict: 'deny' }, 'elicitation'],
    ['a wider reach than the computer leaves the terminal', { reach: 'group' }, 'terminal'],
    [
      'a reach that is not known is wider than an organization',
      { reach: 'unknown', allowed: 'organization' },
      'terminal',
    ],
    ['an account may allow more', { reach: 'group', allowed: 'group' }, 'elicitation'],
    ['an account may allow anything', { reach: 'unknown', allowed: 'any' }, 'elicitation'],
    ['any reach is no leave for a stop', { reach: 'unknown', allowed: 'any', stop: true }, 'terminal'],
    ['no terminal either: refused', { channels: ['extension'] }, 'refused by guardrail'],
    [
      'no terminal, and a client that has no form',
      { channels: ['elicitation'], canElicit: false },
      'refused by client',
    ],
    ['only a form, and keys', { channels: ['elicitation'], keys: true }, 'refused by guardrail'],
    ['only a form, and too wide', { channels: ['elicitation'], reach: 'group' }, 'refused by guardrail'],
  ])('%s', (_title, changes, expected) => {
    expect(chosen({ ...USUAL, ...changes })).toBe(expected);
  });

  const SUBSETS = Array.from({ length: 8 }, (_none, bits) => ALL.filter((_channel, index) => bits & (1 << index)));
  const REACHES: readonly ReachLevel[] = ['none', 'computer', 'group', 'organization', 'unknown'];
  const ALLOWED: readonly ElicitationReach[] = ['computer', 'group', 'organization', 'any'];
  const BOOLEANS = [false, true];
  /** Written out, so that it shares nothing with what it checks. */
  const FITS: Readonly<Record<ElicitationReach, readonly ReachLevel[]>> = {
    computer: ['none', 'computer'],
    group: ['none', 'computer', 'group'],
    organization: ['none', 'computer', 'group', 'organization'],
    any: REACHES,
  };

  function* every(): Generator<Case> {
    for (const listening of BOOLEANS)
      for (const canElicit of BOOLEANS)
        for (const channels of SUBSETS)
          for (const reach of REACHES)
            for (const allowed of ALLOWED)
              for (const keys of BOOLEANS)
                for (const stop of BOOLEANS)
                  for (const verdict of ['approve', 'deny', 'take-ownership'] as const)
                    yield { listening, canElicit, channels, reach, allowed, keys, stop, verdict };
  }

  function expected({ listening, canElicit, channels, reach, allowed, keys, stop, verdict }: Case): string {
    const may = new Set(channels);
    if (listening && may.has('extension')) return 'extension';
    const isBad = stop && verdict === 'approve';
    if (canElicit && may.has('elicitation') && !keys && !isBad && FITS[allowed].includes(reach)) return 'elicitation';
    if (may.has('terminal')) return 'terminal';
    return canElicit ? 'refused by guardrail' : 'refused by client';
  }

  test('in every combination of editor, form, channels, reach, keys, stop and verdict', () => {
    const cases = [...every()];
    expect(cases).toHaveLength(2 * 2 * 8 * 5 * 4 * 2 * 2 * 3);
    expect(cases.filter((of) => chosen(of) !== expected(of))).toEqual([]);
  });
});
