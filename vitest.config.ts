import { defineConfig } from 'vitest/config'

/** Scans every port of loopback, so that no listener of another test may come and go meanwhile. */
const ALONE = 'test/scan/all-ports.test.ts'

/** Builds networks, in which silence is measured. */
const LAB = 'test/lab/**/*.test.ts'

/** One after the other; what mostly waits, for processes and real time-outs, shares the processor. In the lab fewer at a time. */
const groups = [
  { name: 'alone', include: [ALONE], maxWorkers: 1 },
  { name: 'lab', include: [LAB], maxWorkers: 3 },
  {
    name: 'all others',
    include: ['test/**/*.test.ts'],
    exclude: [ALONE, LAB],
    maxWorkers: 4,
  },
]

export default defineConfig({
  test: {
    // Machines of a workflow are slow.
    testTimeout: 30_000,
    maxConcurrency: 4,
    projects: groups.map((group, groupOrder) => ({
      extends: true,
      test: { ...group, sequence: { groupOrder } },
    })),
  },
})
