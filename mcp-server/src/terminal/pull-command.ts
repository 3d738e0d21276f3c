import v8 from 'node:v8';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openUserLedger } from '../open-user-ledger.ts';
import { createRuntime } from '../runtime.ts';
import { type ExitCode, FAILED } from './exit-code.ts';
import { instant } from './instant.ts';
import { type PullOptions, pull } from './pull.ts';
import { PULL_FORMATS } from './pull-outbox.ts';
import { nodeReceiver, ReceiverGone } from './receiver.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** `countersign pull` as it is typed. */
export function pullCommand(program: Command, surroundings: Surroundings, end: (code: ExitCode) => void): void {
  program
    .command('pull')
    .description('Print what came and changed since the last pull, for another system')
    .option('--account <id>', 'only this account; may be repeated', (id: string, ids: string[] = []) => [...ids, id])
    .option(
      '--since <date>',
      'the first time: only what was requested from then on (2026-11-21, or 2026-11-21T08:00:00+01:00)',
      instant,
    )
    .addOption(new Option('--once', 'pull once and end, as it does by default').conflicts('every'))
    .option('--every <time>', 'stay, and pull again and again: 60s, 5m, 1h', duration)
    .option(
      '--ack [seq]',
      'keep lines until a later pull says with the last one’s "seq" that they arrived; until then they are printed again',
      lineNumber,
    )
    .addOption(
      new Option('--format <format>', 'JSON Lines, or CSV for a spreadsheet').choices(PULL_FORMATS).default('jsonl'),
    )
    .option('--findings', 'tell of what waits also what a person should notice')
    .addHelpText('after', EXAMPLES)
    .action(async (raw: RawOptions) => end(await run(raw, surroundings)));
}

interface RawOptions extends Omit<PullOptions, 'account' | 'ack'> {
  readonly account?: readonly string[];
  /** `true`: given without a number. */
  readonly ack?: number | true;
}

async function run(
  { account = [], ack, ...rest }: RawOptions,
  { output, untilStopped }: Surroundings,
): Promise<ExitCode> {
  if (ack !== undefined && rest.every !== undefined) {
    throw new UsageError('"--ack" is for pulls that end: the next one says what has arrived. Leave out "--every".');
  }
  workInLittleRoom();
  const stopping = new AbortController();
  const stopped = untilStopped().then(() => stopping.abort());
  const ledger = openUserLedger();
  const runtime = createRuntime();
  try {
    return await pull(
      { ...rest, account, ...(ack === undefined ? {} : { ack: ack === true ? 0 : ack }) },
      { runtime, ledger, output, receiver: nodeReceiver(process.stdout), stop: stopping.signal },
    );
  } catch (error) {
    if (!(error instanceof ReceiverGone)) throw error;
    output.err(error.message);
    return FAILED;
  } finally {
    runtime.close();
    ledger.close();
    void stopped;
  }
}

/**
 * A first pull may read a hundred thousand requests, page by page, and V8 would rather let the heap grow than collect what
 * the pages leave: to 270 MB instead of 145, for a tenth of the time. It heeds these from now on.
 */
function workInLittleRoom(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  v8.setFlagsFromString('--heap-growing-percent=40');
  // Collects beside the work, begun with most of the room still free.
  v8.setFlagsFromString('--incremental-marking-soft-trigger=90');
  v8.setFlagsFromString('--incremental-marking-hard-trigger=80');
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const SHORTEST = 10_000;
const LONGEST = 24 * 3_600_000;

function duration(text: string): number {
  const [, number, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (ms >= SHORTEST && ms <= LONGEST) return ms;
  throw new InvalidArgumentError('It must be a time from 10s to 24h, such as 60s or 5m.');
}

function lineNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be the "seq" of a line.');
}

const EXAMPLES = `
Each line holds "seq", "request" (the reference), "event" (pending, changed, gone), "at",
and the request. Nothing is lost when the command ends anywhere: a line is printed again,
letter for letter, until it was taken.

Examples:
  countersign pull >> requests.jsonl               what is new since the last time
  countersign pull --since 2026-11-01              the first time, not what is older
  countersign pull --every 60s | our-importer      stays, and prints as it comes
  countersign pull --format csv > new.csv          for a spreadsheet
  countersign pull --ack > new.jsonl               keeps the lines until …
  countersign pull --ack 1795339800057 > new.jsonl … this one and those before it have arrived`;
