import { defineConfig } from 'vitest/config';
import { countingReporter } from './tools/src/reporter.ts';

export default defineConfig({
  test: {
    globalSetup: ['tools/src/testing/global-setup.ts'],
    environment: 'node',
    isolate: false,
    include: ['apps/**/*.test.ts', 'libs/**/*.test.ts', 'tools/**/*.test.ts'],
    reporters: ['default', countingReporter()],
    // Some tests start Kustomize for every overlay.
    testTimeout: 30_000,
  },
});
