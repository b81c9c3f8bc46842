import type { FailOn, OnDoubt, ScanSettings } from '../model.ts'

/** What holds where neither the policy nor the request says otherwise. */
export const DEFAULT_SCAN: ScanSettings = {
  ports: 'common',
  ip: 'auto',
  identify: true,
  timeLimitMs: 600_000,
}
export const DEFAULT_FAIL_ON: FailOn = 'low'
export const DEFAULT_ON_DOUBT: OnDoubt = 'fail'
