/** `portgate check --plan plan.json --shard 2/8`: one part of a plan. */
import { createHash } from 'node:crypto'
import { hostname, networkInterfaces } from 'node:os'
import type { Finding, FindingId, Report, Shard } from '../../model.ts'
import { quote } from '../../policy/problem.ts'
import { type Options, parseOptions } from '../../prepare/options.ts'
import { holdToPlan, refuseWithPlan } from '../../prepare/plan-file/options.ts'
import { thawPlan } from '../../prepare/plan-file/thaw.ts'
import { createScanRules } from '../../prepare/scan-rules.ts'
import { holdScope } from '../../prepare/scope.ts'
import { conclude, type RunContext } from '../../run.ts'
import { scan } from '../../scan/scan.ts'
import { takePart } from '../../shards/part.ts'
import { sealShard } from '../../shards/shard-file.ts'
import { Unusable } from '../../unusable.ts'
import { VERSION } from '../../version.ts'
import type { ShardOptions } from './is-of-shard.ts'
import { readPlan } from './read-plan.ts'

/** Findings that say that a part could not be scanned in full from here. Everything else is judged after the merge. */
const OWN: readonly FindingId[] = [
  'canary-not-open',
  'incomplete-scan',
  'went-silent',
  'started-refusing',
  'no-ipv6-here',
]

/**
 * Scans one part of a plan. The report is of that part: its findings say what could not be seen, and its verdict is never `pass`.
 *
 * @throws {Unusable} where the plan, the shard or the scope cannot be used
 */
export async function checkShard(
  options: Options,
  { plan: path, shard }: ShardOptions,
  context: RunContext,
): Promise<Report> {
  refuseWithPlan(options, ['max-age', 'baseline'])
  const { scope } = parseOptions({ scope: options.scope })
  const file = await readPlan(context.root, path)
  const index = readIndex(shard, file.shards)
  holdToPlan(options, file)
  const { request, loaded, frozen } = await thawPlan(file)
  holdScope(frozen.plan, scope)
  const part = takePart(frozen, index)
  const rules = createScanRules(loaded, frozen.plan, scope)
  // Expiry is decided by the day of the plan, here as in the judgement.
  const listRequired: typeof rules.listRequired = (planned, address) =>
    rules.listRequired(planned, address, frozen.createdAt)
  const result = await scan(part, { ...context, ...rules, listRequired })
  const { policy } = file
  const report = conclude({
    request,
    loaded,
    ref: policy.ref,
    plan: part,
    scan: result,
    now: frozen.createdAt,
  })
  const name = {
    index,
    of: file.shards,
    digest: file.digest,
    attempt: readAttempt(context.env),
    machine: nameMachine(),
  }
  return {
    ...report,
    shard: sealShard(name, result, VERSION),
    verdict: 'inconclusive',
    findings: report.findings.filter(isOwn),
  }
}

function isOwn({ id, kind }: Finding): boolean {
  return kind === 'doubt' && OWN.includes(id)
}

/** `2/8`, from 1. */
function readIndex(text: string | undefined, shards: number): number {
  const [, index = '', of = ''] = /^\s*(\d{1,3})\/(\d{1,3})\s*$/.exec(text ?? '') ?? []
  if (index !== '' && +of === shards && +index >= 1 && +index <= shards) return +index
  const problem = !text?.trim()
    ? 'say which shard of the plan'
    : index !== '' && +of !== shards
      ? `${quote(text)} is of ${+of} shards, and the plan has ${shards}`
      : `${quote(text)} is not a shard of the plan`
  throw new Unusable([`shard: ${problem} (\`1/${shards}\` to \`${shards}/${shards}\`)`])
}

/** GitHub numbers the attempts of a run; jobs that are re-run have the newest number. */
function readAttempt({ GITHUB_RUN_ATTEMPT }: NodeJS.ProcessEnv): number {
  const attempt = Number(GITHUB_RUN_ATTEMPT)
  return Number.isSafeInteger(attempt) && attempt > 0 ? attempt : 1
}

/** Distinguishes this machine and its network from others: what one machine hears proves nothing about another. */
function nameMachine(): Shard['machine'] {
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) =>
    list.map(({ address, mac }) => `${mac} ${address}`),
  )
  const text = JSON.stringify([hostname(), ...addresses.sort()])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
