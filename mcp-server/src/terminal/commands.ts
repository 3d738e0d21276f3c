import { KINDS } from '@countersign/shared/approval';
import { ASSIGNED, GROUPINGS, SORTINGS, type Sorting, WAITING } from '@countersign/shared/queue';
import { Command, InvalidArgumentError, Option } from 'commander';
import { MCP_FLAGS } from '../mcp-options.ts';
import { createRuntime } from '../runtime.ts';
import { VERSION } from '../version.ts';
import { confirm } from './confirm.ts';
import { decideCommands } from './decide-commands.ts';
import { doctor } from './doctor.ts';
import { examples } from './examples.ts';
import type { ExitCode } from './exit-code.ts';
import { journalCommands } from './journal-commands.ts';
import { widthOf } from './layout.ts';
import { type ListOptions, list } from './list.ts';
import { openPlans } from './open-plans.ts';
import { pullCommand } from './pull-command.ts';
import { show } from './show.ts';
import type { Surroundings } from './surroundings.ts';
import { watch } from './watch.ts';

/** The commands as they are typed. @param end takes the exit code of the one that ran */
export function commands(surroundings: Surroundings, end: (code: ExitCode) => void): Command {
  const { output } = surroundings;
  const program = new Command('countersign')
    .description(
      "Approval requests of ThreatLocker and Admin By Request, decided only with a person's countersignature.",
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      outputError: (text, write) => write(usageText(text)),
      getOutHelpWidth: () => widthOf(output),
      getErrHelpWidth: () => widthOf(output),
      getOutHasColors: () => output.color,
      getErrHasColors: () => output.color,
    })
    .addHelpText('after', EXAMPLES);

  program
    .command('list')
    .description('Show what waits for a decision')
    .option('--account <id>', 'only this account')
    .option('--organization <text>', 'only organizations whose name holds this, or with this id')
    .addOption(new Option('--kind <kind>', 'only this kind').choices(KINDS))
    .addOption(new Option('--status <status>', 'only this status').choices(WAITING).argParser(waiting))
    .addOption(new Option('--assigned <to>', 'only what you, or nobody, has taken on').choices(ASSIGNED))
    .option('--text <text>', 'only what holds this in file, path, hash, computer, requester or reason')
    .addOption(new Option('--group-by <what>', 'a table for each').choices(GROUPINGS))
    .addOption(
      new Option('--sort <order>', 'which come first; left out: oldest, with --watch newest').choices(SORTINGS),
    )
    .option('--limit <number>', 'show at most so many', wholeNumber(1, 999_999), 100)
    .option('--watch', 'stay, and show what comes and goes; for a program there is countersign pull')
    .addOption(new Option('--json', 'print JSON').conflicts('watch'))
    .addHelpText(
      'after',
      examples(
        ['countersign list --group-by file', 'equal files together'],
        ['countersign list --kind elevation --json', 'for a script'],
        ['countersign list --watch --assigned nobody', 'what nobody has taken on, as it comes'],
      ),
    )
    .action(async ({ watch: stay, sort, ...options }: RawListOptions) =>
      end(
        stay
          ? await watch({ sort: sort ?? 'newest', ...options }, createRuntime(), surroundings)
          : await list({ sort: sort ?? 'oldest', ...options }, createRuntime(), output),
      ),
    );

  program
    .command('show')
    .description('Show one request, with matching applications, research, options and history')
    .argument('<reference>', 'which one: account/id, as list shows it')
    .option('--search <text>', 'ThreatLocker: only existing applications to add to whose name holds this')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        ['countersign show acme/65430033', 'what to notice, and how it could be approved'],
        ['countersign show acme/65430033 --search payroll', 'and by which applications of that name'],
        ['countersign show acme/65430033 --json', 'for a script'],
      ),
    )
    .action(async (reference: string, options: JsonOption & { readonly search?: string }) =>
      end(await show(reference, options, createRuntime(), output)),
    );

  decideCommands(program, surroundings, end);

  program
    .command('confirm')
    .description(
      'Answer a decision that an assistant proposed, as a person at a terminal; without one, list what is open',
    )
    .argument('[decision]', 'which one: its id, as the assistant and the list name it')
    .option('--json', 'print the list, or what became of the decision, as JSON')
    .addHelpText(
      'after',
      examples(
        ['countersign confirm', 'what is open, to take one'],
        ['countersign confirm 8fq2mT1cQkS0xV5yZb7dLw', 'this one, shown whole'],
      ),
    )
    .action(async (decision: string | undefined, options: JsonOption) =>
      end(await confirmCommand(decision, options, surroundings)),
    );

  pullCommand(program, surroundings, end);

  journalCommands(program, output, wholeNumber(1, 999_999), end);

  program
    .command('doctor')
    .description('Say where configuration and state are, and what works for each account')
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['countersign doctor', 'what works, and where not, why']))
    .action(async (options: JsonOption) => end(await doctor(options, createRuntime(), output)));

  program
    .command('sandbox')
    .description('Run both vendors, simulated, on this computer, to try everything without an account')
    .option('--port <number>', 'for ThreatLocker, the next for Admin By Request; 0: any', wholeNumber(0, 65_534), 4810)
    .option('--write <file>', 'write the accounts file to use it with')
    .option('--arrivals [seconds]', 'have new requests arrive', wholeNumber(1, 86_400))
    .option('--rival [seconds]', 'have another approver decide now and then', wholeNumber(1, 86_400))
    .option('--json', 'print as JSON where it runs, and the accounts file and environment to use it with')
    .addHelpText(
      'after',
      examples(
        ['countersign sandbox --write sandbox-accounts.json', 'and how to use it'],
        ['countersign sandbox --port 0 --arrivals 10 --rival', 'a busy queue, on any free port'],
      ),
    )
    .action(async ({ port, write, arrivals, rival, json = false }: RawSandboxOptions) => {
      // Loaded when it is asked for: with Node's HTTP server it takes 20 ms and 7 MB, of any other command too.
      const { sandbox } = await import('./sandbox.ts');
      end(
        await sandbox(
          {
            port,
            json,
            ...(write === undefined ? {} : { write }),
            ...(arrivals === undefined ? {} : { arrivals: arrivals === true ? EVERY_SECONDS : arrivals }),
            ...(rival === undefined ? {} : { rival: rival === true ? EVERY_SECONDS : rival }),
          },
          surroundings,
        ),
      );
    });

  // Never parsed here: mcp.ts is loaded for it.
  const mcp = program.command('mcp').description('Run the MCP server for assistants; most of them start it themselves');
  for (const [flags, says] of MCP_FLAGS) mcp.option(flags, says);
  mcp.addHelpText(
    'after',
    examples(
      ['countersign mcp', 'over standard input and output'],
      ['countersign mcp --http --port 4820', 'over HTTP, on this computer alone'],
      ['countersign mcp --read-only', 'for an assistant that only looks'],
    ),
  );

  program.command('demo', { hidden: true }).action(async () => {
    const { demo } = await import('./demo.ts');
    end(await demo(surroundings));
  });
  return program;
}

async function confirmCommand(
  decision: string | undefined,
  options: JsonOption,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const runtime = createRuntime();
  try {
    return decision === undefined
      ? await openPlans(options, surroundings, runtime)
      : await confirm(decision, options, surroundings, runtime);
  } finally {
    runtime.close();
  }
}

interface JsonOption {
  readonly json?: boolean;
}

interface RawListOptions extends Omit<ListOptions, 'sort'> {
  readonly sort?: Sorting;
  readonly watch?: true;
}

interface RawSandboxOptions {
  readonly port: number;
  readonly write?: string;
  /** `true`: given without a number. */
  readonly arrivals?: number | true;
  readonly rival?: number | true;
  readonly json?: boolean;
}

const EVERY_SECONDS = 30;

const EXAMPLES = `
Examples:
  countersign sandbox --write sandbox-accounts.json   try it without an account
  countersign doctor                                  what works, and where not, why
  countersign list --group-by file                    the queue, equal files together
  countersign list --kind elevation --json            for a script
  countersign show acme/65430033                      one request, by its reference
  countersign approve acme/65430033                   approve it as narrowly as can be, once you confirmed
  countersign deny acme/65430033 --reason "Not ours"  deny it
  countersign confirm                                 what assistants proposed, to answer it
  countersign pull >> requests.jsonl                  what is new, for another system

Exit codes: 0 shown or carried out, 1 something failed or could not be read,
2 wrong usage, 3 nothing was decided by it, 4 it is unclear what was decided,
or it was carried out and standard output could not tell of it.`;

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** Of what is listed, so that whoever asks for what was decided is told where that is. */
function waiting(status: string): string {
  if (WAITING.some((one) => one === status)) return status;
  throw new InvalidArgumentError(
    `Allowed choices are ${WAITING.join(', ')}. What was decided comes with "countersign pull", and for one file stands in "countersign show".`,
  );
}

/** commander's words as a sentence like ours. */
function usageText(text: string): string {
  const sentence = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ');
  const stop = /[.?)]$/.test(sentence) ? '' : '.';
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${stop} "countersign --help" shows what there is.`;
}
