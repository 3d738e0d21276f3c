import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Errand } from './errand.ts';

const ERRAND = path.join(import.meta.dirname, 'errand.ts');

export interface Child {
  /** Once it has said this. */
  said(step: string): Promise<void>;
  /** Ended without being asked; how. */
  readonly ended: Promise<number | null>;
  /** Ends it as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Sends a process of its own on an errand. */
export function sendOut(errand: Errand): Child {
  const child: ChildProcess = fork(ERRAND, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const steps = new Set<string>();
  child.on('message', (step) => steps.add(String(step)));
  child.send(errand);
  return {
    ended,
    said: async (step) => {
      while (!steps.has(step)) {
        const next = await Promise.race([once(child, 'message'), ended]);
        if (!Array.isArray(next) && !steps.has(step))
          throw new Error(`it ended with ${next} and never came to ${step}`);
      }
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
