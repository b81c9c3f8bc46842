import { count, formatNumber } from '../../numbers.ts'
import { atMost, formatDuration } from '../../report/counts.ts'
import { printable } from '../../report/escape.ts'
import { renderJson } from '../../report/json.ts'
import { wrap } from '../../report/layout.ts'
import type { Cost, Span } from '../../shards/cost.ts'
import type { PlanFile } from '../../shards/plan-file.ts'
import type { Cheaper } from './cheaper.ts'

/** A plan, and what there is to say of it. */
export interface Planned {
  file: PlanFile
  cost: Cost
  cheaper: Cheaper[]
  unresolved: { endpoint: string; why: string }[]
  /** The longest time limit of its endpoints. */
  longestLimitMs: number
}

/** The matrix of a workflow, a job for each shard. */
export function listMatrix({ shards }: PlanFile): { shard: string[] } {
  return { shard: Array.from({ length: shards }, (_, index) => `${index + 1}/${shards}`) }
}

/** The output of `plan` as JSON. @param path where it was written */
export function renderPlan({ file, cost, cheaper, unresolved }: Planned, path: string): string {
  const { shards, digest, createdAt } = file
  const matrix = listMatrix(file)
  return renderJson({ plan: path, digest, createdAt, shards, matrix, ...cost, cheaper, unresolved })
}

/** The same for people. @param path where it was written */
export function sayPlan(planned: Planned, path: string, width: number): string {
  const { file, cost, cheaper, unresolved, longestLimitMs } = planned
  const { shards, endpoints } = file
  const idle =
    cost.idle > 0 ? `; ${formatNumber(cost.idle)} ${cost.idle === 1 ? 'has' : 'have'} nothing to do` : ''
  const isTooSlow = cost.seconds.most * 1000 > longestLimitMs
  const rows: [label: string, text: string][] = [
    ['plan', `${path}, SHA-256 ${file.digest.slice(0, 12)}…`],
    ['matrix', JSON.stringify(listMatrix(file))],
    ['probes', `${formatNumber(cost.probes)} or more, on ${count(endpoints.length, 'endpoint')}`],
    ['shards', `${formatNumber(shards)}, with up to ${count(cost.largest, 'probe')} each${idle}`],
    ['time', `${saySpan(cost.seconds, (s) => formatDuration(s * 1000))} in the slowest shard`],
    ...(cost.boundBy
      ? [
          [
            '',
            `\`max-rate: ${cost.boundBy}\` sets the pace: the shards share it, so more of them save nothing`,
          ] as [string, string],
        ]
      : []),
    ...(isTooSlow
      ? [
          [
            '',
            `longer than \`time-limit\` (${formatDuration(longestLimitMs)}): what is not seen by then stays unknown`,
          ] as [string, string],
        ]
      : []),
    [
      'runner',
      `${saySpan(cost.runnerMinutes, formatNumber)} minutes in all, if each job is billed for every minute begun`,
    ],
    ...cheaper.map(({ ask, probes }): [string, string] => [
      'cheaper',
      `\`${ask}\` takes ${formatNumber(probes)} probes, ${sayShare(probes / cost.probes)} of these`,
    ]),
    ...atMost(unresolved.map(({ endpoint, why }) => `${endpoint}: ${why}`)).map((text): [string, string] => [
      'no address',
      text,
    ]),
  ]
  return rows
    .flatMap(([label, text]) => {
      const whole = printable(text, 8_000)
      // The matrix is there to be copied, so it is never wrapped.
      const lines = label === 'matrix' ? [whole] : wrap(whole, Math.max(40, width) - 12)
      return lines.map((line, index) => `${(index > 0 ? '' : label).padEnd(12)}${line}`.trimEnd())
    })
    .map((line) => `${line}\n`)
    .join('')
}

function sayShare(share: number): string {
  return share < 0.001 ? 'less than 0.1%' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`
}

/** From every port refusing to every port silent. */
function saySpan({ least, most }: Span, format: (value: number) => string): string {
  const [from, to] = [format(least), format(most)]
  return from === to ? from : `${from} (if every port refuses) to ${to} (if every port is silent)`
}
