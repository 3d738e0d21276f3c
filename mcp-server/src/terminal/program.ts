import { SettingsError } from '@countersign/shared/account';
import { VendorError } from '@countersign/shared/http';
import { GROUPINGS } from '@countersign/shared/queue';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { createRuntime, VERSION } from '../runtime.ts';
import { demo } from './demo.ts';
import { type ExitCode, FAILED, SHOWN, USAGE } from './exit-code.ts';
import { KINDS, type ListOptions, list, SORTINGS, STATUSES } from './list.ts';
import type { Output } from './output.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** Runs one command. @param argv without node and script */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { output } = surroundings;
  let code: ExitCode = SHOWN;
  const program = describe(surroundings, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return failure(error, output);
  }
}

function failure(error: unknown, output: Output): ExitCode {
  // commander has written its own sentence; asked for help or the version, it ends with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? SHOWN : USAGE;
  if (error instanceof UsageError) {
    output.err(error.message);
    return USAGE;
  }
  if (error instanceof SettingsError || error instanceof VendorError) {
    output.err(error.message);
    return FAILED;
  }
  throw error;
}

function describe(surroundings: Surroundings, end: (code: ExitCode) => void): Command {
  const { output } = surroundings;
  const program = new Command('countersign')
    .description(
      "Approval requests of ThreatLocker and Admin By Request, decided only with a person's countersignature.",
    )
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('("countersign --help" shows what there is)')
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      getOutHelpWidth: () => output.columns,
      getErrHelpWidth: () => output.columns,
      getOutHasColors: () => output.color,
      getErrHasColors: () => output.color,
    });
  program
    .command('list')
    .description('show what waits for a decision')
    .option('--account <id>', 'only this account')
    .option('--organization <text>', 'only organizations whose name holds this, or with this id')
    .addOption(new Option('--kind <kind>', 'only this kind').choices(KINDS))
    .addOption(new Option('--status <status>', 'only this status').choices(STATUSES))
    .option('--text <text>', 'only what holds this in file, path, hash, computer, requester or reason')
    .addOption(new Option('--group-by <what>', 'one table each').choices(GROUPINGS))
    .addOption(new Option('--sort <order>', 'which come first').choices(SORTINGS).default('oldest'))
    .option('--limit <number>', 'show at most so many', wholeNumber, 100)
    .option('--json', 'print JSON')
    .action(async (options: ListOptions) => end(await list(options, createRuntime(), output)));
  program.command('demo', { hidden: true }).action(async () => end(await demo(surroundings)));
  return program;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}
