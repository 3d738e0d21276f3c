import { resolve } from 'node:path';
import { type Sandbox, type SandboxAccounts, sandboxAccounts, startSandbox } from '@countersign/shared/sandbox';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { write } from './output.ts';
import type { Surroundings } from './surroundings.ts';
import { type AccountsFile, invitation } from './view/invitation.ts';
import { recordLines } from './view/record.ts';
import { writeAccounts } from './write-accounts.ts';

export interface SandboxCommandOptions {
  readonly port: number;
  readonly json: boolean;
  readonly write?: string;
  /** Seconds. */
  readonly arrivals?: number;
  readonly rival?: number;
}

const DEFAULT_FILE = 'sandbox-accounts.json';

/** Runs both simulated vendors until the process is told to stop. */
export async function sandbox(options: SandboxCommandOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { output, untilStopped, workingDirectory } = surroundings;
  const stopped = untilStopped();
  const running = await start(options);
  if (typeof running === 'string') {
    output.err(running);
    return FAILED;
  }
  try {
    const accounts = sandboxAccounts(running);
    const file = {
      path: resolve(workingDirectory, options.write ?? DEFAULT_FILE),
      isWritten: options.write !== undefined,
    };
    if (file.isWritten) await writeAccounts(file.path, accounts.file);
    if (options.json) output.out(JSON.stringify(asJson(running, accounts, file), null, 2));
    else write(output, invitation(running, accounts, file, surroundings));
    await stopped;
    if (options.json) return SHOWN;
    write(output, [
      '',
      ...recordLines(output, running.record),
      'The sandbox has ended, and what was decided in it is gone.',
    ]);
    return SHOWN;
  } finally {
    await running.close();
  }
}

function asJson(
  { threatLocker, adminByRequest }: Sandbox,
  accounts: SandboxAccounts,
  { path, isWritten }: AccountsFile,
): Readonly<Record<string, unknown>> {
  return {
    threatLocker: threatLocker.url,
    adminByRequest: adminByRequest.url,
    accountsFile: isWritten ? path : null,
    accounts: accounts.file,
    environment: { ...(isWritten ? { COUNTERSIGN_CONFIG: path } : {}), ...accounts.secrets },
  };
}

/** The sandbox, or a sentence that says why there is none. */
async function start({ port, arrivals, rival }: SandboxCommandOptions): Promise<Sandbox | string> {
  try {
    return await startSandbox({
      threatLockerPort: port,
      adminByRequestPort: port === 0 ? 0 : port + 1,
      ...(arrivals === undefined ? {} : { arrivalsEveryMs: arrivals * 1000 }),
      ...(rival === undefined ? {} : { rival: { everyMs: rival * 1000 } }),
    });
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    return error.code === 'EADDRINUSE'
      ? `Port ${port} or ${port + 1} is in use, perhaps by another sandbox. Choose another: --port ${port + 10}`
      : `The ports ${port} and ${port + 1} can't be used (${error.code}). Choose others with --port.`;
  }
}
