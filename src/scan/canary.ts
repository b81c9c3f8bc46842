import type { CanaryResult, Outcome, ScanPlan } from '../model.ts'
import type { Refuses } from './locate.ts'
import { type PassContext, probePorts } from './passes.ts'
import { resolveName } from './resolve.ts'
import { createTarget, outcomeAt } from './target.ts'

/** A canary whose name gave nothing to probe. */
const NOT_PROBED: Outcome = { state: 'unknown', reason: 'no-route' }

/** Tries every canary of the plan once: one address of it that answers is proof of sight. */
export async function probeCanaries(
  plan: ScanPlan,
  refuses: Refuses,
  context: PassContext,
): Promise<CanaryResult[]> {
  const canaries = new Map<string, CanaryResult>()
  for (const { environment, scan } of plan.endpoints) {
    if (!scan.canary) continue
    const { host, port } = scan.canary
    canaries.set(JSON.stringify([environment, host, port]), { environment, host, port, outcome: NOT_PROBED })
  }
  return Promise.all(
    [...canaries.values()].map(async (canary) => ({
      ...canary,
      outcome: await probeCanary(canary, refuses, context),
    })),
  )
}

async function probeCanary(
  { host, port }: CanaryResult,
  refuses: Refuses,
  context: PassContext,
): Promise<Outcome> {
  const found = (await resolveName(host, 'auto', context.signal)).addresses
  const addresses = found.filter((address) => !refuses(address, host))
  const settings = { deadline: Number.POSITIVE_INFINITY, caps: [], expected: [] }
  const targets = addresses.map((address) => createTarget(address, Uint16Array.of(port), settings))
  await probePorts(targets, 0, undefined, context)
  const outcomes = targets.flatMap((target) => outcomeAt(target, 0) ?? [])
  return outcomes.find(({ state }) => state === 'open') ?? outcomes[0] ?? NOT_PROBED
}
