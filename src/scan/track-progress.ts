import type { Outcome } from '../model.ts'
import type { Progress, ScanContext } from './context.ts'

/** Counts and reports how far a scan has come. */
export function trackProgress({ onProgress }: Pick<ScanContext, 'onProgress'>) {
  const now: Progress = { phase: 'resolving names', done: 0, total: 0, open: 0 }
  const tell = () => onProgress?.({ ...now })
  return {
    begin(phase: Progress['phase'], total: number) {
      Object.assign(now, { phase, done: 0, total })
      tell()
    },
    onIdentified(done: number, total: number) {
      Object.assign(now, { phase: 'identifying services', done, total })
      tell()
    },
    probing: {
      onOutcome(outcome: Outcome, count: number) {
        if (outcome.state === 'open') now.open += count
      },
      onTick(settled: number) {
        now.done = settled
        tell()
      },
    },
  }
}
