import { expect, test } from 'vitest';
import { type Answer, type Connection, connect, ERAS, typed } from '../mcp-server/mcp/client.ts';
import { complaintsAbout } from './oracle.ts';
import { calmRun } from './plan-runs.ts';
import { callFor, VENDORS, VERDICTS } from './scenario.ts';
import { openStage, type Stage } from './stage.ts';
import { openSurvivor } from './survivor.ts';

const REQUESTS = 20;
const PER_VERDICT = 4;
/** Tries of one process on one request; others have it in hand meanwhile. */
const MOST_TRIES = 1000;

interface Decider {
  readonly verdict: (typeof VERDICTS)[number];
  readonly connection: Connection;
}

/** What a process is told of a request in the end. */
interface Report {
  readonly verdict: Decider['verdict'];
  readonly reference: string;
  readonly status: unknown;
  readonly text: string;
}

async function deciders(stage: Stage): Promise<readonly Decider[]> {
  const wanted = VERDICTS.flatMap((verdict) => Array.from({ length: PER_VERDICT }, (_, index) => ({ verdict, index })));
  return await Promise.all(
    wanted.map(async ({ verdict, index }) => ({
      verdict,
      connection: await connect(stage.place, { era: ERAS[index % 2] ?? 'legacy', name: `${verdict} ${index}` }),
    })),
  );
}

/** Proposes, and has it confirmed, until the request is decided, by this process or another. */
async function decide(
  { verdict, connection }: Decider,
  vendor: 'threatlocker' | 'admin-by-request',
  reference: string,
) {
  const { tool, args } = callFor({ vendor, verdict }, [reference]);
  let answer: Answer | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    answer = await connection.call(tool, args, typed);
    if (!isInOthersHands(answer)) break;
  }
  return { verdict, reference, status: answer?.structured['status'], text: answer?.text ?? '' };
}

function isInOthersHands({ structured, text }: Answer): boolean {
  return structured['status'] === 'refused' && /already waits for a person, or is being carried out/.test(text);
}

test('eight processes, four approving and four denying the same twenty requests: each is decided once, and all eight tell it', async () => {
  const stage = await openStage(
    Array.from({ length: REQUESTS }, (_, index) => ({ vendor: VENDORS[index % 2] ?? 'threatlocker' })),
  );
  try {
    const all = await deciders(stage);
    const reports = await Promise.all(
      all.map(async (decider) => {
        const own: Report[] = [];
        for (const { vendor, reference } of stage.targets) own.push(await decide(decider, vendor, reference));
        return own;
      }),
    );
    for (const { connection } of all) expect((await connection.call('list_accounts', {})).isError).toBe(false);
    expect(all.map(({ connection }) => connection.noise())).toEqual(all.map(() => ''));
    const yeses = all.reduce((sum, { connection }) => sum + connection.asked(), 0);
    await Promise.all(all.map(({ connection }) => connection.close()));

    for (const { reference, status: held } of stage.truth()) {
      const told = reports.flat().filter((report) => report.reference === reference);
      expect(told).toHaveLength(all.length);
      const applied = told.filter(({ status }) => status === 'applied');
      expect(applied.map(({ verdict }) => (verdict === 'approve' ? 'approved' : 'denied'))).toEqual([held]);
      for (const { status, text } of told.filter((report) => !applied.includes(report))) {
        expect(status).toBe('already-handled');
        expect(text).toContain(held);
      }
    }
    const survivor = openSurvivor(stage, {
      ...calmRun({ vendor: 'threatlocker', verdict: 'approve', targets: 1, way: 'elicitation' }),
      next: { does: 'reconcile', as: 'program' },
    });
    try {
      expect(await survivor.reconcile()).toEqual([]);
      const journal = await survivor.journal();
      const flaws = await survivor.flaws();
      expect(complaintsAbout({ truth: stage.truth(), writes: stage.writes(), journal, flaws, yeses })).toEqual([]);
    } finally {
      survivor.close();
    }
    const effects = stage.writes().filter(({ write }) => write.effect === 'applied');
    expect(new Set(effects.map(({ write }) => write.requestId)).size).toBe(REQUESTS);
    expect(effects).toHaveLength(REQUESTS);
    process.stdout.write(
      `${stage.writes().length} writes left for ${REQUESTS} requests; a person was asked ${yeses} times.\n`,
    );
  } finally {
    await stage.close();
  }
});
