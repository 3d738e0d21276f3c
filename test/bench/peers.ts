import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { openPlace } from '../mcp-server/mcp/place.ts';
import { bareNode, type Figures, figuresOf, type Start, startOnce } from './peers/start.ts';
import { installed, type Subject } from './peers/subjects.ts';
import { report } from './peers/table.ts';

// Countersign beside other servers, in one run: what a client waits for, and what it takes. The first rounds fill caches.

const ROUNDS = 14;
const WARM_UP = 2;

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-peers-'));
const place = await openPlace();
try {
  const subjects = installed(folder);
  const starts = new Map<Subject, Start[]>(subjects.map((subject) => [subject, []]));
  const bare: Figures[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const figures = await bareNode(folder);
    if (round >= WARM_UP) bare.push(figures);
    for (const [subject, all] of starts) {
      const start = await startOnce(subject, place, path.join(folder, `state-${round}`));
      if (round >= WARM_UP) all.push(start);
    }
  }
  report(
    figuresOf(bare),
    [...starts].map(([subject, all]) => ({ subject, start: all[0], figures: figuresOf(all) })),
  );
  process.stdout.write(
    `\nMedians of ${ROUNDS - WARM_UP}, Node ${process.versions.node}; load ${loadavg()[0]?.toFixed(1)}.\n`,
  );
} finally {
  await place.close();
  rmSync(folder, { recursive: true, force: true });
}
