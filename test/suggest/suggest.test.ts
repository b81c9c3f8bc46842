import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCases, hasAnswered } from '../../src/judge/host.ts'
import { diffPolicies } from '../../src/policy/diff/diff.ts'
import type { Side } from '../../src/policy/diff/loss.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { toRanges } from '../../src/port-ranges.ts'
import { suggest } from '../../src/suggest/suggest.ts'
import { writePolicy } from '../../src/suggest/write-policy.ts'
import { readSide } from '../policy/diff/side.ts'
import { judgeWorld, listViolations, NOW, PORTS, planRun, scanWorld, type World, world } from './worlds.ts'

/** Worlds that are drawn. By hand: 10,000 of them. */
const WORLDS = Number(process.env.WORLDS ?? 60)

const SEED = { seed: Number(process.env.SEED ?? 4242) }
const DRAW = { numRuns: WORLDS, ...SEED }
const TIME = { timeout: 30_000 + WORLDS * 200 }

const NOTHING = readSide('version: 1\n')

/** The policy that is suggested for a world, as text. */
function suggestFor(one: World): string {
  const plan = planRun(NOTHING, one.endpoints, PORTS)
  if (!plan) throw new Error('no plan')
  const suggestions = suggest({ ...NOTHING, plan, scan: scanWorld(one, plan), now: NOW })
  return writePolicy(suggestions, { ports: toRanges(PORTS) }, 'a scan')
}

/** A policy, or undefined where the text is none. */
function readIfValid(text: string): Side | undefined {
  const { diagnostics } = parsePolicy(new TextEncoder().encode(text), 'policy.yml')
  return diagnostics ? undefined : readSide(text)
}

function planOrFail(side: Side, endpoints: string[] = []) {
  const plan = planRun(side, endpoints)
  if (!plan) throw new Error('no plan')
  return plan
}

/** Lines that say something, by their index. */
function listLines(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (/^\s*(#|$)/.test(line) ? [] : index))
}

function without(text: string, index: number): string {
  return text
    .split('\n')
    .filter((_, at) => at !== index)
    .join('\n')
}

describe('a policy suggested for a scan', TIME, () => {
  it('passes it, and the scan that the policy itself asks for', () => {
    const check = (one: World) => {
      const text = suggestFor(one)
      const side = readSide(text)
      for (const plan of [planOrFail(side, one.endpoints), planOrFail(side)]) {
        const violations = listViolations(one, judgeWorld(one, side, plan))
        if (violations.length > 0) expect.fail(`${text}---\n${JSON.stringify(violations, null, 1)}`)
      }
    }
    fc.assert(fc.property(world, check), DRAW)
  })

  it('allows nothing on hosts that were unknown, silent, unresolved or a tarpit', () => {
    const check = (one: World) => {
      const text = suggestFor(one)
      const side = readSide(text)
      const plan = planOrFail(side, one.endpoints)
      const scan = scanWorld(one, plan)
      const isGood = (endpoint: string) =>
        scan.hosts.some((host) => host.endpoint === endpoint && hasAnswered(host) && !host.answersEverywhere)
      for (const { host, planned, rules } of buildCases(plan.endpoints, scan, side.catalogue, NOW)) {
        // The allowances of a name hold wherever it leads; those of an address for it alone.
        const own = planned.endpoint.kind === 'name' && isGood(host.endpoint) ? [] : rules.live
        if ((host.answersEverywhere || !hasAnswered(host)) && own.length > 0)
          expect.fail(`${text}---\n${host.endpoint} ${host.address}`)
      }
      for (const { endpoint } of scan.unseen) {
        const rules = plan.endpoints.find((planned) => planned.endpoint.text === endpoint)?.rules ?? []
        if (rules.some(({ allow }) => allow.length > 0)) expect.fail(`${text}---\n${endpoint}`)
      }
    }
    fc.assert(fc.property(world, check), DRAW)
  })

  it('has no line that could go unnoticed: without an allowance it fails, without another it is unusable or looser', () => {
    let removed = 0
    const check = (one: World) => {
      const text = suggestFor(one)
      const side = readSide(text)
      for (const index of listLines(text)) {
        const line = text.split('\n')[index] ?? ''
        const less = without(text, index)
        const after = readIfValid(less)
        removed++
        if (!after) continue
        const plan = planOrFail(after, one.endpoints)
        if (listViolations(one, judgeWorld(one, after, plan)).length > 0) continue
        const isAllowance = /^ {4}- /.test(line)
        if (isAllowance || diffPolicies(side, after).length === 0) expect.fail(`${text}---\nwithout: ${line}`)
      }
    }
    fc.assert(fc.property(world, check), { ...DRAW, numRuns: Math.ceil(WORLDS / 4) })
    expect(removed).toBeGreaterThan(WORLDS)
  })

  it('says of every risky port that it needs a reason, an owner and an end', () => {
    const check = (one: World) => {
      const text = `${suggestFor(one)}risky-allowances: { from: high, need: [reason, owner, expires], max-days: 30 }\n`
      const side = readSide(text)
      const findings = judgeWorld(one, side, planOrFail(side, one.endpoints))
      expect(findings.filter(({ id }) => id === 'undocumented-allowance')).toEqual([])
    }
    fc.assert(fc.property(world, check), { ...DRAW, numRuns: Math.ceil(WORLDS / 2) })
  })
})
