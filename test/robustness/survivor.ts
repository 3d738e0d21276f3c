import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { loadSettings, nodeIo } from '@countersign/shared/account';
import { createDecisions } from '@countersign/shared/decide';
import type { OpenLedger } from '@countersign/shared/ledger';
import { createAccountBook, createProvider } from '@countersign/shared/provider';
import { openLines } from '../mcp-server/mcp/lines.ts';
import { type Place, SERVER } from '../mcp-server/mcp/place.ts';
import { openLedgerIn } from '../support/ledger.ts';
import { ask, reply } from './ask.ts';
import { type Line, lineOf } from './journal.ts';
import { preload } from './preload.ts';
import type { Run } from './run.ts';
import { callFor, decisionFor } from './scenario.ts';
import type { Stage } from './stage.ts';
import { IMPATIENT_MS } from './weather.ts';

/** What starts after a process was killed, and finds its ledger. */
export interface Survivor {
  /** @returns the statuses of what was left without an outcome */
  reconcile(): Promise<readonly string[]>;
  /** Plans anew and confirms what is asked. @returns the decision's status */
  decide(reference: string): Promise<string>;
  flaws(): Promise<readonly string[]>;
  journal(): Promise<readonly Line[]>;
  close(): void;
}

/** The client layer over the same folder, which is what another process sees; or the command and the server themselves. */
export function openSurvivor(stage: Stage, run: Run): Survivor {
  const ledger = openLedgerIn(stage.stateFolder);
  const common = {
    journal: async () => (await ledger.rows(0, Number.MAX_SAFE_INTEGER)).map(lineOf),
    close: () => ledger.close(),
  };
  return run.next.as === 'library'
    ? { ...common, ...asLibrary(stage.place, ledger, run) }
    : { ...common, ...asProgram(stage.place, run) };
}

type Doing = Pick<Survivor, 'reconcile' | 'decide' | 'flaws'>;

function asLibrary(place: Place, ledger: OpenLedger, run: Run): Doing {
  const io = { ...nodeIo(), env: place.env };
  const limits = { firstRetryDelayMs: 1, ...(run.weather ? { timeoutMs: IMPATIENT_MS } : {}) };
  const book = createAccountBook(
    () => loadSettings(io),
    (account) => createProvider(account, { fetch, io, userAgent: 'countersign-test/0', limits }),
  );
  const decisions = createDecisions({ book, openLedger: () => ledger, verifyDelays: [0, 1, 1] });
  const decision = decisionFor(run);
  return {
    reconcile: async () => (await decisions.reconcile()).map(({ status }) => status),
    decide: async (reference) => {
      const planning = await decisions.plan({
        requests: [reference],
        decision,
        proposer: { client: 'survivor', name: 'a test' },
        mayDecide: () => true,
        route: () => ({ channel: 'terminal', because: null }),
      });
      if (!planning.planned) return planning.result.status;
      const { plan, digest } = planning.decision;
      const typed = { kind: 'typed', text: plan.confirmText } as const;
      return (await decisions.answer(plan.decision, digest, typed, { channel: 'terminal', who: 'a test' })).status;
    },
    flaws: async () => (await ledger.verify()).map(({ message }) => message),
  };
}

function asProgram(place: Place, run: Run): Doing {
  const env = preload(place.folder, run.weather ? { callTimeout: IMPATIENT_MS } : {});
  const command = async (...args: readonly string[]): Promise<unknown> => {
    const child = spawn(process.execPath, [SERVER, ...args, '--json'], {
      env: { ...place.env, ...env },
    });
    child.stdin.end();
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    if (errors !== '') throw new Error(`countersign ${args.join(' ')} complained: ${errors}`);
    return JSON.parse(output);
  };
  return {
    reconcile: async () => {
      const { targets } = (await command('journal', 'reconcile')) as { targets: { status: string }[] };
      return targets.map(({ status }) => status);
    },
    decide: async (reference) => {
      const lines = await openLines(place, { era: run.era, env });
      try {
        const { tool, args } = callFor(run, [reference]);
        const called = await ask(lines, tool, args);
        return 'told' in called ? called.told : await reply(called.asked, 'yes');
      } finally {
        await lines.end();
      }
    },
    flaws: async () => {
      const { flaws } = (await command('journal', 'verify')) as { flaws: { message: string }[] };
      return flaws.map(({ message }) => message);
    },
  };
}
