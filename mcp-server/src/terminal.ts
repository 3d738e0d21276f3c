import { run } from './terminal/program.ts';
import { nodeSurroundings } from './terminal/surroundings.ts';

/** The terminal command. @param argv without node and script */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await run(argv, nodeSurroundings());
}
