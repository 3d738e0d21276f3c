import { endOf, storiesIn } from './journal.ts';
import { complaintsAbout } from './oracle.ts';
import type { Run } from './run.ts';
import { isWrite, type Stage } from './stage.ts';
import type { Survivor } from './survivor.ts';
import type { Storm } from './weather.ts';

interface Before {
  /** What the process told of the decision; `null` when it told nothing, or nothing was planned. */
  readonly told: string | null;
  readonly yeses: number;
  readonly weather: Storm | null;
}

/** What comes after a process is gone: what it left is settled without a further write, and the requests can be decided. */
export async function afterwards(
  stage: Stage,
  survivor: Survivor,
  { next }: Run,
  { told, yeses: given, weather }: Before,
): Promise<readonly string[]> {
  const { record } = stage.place.sandbox;
  const complaints: string[] = [];
  let yeses = given;
  const look = async (yesesSoFar: number) =>
    complaints.push(
      ...complaintsAbout({
        truth: stage.truth(),
        writes: stage.writes(),
        journal: await survivor.journal(),
        flaws: await survivor.flaws(),
        yeses: yesesSoFar,
      }),
    );
  if (told !== null) complaints.push(...(await unlikeTold(told, survivor)));
  if (weather) {
    complaints.push(...(await unknownTooSoon(stage, survivor, weather)), ...(await inBadWeather(stage, survivor)));
    yeses += stage.targets.length;
    weather.calm();
  }
  const left = record.length;
  if (next.does === 'reconcile') {
    await survivor.reconcile();
    await look(yeses);
    complaints.push(...(await reconciledAgain(survivor)));
  }
  if (record.length !== left) complaints.push(`${record.length - left} writes left after the restart`);
  const pending = stage.truth().filter(({ status }) => status === 'pending').length;
  for (const { reference, status: held } of stage.truth()) {
    const status = await survivor.decide(reference);
    const wanted = held === 'pending' ? 'applied' : 'already-handled';
    if (status !== wanted) complaints.push(`a new decision on ${reference}, which is ${held}, ended as ${status}`);
  }
  await look(yeses + pending);
  if (record.length !== left + pending)
    complaints.push(`${record.length - left} writes left for ${pending} new decisions`);
  return complaints;
}

async function reconciledAgain(survivor: Survivor): Promise<readonly string[]> {
  const lines = (await survivor.journal()).length;
  // What may still take effect is found again for a while.
  const again = (await survivor.reconcile()).filter((status) => status !== 'not-applied');
  const grown = (await survivor.journal()).length - lines;
  return [
    ...(again.length > 0 ? [`a second reconciliation still found ${again.join(', ')}`] : []),
    ...(grown > 0 ? [`a second reconciliation wrote ${grown} lines`] : []),
  ];
}

/** What the process told of its decision has to be what the journal says. */
async function unlikeTold(told: string, survivor: Survivor): Promise<readonly string[]> {
  const ends = new Set(storiesIn(await survivor.journal()).map((story) => endOf(story)?.status ?? 'nothing'));
  const [only] = ends;
  const whole = ends.size === 1 ? only : 'partial';
  return whole === told ? [] : [`it told ${told}, and the journal says ${[...ends].join(', ')}`];
}

/** The next process tries while the weather is bad: finding out sends nothing, and a new decision is one like any other. */
async function inBadWeather({ place, targets }: Stage, survivor: Survivor): Promise<readonly string[]> {
  const { record } = place.sandbox;
  const left = record.length;
  await survivor.reconcile();
  const grown = record.length - left;
  for (const { reference } of targets) await survivor.decide(reference);
  return grown === 0 ? [] : [`${grown} writes left while it was found out what had become of others`];
}

/** What could be read once after its write is not unknown. */
async function unknownTooSoon({ place }: Stage, survivor: Survivor, weather: Storm): Promise<readonly string[]> {
  const { calls } = place.sandbox;
  return storiesIn(await survivor.journal()).flatMap((story) => {
    if (endOf(story)?.status !== 'unknown') return [];
    const id = story.request.slice(story.request.indexOf('/') + 1);
    const written = calls.findIndex((call) => isWrite(call) && `${call.url} ${call.body}`.includes(id));
    const answered = calls.slice(written + 1).filter((call) => call.url.includes(id) && !weather.struck(call));
    return answered.length === 0 ? [] : [`${story.request} ended as unknown after ${answered.length} good readings`];
  });
}
