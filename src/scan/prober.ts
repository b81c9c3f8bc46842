import type { Outcome } from '../model.ts'
import { type Probe, startProbe } from './probe.ts'

/**
 * Called once for each probe that is not cancelled.
 *
 * @param id what `start` was called with
 * @param outcome undefined where the probe connected to itself, so that nothing was learnt
 * @param tookMs from the call to the answer, in milliseconds
 */
export type ProbeReport = (id: number, outcome: Outcome | undefined, tookMs: number) => void

/** Makes the probes that the scanner asks for. */
export interface Prober {
  /** @param id is free again when the probe has been reported or cancelled */
  start(id: number, address: string, port: number): void
  cancel(id: number): void
  /** Sends on its way what was asked for since the last call. */
  flush(): void
  close(): void
}

/** A prober in this thread. */
export function createProber(report: ProbeReport): Prober {
  const probes = new Map<number, Probe>()
  return {
    start(id, address, port) {
      const startedAt = performance.now()
      const probe = startProbe(address, port, (outcome) => {
        probes.delete(id)
        report(id, outcome, performance.now() - startedAt)
      })
      probes.set(id, probe)
    },
    cancel(id) {
      probes.get(id)?.cancel()
      probes.delete(id)
    },
    flush() {},
    close() {
      for (const probe of probes.values()) probe.cancel()
      probes.clear()
    },
  }
}
