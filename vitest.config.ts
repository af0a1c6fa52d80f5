import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Whoever runs the tests may have a config file of their own.
    env: { PINGEM_CONFIG: '/dev/null' },
    globalSetup: 'test/support/janitor-setup.ts',
    // Privileged tests share the machine's network namespaces and two cores: files one after another keep them honest.
    fileParallelism: false,
    testTimeout: 20_000,
    reporters: ['default', ...(process.env['CI'] === 'true' ? ['json'] : [])],
    outputFile: { json: 'dist/test-results.json' },
  },
});
