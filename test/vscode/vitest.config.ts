import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/vscode/**/*.e2e.ts'],
    // Each file has a VS Code and a browser of its own: one at a time on two cores.
    fileParallelism: false,
    allowOnly: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As long as Playwright is given for what it waits for.
    expect: { poll: { timeout: 20_000 } },
  },
});
