/** Which rate is worthwhile, and which one to try next. */
import {
  CAREFUL_GROWTH,
  CEILING_MARGIN,
  FEWEST_PER_SECOND,
  GAIN_SHARE,
  GROWTH,
  LOSS_TOLERANCE,
} from './tuning.ts'

/** A rate that was kept for a while, and the share that was lost. */
export interface Level {
  perSecond: number
  loss: number
}

/** The rate actually reached: lower if sockets or the processor are the limit, higher if answers have earned tokens. */
export function measureRate(
  { probes, since, perSecond }: { probes: number; since: number; perSecond: number },
  now: number,
): number {
  const elapsed = Math.max(1, now - since)
  return Math.max(FEWEST_PER_SECOND, Math.min((probes * 1000) / elapsed, perSecond * 2))
}

/** Whether a rate gets more through than a lower one did, or loses hardly more. */
export function isWorthwhile(level: Level, baseline: Level): boolean {
  if (level.loss <= baseline.loss + LOSS_TOLERANCE) return true
  const faster = level.perSecond / baseline.perSecond
  const gain = (faster * (1 - level.loss)) / (1 - baseline.loss)
  return gain >= 1 + GAIN_SHARE * (faster - 1) && faster > 1.05
}

/** Whether a rate is what got through at a rate that was too high. */
export function isAtCeiling(perSecond: number, ceiling: number): boolean {
  return perSecond >= ceiling * CEILING_MARGIN * 0.999
}

/** The next rate to try, after one that went well. */
export function nextRate(
  { perSecond, ceiling }: { perSecond: number; ceiling: number },
  made: number,
): number {
  if (isAtCeiling(perSecond, ceiling)) return made * CAREFUL_GROWTH
  return Math.min(made * GROWTH, ceiling * CEILING_MARGIN)
}
