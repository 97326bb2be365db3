import { defineConfig } from 'vitest/config';
import { countingReporter } from './tools/src/reporter.ts';

export default defineConfig({
  test: {
    globalSetup: ['tools/src/testing/global-setup.ts'],
    environment: 'node',
    include: ['apps/**/*.test.ts', 'libs/**/*.test.ts', 'tools/**/*.test.ts'],
    reporters: ['default', countingReporter()],
    // Modules are pure, and so are the same for every file: they are loaded once a worker, not once a file.
    isolate: false,
    // Vitest leaves one processor to itself, which would be half of two.
    maxWorkers: '100%',
    // Some tests start Kustomize for every overlay, and some copy every file of the repository before.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
