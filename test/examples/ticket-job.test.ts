import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const README = readFileSync(path.join(ROOT, 'examples/ticket-job/README.md'), 'utf8');

/** The commands of "Try it", in their order. */
function commands(): readonly string[] {
  const section = README.split(/^## /m).find((part) => part.startsWith('Try it')) ?? '';
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
}

/** Two that follow one another, and are free. */
async function freePorts(): Promise<number> {
  const port = await listenOn(0);
  return (await listenOn(port + 1).catch(() => null)) === null ? await freePorts() : port;
}

function listenOn(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Runs a script as a person pastes it, and ends whatever it leaves running. */
async function pasted(script: string): Promise<{ readonly code: number | null; readonly printed: string }> {
  const ports = { SANDBOX_PORT: String(await freePorts()), TICKETS_PORT: String(await listenOn(0)) };
  const shell = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: ROOT,
    env: { PATH: `${path.dirname(process.execPath)}:${process.env['PATH']}`, HOME: ROOT, ...ports },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const endAll = () => {
    try {
      process.kill(-(shell.pid ?? 0), 'SIGKILL');
    } catch {
      // All of its group have ended.
    }
  };
  onTestFinished(endAll);
  // What it left running would keep its output open.
  shell.once('exit', endAll);
  let printed = '';
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    shell.once('close', resolve);
  });
  return { code, printed };
}

test.skipIf(process.platform === 'win32')(
  'the job does what its README says, by the commands that stand there',
  async () => {
    const [install, ...rest] = commands();
    // Whoever runs the tests has done that.
    expect(install).toBe('npm ci && npm run build\n');
    const marks = rest.map((block, index) => `echo "== ${index}"\n${block}`);
    const { code, printed } = await pasted(marks.join('\n'));
    expect({ code, printed }).toMatchObject({ code: 0 });
    const parts = printed.split(/^== \d+\n/m).slice(1);
    const [, , doctor = '', , filed = '', , carried = ''] = parts;
    expect(doctor.match(/✓ works {4}unattended/g)).toHaveLength(2);
    expect(filed.match(/"title"/g)).toHaveLength(27);
    const [approved, denied] = carried
      .split(/^}$/m)
      .slice(0, 2)
      .map((text) => ({ text, ticket: parsed(`${text}}`) }));
    expect(approved?.ticket).toMatchObject({
      request: 'sandbox-abr/65430034',
      state: 'closed',
      carried: true,
      notes: [
        expect.stringMatching(/^approve, decided by Kim Approver: applied\./),
        expect.stringMatching(/^The vendor says: approved/),
      ],
    });
    expect(denied?.ticket).toMatchObject({
      request: 'sandbox-abr/65430033',
      state: 'closed',
      carried: true,
      notes: [
        expect.stringMatching(/^deny, decided by Kim Approver: applied\./),
        expect.stringMatching(/^The vendor says: denied/),
      ],
    });
    expect(carried).toMatch(/countersigned by "Kim Approver" for ticket "TCK-\d+", unattended/);
  },
);

function parsed(text: string): unknown {
  return JSON.parse(text.slice(text.indexOf('{')));
}
