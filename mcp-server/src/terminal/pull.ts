import { setTimeout as delay } from 'node:timers/promises';
import { SettingsError } from '@countersign/shared/account';
import { VendorError } from '@countersign/shared/http';
import { LedgerError, type OpenLedger } from '@countersign/shared/ledger';
import type { AccountEntry } from '@countersign/shared/provider';
import {
  type PullOptions as PullAccountOptions,
  PullOvertaken,
  pullAccount,
  triageApart,
} from '@countersign/shared/queue';
import { type FindingsOf, pulledLine } from '../present/pulled-line.ts';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import type { Output } from './output.ts';
import { createOutboxReader, type OutboxReader, type PullFormat } from './pull-outbox.ts';
import type { Receiver } from './receiver.ts';
import { unknownAccount } from './unknown-account.ts';
import { UsageError } from './usage-error.ts';

export interface PullOptions {
  /** Empty: all of them. */
  readonly account: readonly string[];
  /** Milliseconds since 1970. */
  readonly since?: number;
  /** Milliseconds; left out: once. */
  readonly every?: number;
  /** Up to which line everything has arrived; left out: what is taken counts as arrived. */
  readonly ack?: number;
  readonly format: PullFormat;
  /** Whether what stands out in a request is looked for. */
  readonly findings?: boolean;
}

export interface PullParts {
  readonly runtime: Runtime;
  readonly ledger: OpenLedger;
  readonly output: Output;
  readonly receiver: Receiver;
  readonly stop: AbortSignal;
}

const MINUTE = 60_000;
const LONGEST_WAIT = 15 * MINUTE;
/** Prolonged while it lasts; a process that hangs for longer gives way to another. */
const TURN = 10 * MINUTE;

/** Prints what came and changed since the last time, for another system. */
export async function pull(options: PullOptions, parts: PullParts): Promise<ExitCode> {
  const { stop, output } = parts;
  const outbox = createOutboxReader(parts, options);
  const waits = new Map<string, Wait>();
  let code: ExitCode = SHOWN;
  for (;;) {
    try {
      code = await pullOnce(options, parts, outbox, waits);
    } catch (error) {
      // Only a pull that stays has another try.
      if (options.every === undefined || !(error instanceof SettingsError || error instanceof LedgerError)) throw error;
      output.err(error.message);
      code = FAILED;
    }
    if (options.every === undefined || stop.aborted) break;
    await delay(options.every, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) break;
  }
  outbox.sayWhatIsKept();
  return stop.aborted ? SHOWN : code;
}

/** How an account that could not be read is left alone for a while. */
interface Wait {
  readonly failures: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

async function pullOnce(
  options: PullOptions,
  parts: PullParts,
  outbox: OutboxReader,
  waits: Map<string, Wait>,
): Promise<ExitCode> {
  const { runtime, ledger, output, stop } = parts;
  const { entries, settings } = await runtime.book.now();
  const asked = accountsAsked(options.account, entries);
  const turns = createTurns(ledger);
  let code: ExitCode = SHOWN;
  try {
    const ours: AccountEntry[] = [];
    for (const entry of asked) {
      const { id } = entry.account;
      if (await turns.take(id)) ours.push(entry);
      else if (options.ack === undefined) {
        output.err(`${id} is being pulled by another process, so it is left out here.`);
        code = FAILED;
      } else {
        output.err(
          `${id} is being pulled by another process. What is acknowledged is acknowledged for all accounts at once, so nothing was acknowledged, and nothing is printed. Try again later.`,
        );
        return FAILED;
      }
    }
    const ids = ours.map(({ account }) => account.id);
    // All of them first, and then only what is new: so whoever has a line has every one with a lower number.
    await outbox.begin(ids, turns.prolong);
    for (const entry of ours) {
      const { id } = entry.account;
      if (stop.aborted) break;
      const wait = waits.get(id);
      if (wait !== undefined && runtime.now() < wait.until) continue;
      const findingsOf = options.findings ? triageApart({ now: runtime.now(), settings }) : undefined;
      const one = { since: options.since ?? null, findingsOf, prolong: turns.prolong, deliver: outbox.deliver };
      const failure = await pullOne(entry, one, parts);
      if (failure === null) {
        if (wait !== undefined) output.err(`${id} could be read again.`);
        waits.delete(id);
        continue;
      }
      output.err(`${id}: ${failure.message}`);
      waits.set(id, waitAfter(failure, wait, options.every ?? 0, runtime.now()));
      code = FAILED;
    }
  } catch (error) {
    if (!(error instanceof PullOvertaken)) throw error;
    // No account is read after it: with --ack, lines that are printed after another process's would acknowledge those, too.
    output.err(error.message);
    code = FAILED;
  } finally {
    await turns.end();
  }
  return code;
}

/** @returns why it could not be read to its end @throws PullOvertaken */
async function pullOne(
  entry: AccountEntry,
  {
    findingsOf,
    ...rest
  }: Pick<PullAccountOptions, 'since' | 'prolong' | 'deliver'> & { readonly findingsOf: FindingsOf },
  { runtime, ledger, output, stop }: PullParts,
): Promise<Error | null> {
  // One for each reading, because what hangs on a signal stays with it as long as the signal lives.
  const reading = new AbortController();
  const end = () => reading.abort();
  stop.addEventListener('abort', end);
  if (stop.aborted) end();
  try {
    await pullAccount(entry, {
      ...rest,
      ledger,
      lineOf: (event) => pulledLine(event, new Date(runtime.now()).toISOString(), findingsOf),
      warn: (sentence) => output.err(sentence),
      signal: reading.signal,
    });
    return null;
  } catch (error) {
    if (error instanceof VendorError && error.kind === 'cancelled' && stop.aborted) return null;
    if (error instanceof VendorError) return error;
    throw error;
  } finally {
    stop.removeEventListener('abort', end);
  }
}

function waitAfter(failure: Error, before: Wait | undefined, every: number, now: number): Wait {
  const failures = (before?.failures ?? 0) + 1;
  const asked = failure instanceof VendorError ? (failure.retryAfterMs ?? 0) : 0;
  const backOff = Math.min(every * 2 ** (failures - 1), Math.max(every, LONGEST_WAIT));
  return { failures, until: now + Math.max(asked, failures === 1 ? 0 : backOff) };
}

function accountsAsked(named: readonly string[], entries: readonly AccountEntry[]): readonly AccountEntry[] {
  if (entries.length === 0) throw new UsageError('The accounts file names no account, so there is nothing to pull.');
  for (const name of named) {
    if (!entries.some(({ account }) => account.id === name)) throw unknownAccount(name, entries);
  }
  return entries.filter(({ account }) => named.length === 0 || named.includes(account.id));
}

/** One process pulls an account at a time. */
function createTurns(ledger: OpenLedger) {
  const held = new Set<string>();
  const source = (account: string) => `pull ${account}`;
  let prolongedAt = performance.now();
  return {
    take: async (account: string): Promise<boolean> => {
      const isTaken = await ledger.takeTurn(source(account), TURN);
      if (isTaken) held.add(account);
      return isTaken;
    },
    prolong: async (): Promise<void> => {
      if (performance.now() - prolongedAt < MINUTE) return;
      prolongedAt = performance.now();
      for (const account of held) {
        if (!(await ledger.takeTurn(source(account), TURN))) {
          throw new PullOvertaken(
            `Another process has taken ${account} over, because this one stood still for too long.`,
          );
        }
      }
    },
    end: async (): Promise<void> => {
      for (const account of held) await ledger.endTurn(source(account));
    },
  };
}
