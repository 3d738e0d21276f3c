import { afterAll, afterEach, beforeAll } from 'vitest';
import { openStage, type Stage, type StageOptions } from './stage.ts';

/**
 * One stage for the tests of a file, or of the group in which this is called: opened before the first, closed after the last. What a
 * failed test looked like is kept.
 */
export function useStage(options: StageOptions = {}): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await openStage(options);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const kept = await stage?.workbench.keepEvidence(task.name);
    if (kept !== undefined) process.stderr.write(`What "${task.name}" looked like: ${kept}\n`);
  });
  afterAll(async () => {
    await stage?.close();
  });
  return () => {
    if (!stage) throw new Error('The stage stands only while tests run.');
    return stage;
  };
}
