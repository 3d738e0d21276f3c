import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The tests of commands run what was built.
    globalSetup: ['test/support/build.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
