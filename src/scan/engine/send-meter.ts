/** How many probes are sent per millisecond. */
import { METER_MS } from './tuning.ts'

interface State {
  /** Connects started so far, and the latest rate, a millisecond. */
  probes: number
  perMs: number
  measuredAt: number
  measured: number
}

/** Only the functions of this file change it. */
export type SendMeter = Readonly<State>

/** @param expected probes that leave before any is counted */
export function createSendMeter(expected: number, now: number): SendMeter {
  return { probes: 0, perMs: expected / METER_MS, measuredAt: now, measured: 0 }
}

export function countProbe(meter: State): void {
  meter.probes += 1
}

/** Measures the rate since the last measurement, once that is long enough ago. */
export function measure(meter: State, now: number): void {
  const elapsed = now - meter.measuredAt
  if (elapsed <= METER_MS) return
  meter.perMs = (meter.probes - meter.measured) / elapsed
  meter.measuredAt = now
  meter.measured = meter.probes
}
