import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The tests of commands run what was built.
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/**/*.test.ts'],
    // By default one core stays idle, which is half of what there is on two; the tests wait for processes most of the time.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Like a test's time, for machines that are busy.
    expect: { poll: { timeout: 20_000 } },
  },
});
