import { type Sandbox, startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { UNATTENDED_SECRET, UNATTENDED_VARIABLE } from '../../support/world.ts';
import { carrying } from './carrying.ts';
import { accountsOf, buildIfMissing, temporaryFolder } from './command.ts';

beforeAll(buildIfMissing);

const unattended = { unattended: { secret: { env: UNATTENDED_VARIABLE } } };

interface Delivery {
  readonly sandbox: Sandbox;
  readonly env: Record<string, string>;
  readonly decisions: readonly { readonly request: string }[];
}

async function delivery(verb: 'approve' | 'deny', names: readonly string[]): Promise<Delivery> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const env = {
    ...accountsOf(
      sandbox,
      { threatLocker: unattended, adminByRequest: unattended },
      { [UNATTENDED_VARIABLE]: UNATTENDED_SECRET },
    ),
    COUNTERSIGN_STATE_DIR: temporaryFolder(),
  };
  const decisions = names.map((name) => {
    const found = sandbox.requests.find((request) => request.name === name);
    const request = `${found?.vendor === 'threatlocker' ? 'acme' : 'acme-abr'}/${found?.id}`;
    const reason = verb === 'deny' ? { reason: 'Not needed.' } : {};
    return { request, verdict: verb, countersignedBy: 'Kim Approver', ticket: 'INC0010042', ...reason };
  });
  return { sandbox, env, decisions };
}

/** Delivers everything, and is killed at the call of this number. @returns whether it got that far */
async function killedAt(
  call: number,
  verb: 'approve' | 'deny',
  { sandbox, env, decisions }: Delivery,
): Promise<boolean> {
  const job = carrying(verb, env);
  let isKilled = false;
  const run = () => {
    isKilled = true;
    job.signal('SIGKILL');
  };
  const mend = sandbox.faults.add({ after: call, times: 1, do: { kind: 'meanwhile', run } });
  for (const decision of decisions) job.line(decision);
  job.end();
  await job.ended;
  mend();
  return isKilled;
}

const IS_LONG = process.env['COUNTERSIGN_LONG'] === '1';
const CASES: readonly (readonly ['approve' | 'deny', readonly string[]])[] = IS_LONG
  ? [
      ['deny', ['abr-cmd', 'obsidian-contoso']],
      ['approve', ['abr-obsidian', 'unsigned-downloads']],
    ]
  : [
      ['deny', ['abr-cmd']],
      ['approve', ['unsigned-downloads']],
    ];

test.each(CASES)(
  '%s: a job that is killed at any of its calls delivers again, and each decision is sent once (%j)',
  async (verb, names) => {
    let call = 0;
    for (;;) {
      const stage = await delivery(verb, names);
      if (!(await killedAt(call, verb, stage))) break;
      const again = carrying(verb, stage.env);
      for (const decision of stage.decisions) again.line(decision);
      again.end();
      const { answers } = await again.ended;
      const isDone = answers.map(({ status, carriedOut }) => status === 'applied' || carriedOut !== undefined);
      expect({ call, answers, isDone }).toMatchObject({ isDone: names.map(() => true) });
      const applied = stage.sandbox.record.filter(({ effect }) => effect === 'applied');
      const written = applied.map(({ verdict }) => verdict);
      expect({ call, written }).toEqual({ call, written: names.map(() => verb) });
      expect(new Set(applied.map(({ requestId }) => requestId)).size).toBe(names.length);
      call += 1;
    }
    // It was killed at all of them: reading the request, reading it again, the write, and reading what became of it.
    expect(call).toBeGreaterThanOrEqual(4);
  },
  180_000,
);
