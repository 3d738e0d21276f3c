import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterwards } from './afterwards.ts';
import { preload } from './preload.ts';
import type { Run } from './run.ts';
import { arrivalsFor, callFor } from './scenario.ts';
import { isWrite, openStage, type Stage } from './stage.ts';
import { openSurvivor } from './survivor.ts';
import { WAYS } from './way.ts';
import { IMPATIENT_MS, storm } from './weather.ts';

export interface Performance {
  readonly complaints: readonly string[];
  /** Whether it came to where it was to be killed. */
  readonly isKilledThere: boolean;
  /** What the process told of the decision, if it lived to tell. */
  readonly told: string | null;
  /** How often it committed, and how often it called the vendor. */
  readonly commits: number;
  readonly calls: number;
  /** Which of the calls were writes, counted from 1. */
  readonly writes: readonly number[];
}

/** Runs a decision up to the process's death, starts what comes after it, and holds the journal against the vendor. */
export async function perform(run: Run): Promise<Performance> {
  const stage = await openStage(arrivalsFor(run));
  try {
    const { sandbox } = stage.place;
    const weather = run.weather && storm(sandbox, run.weather);
    const disarm = arm(stage, run);
    const { told, answered, callsAtYes } = await live(stage, run);
    if (run.death.at !== 'never') {
      stage.kill();
      await stage.gone();
    }
    disarm();
    const lived = {
      told,
      isKilledThere: run.death.at === 'commit' || run.death.at === 'call' ? told === null : told !== null,
      commits: commitsIn(stage),
      calls: sandbox.calls.length,
      writes: [...sandbox.calls.entries()].flatMap(([index, call]) => (isWrite(call) ? [index + 1] : [])),
    };
    if (run.rival?.at === 'death') stage.rivalDecides(run.rival.target, run.rival.verdict);
    const unread = unreadWrites(stage, callsAtYes);
    const survivor = openSurvivor(stage, run);
    try {
      const complaints = await afterwards(stage, survivor, run, {
        told: answered === null ? null : told,
        yeses: answered === 'yes' ? 1 : 0,
        weather,
      });
      return { ...lived, complaints: [...unread, ...complaints] };
    } finally {
      survivor.close();
    }
  } finally {
    await stage.close();
  }
}

function commitsFile({ place }: Stage): string {
  return path.join(place.folder, 'commits');
}

function commitsIn(stage: Stage): number {
  const file = commitsFile(stage);
  return existsSync(file) ? readFileSync(file, 'utf8').length : 0;
}

/** Orders death and rival at the vendor. @returns what takes the orders back */
function arm(stage: Stage, { death, rival }: Run): () => void {
  const { faults } = stage.place.sandbox;
  const orders: (() => void)[] = [];
  const at = (number: number) => ({ after: number - 1, times: 1 });
  if (rival && typeof rival.at === 'number') {
    const run = () => stage.rivalDecides(rival.target, rival.verdict);
    orders.push(faults.add({ ...at(rival.at), do: { kind: 'meanwhile', run } }));
  }
  if (death.at === 'call') {
    orders.push(faults.add({ ...at(death.number), do: { kind: 'meanwhile', run: stage.kill } }));
    if (death.moment === 'before') orders.push(faults.add({ ...at(death.number), do: { kind: 'resetBeforeEffect' } }));
  }
  return () => {
    for (const takeBack of orders) takeBack();
  };
}

interface Life {
  readonly told: string | null;
  /** What the person said, if anybody was asked. */
  readonly answered: Run['given'] | null;
  /** How often the vendor had been called before that. */
  readonly callsAtYes: number;
}

async function live(stage: Stage, run: Run): Promise<Life> {
  const { era, way, given, death, rival } = run;
  const call = callFor(
    run,
    stage.targets.map(({ reference }) => reference),
  );
  const env = preload(stage.place.folder, {
    commits: commitsFile(stage),
    ...(death.at === 'commit' ? { dieAtCommit: death } : {}),
    ...(run.weather ? { callTimeout: IMPATIENT_MS } : {}),
  });
  let answered: Run['given'] | null = null;
  let callsAtYes = 0;
  try {
    const proposed = await WAYS[way].propose(stage, { ...call, era, env });
    if ('told' in proposed) return { told: proposed.told, answered, callsAtYes };
    if (rival?.at === 'question') stage.rivalDecides(rival.target, rival.verdict);
    answered = given;
    callsAtYes = stage.place.sandbox.calls.length;
    return { told: await proposed.question.answer(given), answered, callsAtYes };
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('The server ended')) throw error;
    return { told: null, answered, callsAtYes };
  }
}

/** Between the yes and the write each request has to be read again. */
function unreadWrites(stage: Stage, callsAtYes: number): readonly string[] {
  const { calls, record } = stage.place.sandbox;
  return record.flatMap((write) => {
    const [id] = write.requestIds;
    const sinceYes = calls.slice(
      callsAtYes,
      calls.findIndex(({ url, body }) => url === write.url && body === write.body),
    );
    const isRead = sinceYes.some((call) => !isWrite(call) && id !== undefined && call.url.includes(id));
    return isRead ? [] : [`${write.method} ${write.url} left, and nobody had read it again`];
  });
}
