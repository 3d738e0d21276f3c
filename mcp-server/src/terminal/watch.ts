import { cleanLine } from '@countersign/shared/text';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, SHOWN } from './exit-code.ts';
import { accountsAsked } from './list.ts';
import { createSeen } from './news.ts';
import { createPictured } from './pictured.ts';
import type { Surroundings } from './surroundings.ts';
import type { QueueOptions } from './triaged-queue.ts';
import { UsageError } from './usage-error.ts';
import { liveLines } from './view/live.ts';
import { watchQueues } from './watched-queues.ts';

const EVERY_MS = 1000;
const NO_SCREEN =
  '"--watch" draws on a terminal that can be redrawn, and standard output is none. "countersign list --json" prints what waits once.';
/** q, Ctrl-C, Ctrl-D. */
const LEAVES: readonly string[] = ['q', 'Q', '\u0003', '\u0004'];

/** Shows what waits until somebody leaves, as it is by then, with what has come and gone meanwhile. */
export async function watch(
  options: QueueOptions,
  runtime: Runtime,
  { output, openLiveScreen, untilStopped }: Surroundings,
): Promise<ExitCode> {
  const { book, triage, now } = runtime;
  const problems: unknown[] = [];
  try {
    const { asked, settings } = await accountsAsked(options, book);
    const { promise: left, resolve: leave } = Promise.withResolvers<void>();
    const screen = openLiveScreen({ key: (key) => press(key), resized: () => draw(), gone: leave });
    if (screen === null) throw new UsageError(NO_SCREEN);
    const seen = createSeen(now);
    const pictured = createPictured({ options, entries: asked, settings, triage, seen });
    const queues = watchQueues(
      asked,
      runtime,
      () => draw(),
      (error) => problems.push(error),
    );

    function draw(): void {
      screen?.draw(liveLines(output, screen.rows, options, pictured.at(queues.sources, now())));
    }

    function press(key: string): void {
      if (LEAVES.includes(key)) leave();
      if (key === 'r') queues.readNow();
      if (key === ' ') {
        seen.markAll(queues.sources);
        pictured.forget();
      }
      draw();
    }

    const ticking = setInterval(draw, EVERY_MS);
    try {
      draw();
      await Promise.race([left, untilStopped()]);
    } finally {
      clearInterval(ticking);
      queues.close();
      screen.close();
    }
    return SHOWN;
  } finally {
    runtime.close();
    const [problem] = problems;
    if (problem instanceof Error)
      output.err(`A queue was not looked at for a while: ${cleanLine(problem.message, 300)}`);
  }
}
