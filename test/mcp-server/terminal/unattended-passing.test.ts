import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { type Sandbox, startSandbox } from '@countersign/shared/sandbox';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRuntime } from '../../../mcp-server/src/runtime.ts';
import { nodeOutput } from '../../../mcp-server/src/terminal/output.ts';
import { unattendedLines } from '../../../mcp-server/src/terminal/unattended-lines.ts';
import { UNATTENDED_SECRET } from '../../support/world.ts';
import { accountsOf, buildIfMissing, countersign, temporaryFolder } from './command.ts';

let sandbox: Sandbox;
let secretFile: string;
let env: Record<string, string>;
beforeEach(async () => {
  sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  secretFile = path.join(temporaryFolder(), 'unattended');
  writeFileSync(secretFile, UNATTENDED_SECRET, { mode: 0o600 });
  const unattended = { unattended: { secret: { file: secretFile } } };
  env = {
    ...accountsOf(sandbox, { threatLocker: unattended, adminByRequest: unattended }),
    COUNTERSIGN_STATE_DIR: temporaryFolder(),
  };
});

const reference = (name: string) => `acme-abr/${sandbox.requests.find((request) => request.name === name)?.id}`;

/** `countersign deny -` for days, with a clock that the test moves. */
function longLived() {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const clock = { now: Date.now() };
  const answers = new PassThrough({ objectMode: true });
  const next = answers[Symbol.asyncIterator]();
  const input = new PassThrough();
  const ended = unattendedLines(
    'deny',
    {
      input,
      output: nodeOutput(process.stdout, process.stderr),
      deliver: async (line) => {
        answers.write(JSON.parse(line));
        return null;
      },
      untilStopped: () => new Promise<void>(() => undefined),
    },
    { ...createRuntime(), now: () => clock.now },
  );
  const deny = async (name: string): Promise<unknown> => {
    const attested = { countersignedBy: 'Kim Approver', ticket: 'INC0010042' };
    const line = { request: reference(name), verdict: 'deny', ...attested, reason: 'Not needed.' };
    input.write(`${JSON.stringify(line)}\n`);
    return (await next.next()).value;
  };
  onTestFinished(async () => {
    input.end();
    await ended;
  });
  return { clock, deny };
}

const NOT_BEGUN = { status: 'not-applied', message: expect.stringMatching(/^Not begun, because/) };

describe('what fails once', () => {
  test('in fetching the secret is tried again after a minute', async () => {
    rmSync(secretFile);
    const { clock, deny } = longLived();
    expect(await deny('abr-cmd')).toMatchObject({
      status: 'not-applied',
      message: expect.stringMatching(/secret for unattended decisions on "acme-abr" can't be had/),
    });
    writeFileSync(secretFile, UNATTENDED_SECRET, { mode: 0o600 });
    clock.now += 59_000;
    expect(await deny('abr-cmd')).toMatchObject(NOT_BEGUN);
    expect(sandbox.record).toEqual([]);
    clock.now += 1000;
    expect(await deny('abr-cmd')).toMatchObject({ status: 'applied' });
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('at the vendor, too', async () => {
    const { clock, deny } = longLived();
    const mend = sandbox.faults.add({ when: { vendor: 'admin-by-request' }, do: { kind: 'status', status: 401 } });
    expect(await deny('abr-cmd')).toMatchObject({ status: 'not-applied' });
    mend();
    expect(await deny('abr-cmd')).toMatchObject(NOT_BEGUN);
    clock.now += 60_000;
    expect(await deny('abr-cmd')).toMatchObject({ status: 'applied' });
    expect(sandbox.record).toHaveLength(1);
  });
});

test('a secret that can not be fetched ends one decision with 1, as it may be there next time', async () => {
  buildIfMissing();
  rmSync(secretFile);
  const attested = ['--countersigned-by', 'Kim Approver', '--ticket', 'INC0010042', '--reason', 'Not needed.'];
  expect((await countersign(['deny', reference('abr-cmd'), ...attested], env)).code).toBe(1);
  expect(sandbox.record).toEqual([]);
});
