import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ledgerFile } from '@countersign/shared/ledger';
import type { RecordedCall, RecordedWrite, RivalVerdict, Sandbox, Vendor } from '@countersign/shared/sandbox';
import { openPlace, type Place } from '../mcp-server/mcp/place.ts';
import { type Line, lineOf } from './journal.ts';

/** A request that arrives, and what it is made from. */
export interface Arriving {
  readonly vendor: Vendor;
  readonly draft?: object;
}

interface StageTarget {
  readonly vendor: Vendor;
  readonly id: string;
  readonly reference: string;
}

/** What the vendor holds of a request, and whose decision it says it was. */
export interface Truth extends StageTarget {
  readonly status: 'pending' | 'approved' | 'denied';
  readonly by: 'us' | 'rival' | null;
}

/** An attempt to write, and the journal as it stood on disk when the vendor got it. */
export interface SeenWrite {
  readonly write: RecordedWrite;
  readonly journal: readonly Line[];
}

/** Both vendors for one run, the requests that it is about, and the processes that may be killed. */
export interface Stage {
  readonly place: Place;
  readonly stateFolder: string;
  readonly targets: readonly StageTarget[];
  writes(): readonly SeenWrite[];
  truth(): readonly Truth[];
  rivalDecides(target: number, verdict: RivalVerdict): void;
  /** This process dies when the stage says so. */
  isMortal(child: ChildProcess): void;
  kill(): void;
  /** Once all that may be killed are gone. */
  gone(): Promise<void>;
  /** To be done when the run is over. */
  atTheEnd(work: () => void): void;
  close(): Promise<void>;
}

export async function openStage(arriving: readonly Arriving[]): Promise<Stage> {
  const place = await openPlace({ sandbox: { population: 'empty' } });
  const { sandbox } = place;
  const stateFolder = path.join(place.folder, 'state');
  const targets = arriving.map(({ vendor, draft }) => ({ vendor, ...place.arrival(vendor, draft) }));
  const seen: (readonly Line[])[] = [];
  sandbox.faults.add({
    when: { where: isWrite },
    do: { kind: 'meanwhile', run: () => seen.push(journalOnDisk(stateFolder)) },
  });
  const mortals: ChildProcess[] = [];
  const last: (() => void)[] = [];
  return {
    place,
    stateFolder,
    targets,
    writes: () => {
      if (seen.length !== sandbox.record.length) throw new Error('a write came that was not taken for one');
      return sandbox.record.map((write, index) => ({ write, journal: seen[index] ?? [] }));
    },
    truth: () => targets.map((target) => ({ ...target, ...truthOf(place, target) })),
    rivalDecides: (target, verdict) => {
      const decided = targets[target];
      if (decided) sandbox.rivalDecides(decided.vendor, decided.id, verdict);
    },
    isMortal: (child) => mortals.push(child),
    kill: () => {
      for (const child of mortals) child.kill('SIGKILL');
    },
    gone: async () => {
      await Promise.all(mortals.map(hasExited));
    },
    atTheEnd: (work) => last.push(work),
    close: async () => {
      for (const work of last) work();
      for (const child of mortals) child.kill('SIGKILL');
      await Promise.all(mortals.map(hasExited));
      await place.close();
    },
  };
}

/** Whatever is not known to read. */
export function isWrite({ method, path: called }: RecordedCall): boolean {
  if (method === 'GET') return false;
  return !/Get[A-Za-z]*$/.test(called.slice(called.lastIndexOf('/') + 1));
}

async function hasExited(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function journalOnDisk(folder: string): readonly Line[] {
  const file = ledgerFile(folder);
  if (!existsSync(file)) return [];
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db
      .prepare('SELECT seq, decision, phase, request, data FROM journal ORDER BY seq')
      .all()
      .map((row) =>
        lineOf({
          seq: Number(row['seq']),
          decision: String(row['decision']),
          phase: String(row['phase']),
          request: String(row['request']),
          data: String(row['data']),
        }),
      );
  } finally {
    db.close();
  }
}

export const RIVAL = 'Robin Rival';
const THREATLOCKER_STATUS: Readonly<Record<number, Truth['status']>> = { 1: 'pending', 4: 'approved', 10: 'denied' };
const ADMIN_BY_REQUEST_STATUS: Readonly<Record<number, Truth['status']>> = { 0: 'approved', 3: 'denied', 4: 'pending' };

function truthOf({ sandbox }: Place, { vendor, id }: StageTarget): Pick<Truth, 'status' | 'by'> {
  const { status, by } = vendor === 'threatlocker' ? inThreatLocker(sandbox, id) : inAdminByRequest(sandbox, id);
  if (status === undefined) throw new Error(`the vendor holds ${id} in a status that nobody gave it`);
  return { status, by: status === 'pending' ? null : by === RIVAL ? 'rival' : 'us' };
}

function inThreatLocker(sandbox: Sandbox, id: string) {
  const raw = sandbox.raw('threatlocker', id);
  return { status: THREATLOCKER_STATUS[raw?.statusId ?? -1], by: raw?.approvedBy };
}

function inAdminByRequest(sandbox: Sandbox, id: string) {
  const raw = sandbox.raw('admin-by-request', id);
  return { status: ADMIN_BY_REQUEST_STATUS[raw?.statusCode ?? -1], by: raw?.approvedBy ?? raw?.deniedBy };
}
