import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests start processes and wait for real time-outs; machines of a workflow are slow.
  test: { testTimeout: 30_000, maxConcurrency: 4 },
})
