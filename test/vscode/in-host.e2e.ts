import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const file = (name: string) => path.join(import.meta.dirname, name);

test.each(['current', 'floor'])(
  'the suite inside the extension host passes, started as test-electron does (%s)',
  async (host) => {
    const child = spawn(process.execPath, [file('run-in-host.ts')], {
      env: { ...process.env, COUNTERSIGN_VSCODE: host, VSCODE_TEST_EXECUTABLE: file('code-stand-in.ts') },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that all of it ends with the test.
      detached: true,
    });
    onTestFinished(() => {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    });
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    process.stdout.write(output);
    expect({ code: child.exitCode, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/\[in-host\] +[1-9]\d* passing/);
  },
);
