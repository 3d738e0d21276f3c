import { SettingsError } from '@countersign/shared/account';
import { VendorError } from '@countersign/shared/http';
import { LedgerError } from '@countersign/shared/ledger';
import { CommanderError } from 'commander';
import { commands } from './commands.ts';
import { type ExitCode, FAILED, SHOWN, USAGE, worse } from './exit-code.ts';
import type { Output } from './output.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** Runs one command. @param argv without node and script */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { output } = surroundings;
  let code: ExitCode = SHOWN;
  const program = commands(surroundings, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    code = failure(error, output);
  }
  const unwritten = await output.written();
  if (unwritten === null) return code;
  output.err(`Standard output could not be written to the end (${unwritten}).`);
  return worse(code, FAILED);
}

function failure(error: unknown, output: Output): ExitCode {
  // commander has written its own sentence; asked for help or the version, it ends with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? SHOWN : USAGE;
  if (error instanceof UsageError) {
    output.err(error.message);
    return USAGE;
  }
  if (error instanceof SettingsError || error instanceof VendorError || error instanceof LedgerError) {
    output.err(error.message);
    return FAILED;
  }
  throw error;
}
