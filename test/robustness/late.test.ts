import { expect, test } from 'vitest';
import { endOf, storiesIn } from './journal.ts';
import { calmRun } from './plan-runs.ts';
import { preload } from './preload.ts';
import { arrivalsFor, callFor, VENDORS } from './scenario.ts';
import { isWrite, openStage } from './stage.ts';
import { openSurvivor } from './survivor.ts';
import { WAYS } from './way.ts';

test.for(VENDORS)('%s: a write that takes effect after it was found not to have is found out later', async (vendor) => {
  const run = calmRun({ vendor, verdict: 'deny', targets: 1, way: 'elicitation' });
  const stage = await openStage(arrivalsFor(run));
  try {
    const { sandbox } = stage.place;
    sandbox.faults.add({ when: { where: isWrite }, times: 1, do: { kind: 'meanwhile', run: stage.kill } });
    sandbox.faults.add({ when: { where: isWrite }, times: 1, do: { kind: 'resetBeforeEffect' } });
    const call = callFor(
      run,
      stage.targets.map(({ reference }) => reference),
    );
    const proposed = await WAYS[run.way].propose(stage, { ...call, era: run.era, env: preload(stage.place.folder) });
    if (!('question' in proposed)) throw new Error(`nobody was asked: ${proposed.told}`);
    await proposed.question.answer('yes').catch(() => undefined);
    await stage.gone();
    const survivor = openSurvivor(stage, run);
    stage.atTheEnd(() => survivor.close());
    const end = async () => storiesIn(await survivor.journal()).map((story) => endOf(story)?.status);

    expect(await survivor.reconcile()).toEqual(['not-applied']);
    // What a slow vendor does with the call that it had received all along.
    const { threatLocker, adminByRequest, record } = sandbox;
    const [sent] = record;
    if (!sent) throw new Error('nothing was sent');
    const { 'content-length': _, connection: __, host: ___, ...headers } = sent.headers;
    const origin = vendor === 'threatlocker' ? threatLocker.url : adminByRequest.url;
    await fetch(origin + sent.url, { method: sent.method, headers, ...(sent.body ? { body: sent.body } : {}) });
    expect(stage.truth()).toMatchObject([{ status: 'denied', by: 'us' }]);

    await survivor.reconcile();
    expect(await end()).toEqual(['applied']);
  } finally {
    await stage.close();
  }
});
