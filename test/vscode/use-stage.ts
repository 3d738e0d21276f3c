import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openStage, type Stage, type StageOptions } from './stage.ts';

/**
 * One stage for the tests of a file, or of the group in which this is called: opened before the first, closed after the last. What a
 * failed test looked like is kept.
 *
 * @param prepare what all of the tests begin with
 */
export function useStage(options: StageOptions = {}, prepare?: (stage: Stage) => Promise<void>): () => Stage {
  let stage: Stage | undefined;
  const keep = async (name: string) => {
    const kept = await stage?.workbench.keepEvidence(name);
    if (kept !== undefined) process.stderr.write(`What "${name}" looked like: ${kept}\n`);
  };
  beforeAll(async () => {
    stage = await openStage(options);
    try {
      await prepare?.(stage);
    } catch (error) {
      await keep(`before ${path.basename(expect.getState().testPath ?? '')}`);
      throw error;
    }
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keep(`${path.basename(task.file.name)} ${task.name}`);
  });
  afterAll(async () => {
    await stage?.close();
  });
  return () => {
    if (!stage) throw new Error('The stage stands only while tests run.');
    return stage;
  };
}
