/** `portgate plan`: what is to be scanned, looked up and cut once. */
import { join } from 'node:path'
import { openOutputFolder, writeWhole } from '../../files/output-folder.ts'
import type { PlannedEndpoint } from '../../model.ts'
import { createExcludes } from '../../policy/exclude.ts'
import { parseDuration } from '../../policy/times.ts'
import { chooseEnvironment, explainUnknownEnvironment } from '../../prepare/environment.ts'
import { type CutOptions, type Options, parseOptions } from '../../prepare/options.ts'
import { planScan } from '../../prepare/plan.ts'
import { freezePlan } from '../../prepare/plan-file/freeze.ts'
import { recordReads } from '../../prepare/plan-file/frozen-tree.ts'
import { freezeOptions, refuseWithPlan } from '../../prepare/plan-file/options.ts'
import { loadPolicy, policyFile } from '../../prepare/policy.ts'
import { reviewPolicy } from '../../prepare/review.ts'
import { freeMemory } from '../../process/heap.ts'
import { renderJson } from '../../report/json.ts'
import type { RunContext } from '../../run.ts'
import { resolvePlan } from '../../scan/resolve-plan.ts'
import { MOST_SHARDS, type PlanFile, sealPlan } from '../../shards/plan-file.ts'
import { Unusable } from '../../unusable.ts'
import { VERSION } from '../../version.ts'
import { findCheaper } from './cheaper.ts'
import { type Cutting, chooseShards } from './choose-shards.ts'
import type { Planned } from './say-plan.ts'

const PLAN_NAME = 'plan.json'

/**
 * With more endpoints than this, the memory that finding their rules took is freed before the next step needs its own.
 */
const MANY_ENDPOINTS = 1_000

/**
 * Plans a scan, resolves its names and cuts it.
 *
 * @param commit what is checked out, where that is known
 * @throws {Unusable} as a run, and where the plan cannot be cut as was asked
 */
export async function makePlanFile(
  options: Options,
  cut: CutOptions,
  { commit, ...context }: RunContext & { commit?: string },
): Promise<Planned> {
  const cutting = parseCut(cut)
  refuseWithPlan(options, ['max-age', 'baseline'])
  const request = parseOptions(options)
  const { tree, list } = recordReads(context.tree)
  const loaded = await loadPolicy(request, { ...context, tree })
  const files = await list()
  const { deploysTo } = context
  const { plan, missing } = planScan(request, loaded, deploysTo, { shards: cutting.shards ?? MOST_SHARDS })
  if (missing.length > 0) throw new Unusable([], missing, 'UNUSABLE: The policy names nothing to scan')
  if (plan.endpoints.length > MANY_ENDPOINTS) freeMemory()
  const asked = { asked: request.environment, deploysTo }
  const notice = explainUnknownEnvironment(loaded.policy, asked)
  if (notice !== undefined) context.say?.(notice)
  const review =
    context.review && (await reviewPolicy(context.review, policyFile(request, context.root), request))
  const resolved = await resolvePlan(plan, context)
  const endpoints = plan.endpoints.map((planned): PlannedEndpoint => {
    const found = resolved.names.get(planned)
    return found ? { ...planned, addresses: found.addresses } : planned
  })
  const chosen = chooseShards(endpoints, createExcludes(loaded.policy), cutting)
  const [policy] = files
  const file = sealPlan(
    freezePlan(plan, resolved, {
      tool: { name: 'portgate', version: VERSION },
      createdAt: new Date().toISOString(),
      shards: chosen.shards,
      policy: {
        ...(policy ? { path: policy.path } : {}),
        ...(tree.ref === undefined ? {} : { ref: tree.ref }),
        files,
      },
      options: freezeOptions(options, chooseEnvironment(loaded.policy, asked)),
      ...(commit === undefined ? {} : { commit }),
      ...(review ? { review: JSON.parse(JSON.stringify(review)) } : {}),
    }),
  )
  const unresolved = [...resolved.names].flatMap(([{ endpoint }, { failure }]) =>
    failure === undefined ? [] : [{ endpoint: endpoint.text, why: failure }],
  )
  return {
    file,
    cost: chosen.cost,
    cheaper: findCheaper(endpoints, loaded, chosen.cost),
    unresolved,
    longestLimitMs: Math.max(...endpoints.map(({ scan }) => scan.timeLimitMs)),
  }
}

/** @throws {Unusable} with all that is wrong */
function parseCut({ shards, 'max-time': maxTime }: CutOptions): Cutting {
  const problems: string[] = []
  const cutting: Cutting = {}
  if (shards?.trim()) {
    const text = shards.trim()
    if (/^[1-9]\d{0,2}$/.test(text) && +text <= MOST_SHARDS) cutting.shards = +text
    else problems.push(`shards: ${JSON.stringify(text)} is not a number of shards (1 to ${MOST_SHARDS})`)
  }
  if (maxTime?.trim()) {
    const { value, problem } = parseDuration(maxTime.trim())
    if (problem) problems.push(`max-time: ${problem.message}${problem.hint ? ` (${problem.hint})` : ''}`)
    else cutting.maxMs = value
  }
  const isBoth = Boolean(shards?.trim() && maxTime?.trim())
  const isNone = !shards?.trim() && !maxTime?.trim()
  if (isBoth) problems.push('shards: give either `shards` or `max-time`, not both')
  if (isNone)
    problems.push('shards: give their number (`shards: 8`) or the longest that one may take (`max-time: 5m`)')
  if (problems.length > 0) throw new Unusable(problems)
  return cutting
}

/**
 * Writes plan.json.
 *
 * @param checkout whose links are not followed: see `openOutputFolder`
 * @returns its path
 * @throws {Unusable} where it cannot be written
 */
export function savePlan(plan: PlanFile, folder: string, checkout: string): string {
  try {
    const path = join(openOutputFolder(folder, checkout), PLAN_NAME)
    writeWhole(path, renderJson(plan))
    return join(folder, PLAN_NAME)
  } catch (error) {
    throw new Unusable(
      [`output-directory: ${(error as Error).message}.`],
      [],
      'NOT RUN: output-directory cannot be written',
    )
  }
}
