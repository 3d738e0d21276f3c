import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

// keeper.ts FOLDER PROGRAM ARG… runs a program in a process group of its own, until the program ends or whoever started
// this ends: then the group is stopped and the folder removed. So nothing stays behind a test run that is killed.

const [folder, program, ...args] = process.argv.slice(2);
if (folder === undefined || program === undefined) throw new Error('Usage: keeper.ts FOLDER PROGRAM ARG…');

const GRACE_MS = 5000;
const child = spawn(program, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

function signal(name: NodeJS.Signals | 0): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, name);
  } catch {
    // Nobody is left in the group.
    return false;
  }
}

/** The group's other processes end after its first; a signal that reaches nobody says that all have. */
function whenGone(then: () => void, deadline = Date.now() + GRACE_MS): void {
  if (!signal(0)) then();
  else {
    if (Date.now() > deadline) signal('SIGKILL');
    setTimeout(() => whenGone(then, deadline), 20);
  }
}

let ending = false;
const end = () => {
  if (ending) return;
  ending = true;
  signal('SIGTERM');
  whenGone(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    process.exit();
  });
};

child.on('exit', end);
child.on('error', end);
// Whoever started this holds the other end of stdin, and the system closes it with that process however it ends.
process.stdin.on('end', end).on('error', end).resume();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, end);
