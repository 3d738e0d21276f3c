import { type Command, InvalidArgumentError, Option } from 'commander';
import { createRuntime } from '../runtime.ts';
import { approveOptionsOf, denyOptionsOf, type RawApproveOptions } from './approve-options.ts';
import { askReason } from './ask-reason.ts';
import { decide } from './decide.ts';
import { approveHelp, denyHelp } from './decide-help.ts';
import type { ExitCode } from './exit-code.ts';
import type { Prompt } from './prompt.ts';
import type { Surroundings } from './surroundings.ts';
import { unattended } from './unattended.ts';
import { unattendedLines } from './unattended-lines.ts';
import { carriedApproval, carriedDenial, LINES, linesAlone, type RawDenyOptions } from './unattended-options.ts';
import { UsageError } from './usage-error.ts';

/** `countersign approve` and `countersign deny` as they are typed. */
export function decideCommands(program: Command, surroundings: Surroundings, end: (code: ExitCode) => void): void {
  program
    .command('approve')
    .description('Approve requests, once you have seen what that does and typed what is asked for')
    .argument('<reference...>', REFERENCES)
    .addOption(
      new Option('--matching <id>', 'permit this matching application, with everything in it').conflicts([
        'existing',
        'new',
      ]),
    )
    .addOption(new Option('--existing <id>', 'add the file to this application').conflicts('new'))
    .option('--new [name]', 'make a new application for it, also where one matches')
    .addOption(
      new Option('--by <rule>', 'what the application knows the file by; left out: hash').choices([
        'hash',
        'properties',
        'maintenance',
      ]),
    )
    .option('--path <path>', 'of a rule by properties, two of which it needs')
    .option('--process <path>', 'likewise: what started it')
    .option('--certificate <subject>', 'likewise: who signed it')
    .option('--created-by <path>', 'likewise: what wrote it')
    .addOption(
      new Option('--mode <mode>', 'of --by maintenance, which opens the computer for an hour').choices([
        'installation',
        'learning',
        'monitor',
      ]),
    )
    .option('--scope <whom>', 'computer, organization or group:<id>; left out: computer')
    .addOption(new Option('--group <id>', 'the same as --scope group:<id>').conflicts('scope'))
    .addOption(
      new Option('--elevation <mode>', 'whether it runs with administrator rights').choices([
        'none',
        'elevate',
        'silent',
      ]),
    )
    .option('--hours <number>', 'end of the elevation; left out: none', hours)
    .option('--expires <instant>', 'end of the approval, such as 2027-01-31T17:00:00+01:00')
    .option('--ticket <number>', 'ticket number')
    .addOption(countersignedBy())
    .option('--comment <text>', 'for colleagues only')
    .option('--notify <text>', 'message to the requester')
    .option('--json', 'print JSON')
    .addHelpText('after', () => approveHelp(surroundings.output))
    .action(async (references: readonly string[], { json = false, ...raw }: RawApproveOptions & CommonOptions) => {
      const { countersignedBy: person, ...options } = raw;
      if (references.includes(LINES)) {
        linesAlone(references, raw);
        return end(await unattendedLines('approve', surroundings, createRuntime()));
      }
      if (person !== undefined) {
        const order = carriedApproval(references, person, options);
        return end(await unattended(order, { json }, surroundings.output, createRuntime()));
      }
      const decision = { verdict: 'approve', options: approveOptionsOf(options) } as const;
      end(await decide(references, async () => decision, { json }, surroundings, createRuntime()));
    });

  program
    .command('deny')
    .description('Deny requests, once you have seen what that does and typed what is asked for')
    .argument('<reference...>', REFERENCES)
    .option('--reason <text>', 'one clear sentence, which the requester may read; left out: asked for')
    .option('--notify <text>', 'ThreatLocker: message to the requester')
    .option('--ticket <number>', 'ticket number, with --countersigned-by')
    .addOption(countersignedBy())
    .option('--json', 'print JSON')
    .addHelpText('after', () => denyHelp(surroundings.output))
    .action(async (references: readonly string[], { json = false, ...raw }: RawDenyOptions & CommonOptions) => {
      const { reason, ticket, countersignedBy: person, ...more } = raw;
      if (references.includes(LINES)) {
        linesAlone(references, raw);
        return end(await unattendedLines('deny', surroundings, createRuntime()));
      }
      if (person !== undefined) {
        const order = carriedDenial(references, person, raw);
        return end(await unattended(order, { json }, surroundings.output, createRuntime()));
      }
      if (ticket !== undefined) {
        throw new UsageError('"--ticket" names where a denial was decided: add "--countersigned-by", or leave it out.');
      }
      const denial = (text: string) =>
        ({ verdict: 'deny', options: denyOptionsOf({ reason: text, ...more }) }) as const;
      const given = reason === undefined ? null : denial(reason);
      const asked = async (prompt: Prompt) => {
        const text = await askReason(prompt);
        return text === null ? null : denial(text);
      };
      end(
        await decide(
          references,
          async (prompt) => given ?? (await asked(prompt)),
          { json },
          surroundings,
          createRuntime(),
        ),
      );
    });
}

interface CommonOptions {
  readonly json?: boolean;
  readonly countersignedBy?: string;
}

function countersignedBy(): Option {
  return new Option(
    '--countersigned-by <name>',
    'who decided it in the ticket system: it is carried out without asking anybody here, if the account allows that',
  );
}

const REFERENCES =
  'which: account/id, as list shows them; all of one vendor; or "-": decisions of a ticket system as JSON Lines';

function hours(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1) return number;
  throw new InvalidArgumentError('It must be a whole number of hours.');
}
