import type { Settled } from '../plan.ts'

/** What besides the policy decides whether a doubt passes: the input `on-doubt`. */
export interface Doubts {
  /** The workflow lets doubts pass, or may do so. */
  mayPass: boolean
  /** The policy ignores some of them. */
  areIgnored?: boolean
}

/** Whether what was not seen of an endpoint passes. */
export function letsDoubtsPass({ onDoubt }: Settled, { mayPass, areIgnored }: Doubts): boolean {
  return mayPass || areIgnored === true || onDoubt === 'warn'
}

/** Where doubts pass: a clause with a space before it. Empty where the policy itself lets all of them pass. */
export function sayWherePassing({ onDoubt }: Settled, { areIgnored }: Doubts): string {
  if (onDoubt === 'warn') return ''
  return areIgnored ? ' where doubts are ignored' : ' where the workflow lets doubts pass'
}
