import { availableParallelism } from 'node:os';
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
    // A third of the time goes by while real programs start, and wait for each other.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Some tests start Kustomize for every overlay, and some copy every file of the repository before.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
