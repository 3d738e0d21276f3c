import { parseArgs } from 'node:util';
import { parseStep, takeSteps } from './look-steps.ts';
import { openStage } from './stage.ts';
import type { Theme } from './workbench/index.ts';

// node test/vscode/look.ts [--themes LIST] [--widths LIST] [STEP…]: pictures of the extension over the sandbox, below out/,
// in each theme and width. README.md has the steps.

const THEMES: readonly Theme[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const WIDTHS = {
  narrow: { window: { width: 900, height: 760 }, sidebar: 220 },
  wide: { window: { width: 1500, height: 900 }, sidebar: 460 },
} as const;
const STEPS = ['open Countersign', 'shot sidebar'];

function chosen<T extends string>(what: string, all: readonly T[], list: string): readonly T[] {
  return list.split(',').map((name) => {
    const found = all.find((one) => one === name);
    if (found === undefined) throw new Error(`"${name}" is none of the ${what}: ${all.join(', ')}.`);
    return found;
  });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    themes: { type: 'string', default: 'light,dark,high-contrast' },
    widths: { type: 'string', default: 'narrow,wide' },
  },
});
const themes = chosen('themes', THEMES, values.themes);
const widths = chosen('widths', ['narrow', 'wide'], values.widths);
const steps = positionals.length > 0 ? positionals : STEPS;
// What can't be understood is said before anything starts.
for (const step of steps) parseStep(step);

for (const theme of themes) {
  for (const width of widths) {
    const { window: size, sidebar } = WIDTHS[width];
    const stage = await openStage({ workbench: { theme, size } });
    try {
      await stage.workbench.setSidebarWidth(sidebar);
      await takeSteps(stage, steps, `${theme} ${width}`);
    } finally {
      await stage.close();
    }
  }
}
