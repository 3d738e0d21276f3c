import { cleanLine } from '@countersign/shared/text';

/** One line in the server's log. */
export function complain(error: unknown): void {
  process.stderr.write(`countersign: ${cleanLine(error instanceof Error ? error.message : String(error), 500)}\n`);
}
