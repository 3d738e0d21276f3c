import { unattendedSecret } from '@countersign/shared/account';
import { parseReference } from '@countersign/shared/approval';
import { proveUnattended } from '@countersign/shared/decide';
import { type JournalHead, type OpenLedger, parseHead } from '@countersign/shared/ledger';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { createRuntime } from '../runtime.ts';
import { examples } from './examples.ts';
import type { ExitCode } from './exit-code.ts';
import { instant } from './instant.ts';
import { type JournalListOptions, listJournal, verifyJournal } from './journal.ts';
import { exportJournal, FORMATS, type JournalExportOptions } from './journal-export.ts';
import { reconcileJournal } from './journal-reconcile.ts';
import type { Output } from './output.ts';

/** `countersign journal …` as it is typed. */
export function journalCommands(
  program: Command,
  output: Output,
  limit: (text: string) => number,
  end: (code: ExitCode) => void,
): void {
  const journal = program.command('journal').description('Show, prove and export what was decided here');

  journal
    .command('list')
    .description('Show the lines of the journal, newest first')
    .option('--request <reference>', 'only what is about this request: account/id', reference)
    .option('--since <date>', 'only from then on: 2026-11-21 (in UTC) or 2026-11-21T08:00:00+01:00', instant)
    .option('--limit <number>', 'show at most so many', limit, 50)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        ['countersign journal list --request acme/65430033', 'all about one request'],
        ['countersign journal list --since 2026-11-01 --json', 'for a script'],
      ),
    )
    .action(async (options: JournalListOptions) => end(await listJournal(options, output)));

  journal
    .command('verify')
    .description('Check that no line was changed, inserted, reordered or removed')
    .option(
      '--head <seq:digest>',
      'and that it continues this head, which an earlier export or verification named',
      head,
    )
    .option('--unattended', 'and that the accounts’ secrets prove what a job carried back; reads those secrets')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        ['countersign journal verify', 'that nothing was changed'],
        ['countersign journal verify --head "$(cat head)"', 'nor cut off since that head was kept'],
      ),
    )
    .action(async ({ unattended, ...options }: VerifyOptions) =>
      end(await verifyJournal(options, output, unattended ? proving : null)),
    );

  journal
    .command('reconcile')
    .description('Find out what became of writes whose process ended before it could tell; sends nothing')
    .option('--json', 'print JSON')
    .addHelpText('after', examples(['countersign journal reconcile', 'after a crash']))
    .action(async (options: { readonly json?: boolean }) =>
      end(await reconcileJournal(options, createRuntime(), output)),
    );

  journal
    .command('export')
    .description('Write every line whole, and name the head to keep elsewhere')
    .addOption(
      new Option('--format <format>', 'JSON Lines, or CSV for a spreadsheet').choices(FORMATS).default('jsonl'),
    )
    .option('--output <file>', 'into this new file instead of standard output')
    .addHelpText(
      'after',
      examples(
        ['countersign journal export --output journal.jsonl', 'the head to keep is told at the end'],
        ['countersign journal export --format csv --output journal.csv', 'for a spreadsheet'],
      ),
    )
    .action(async (options: JournalExportOptions) => end(await exportJournal(options, output)));
}

interface VerifyOptions {
  readonly head?: JournalHead;
  readonly unattended?: boolean;
  readonly json?: boolean;
}

async function proving(ledger: OpenLedger) {
  const runtime = createRuntime();
  try {
    return await proveUnattended(ledger, await runtime.book.now(), (account) => unattendedSecret(account));
  } finally {
    runtime.close();
  }
}

function reference(text: string): string {
  if (parseReference(text)) return text;
  throw new InvalidArgumentError('A reference looks like account/id.');
}

function head(text: string): JournalHead {
  const known = parseHead(text);
  if (known) return known;
  throw new InvalidArgumentError('A head is a number, a colon and 64 hexadecimal digits.');
}
