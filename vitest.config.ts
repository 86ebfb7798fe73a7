import { defineConfig } from 'vitest/config'

// An odd zone on purpose: nothing in the product may depend on the zone of the machine.
process.env.TZ = 'America/St_Johns'

const totals = process.env.TEST_TOTALS

export default defineConfig({
  test: {
    globalSetup: ['./test/support/postgres.ts'],
    setupFiles: ['./test/support/seed.ts'],
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    reporters: totals ? ['default', ['json', { outputFile: totals }]] : ['default'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // In the gate a test that fails is tried once more: real processes, sockets and clocks share two cores there. Failing twice is red.
    retry: totals ? 1 : 0,
  },
})
