import { defineConfig } from 'vitest/config'

/**
 * Nothing runs beside these: one scans every port of loopback, so that no listener of another test may come and go; the
 * other looks at when a run ends, which on a busy machine says how busy it is.
 */
const ALONE = ['test/scan/all-ports.test.ts', 'test/lab/limits.test.ts']

/** Networks, in which silence is measured, and servers that take their time: these tests wait, and are to have the processor when they don't. */
const WAITING = ['test/lab/**/*.test.ts', 'test/scan/**/*.test.ts']

/** One after the other. */
const groups = [
  { name: 'alone', include: ALONE, maxWorkers: 1 },
  { name: 'waiting', include: WAITING, exclude: ALONE, maxWorkers: 5 },
  { name: 'all others', include: ['test/**/*.test.ts'], exclude: [...ALONE, ...WAITING], maxWorkers: 4 },
]

export default defineConfig({
  test: {
    // Machines of a workflow are slow.
    testTimeout: 60_000,
    maxConcurrency: 4,
    projects: groups.map((group, groupOrder) => ({
      extends: true,
      test: { ...group, sequence: { groupOrder } },
    })),
  },
})
