import { FAILED } from './terminal/exit-code.ts';
import { run } from './terminal/program.ts';
import { nodeSurroundings } from './terminal/surroundings.ts';

/** The terminal command. @param argv without node and script */
export async function main(argv: readonly string[]): Promise<void> {
  // A command that ended because nothing was left to wait for has not done what it was to do.
  process.exitCode = FAILED;
  process.exitCode = await run(argv, nodeSurroundings());
}
