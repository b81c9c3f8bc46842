import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model.ts'
import { diffPolicies } from '../../src/policy/diff/diff.ts'
import type { Side } from '../../src/policy/diff/loss.ts'
import { type Amended, amendPolicy } from '../../src/suggest/amend.ts'
import { suggest } from '../../src/suggest/suggest.ts'
import type { NewHost } from '../../src/suggest/suggestions.ts'
import { readSide } from '../policy/diff/side.ts'
import { judgeWorld, listViolations, NOW, PORTS, planRun, scanWorld, type World, world } from './worlds.ts'
import { writtenPolicy } from './written-policies.ts'

/** Networks that are drawn. By hand: 10,000 of them. */
const WORLDS = Number(process.env.WORLDS ?? 60)
const DRAW = { numRuns: WORLDS, seed: Number(process.env.SEED ?? 4242) }

function readIfValid(text: string): Side | undefined {
  try {
    return readSide(text)
  } catch {
    return undefined
  }
}

function planOrFail(side: Side, { endpoints }: World) {
  const plan = planRun(side, endpoints, PORTS)
  if (!plan) throw new Error('no plan')
  return plan
}

function amendFor(one: World, before: Side, text: string): Amended & { hosts: NewHost[] } {
  const plan = planOrFail(before, one)
  const { hosts } = suggest({ ...before, plan, scan: scanWorld(one, plan), now: NOW })
  return { hosts, ...amendPolicy(text, before.policy, hosts) }
}

/** Whether a text is another one with something put in. */
function isWithin(text: string, longer: string): boolean {
  let at = 0
  for (const character of longer) if (character === text[at]) at++
  return at >= text.length
}

const ALIAS = /\*[a-z]+/g
const ANCHOR = / &[a-z]+/g

const listAnchors = (text: string) => text.match(ANCHOR)?.sort()

describe('a policy that is amended', { timeout: 30_000 + WORLDS * 100 }, () => {
  it('keeps every character that it has, aliases that are written out and anchors that move aside', () => {
    const check = (one: World, text: string) => {
      const before = readIfValid(text)
      fc.pre(before !== undefined)
      const amended = amendFor(one, before as Side, text)
      const kept = text.replace(ALIAS, '').replace(ANCHOR, '')
      if (!isWithin(kept, amended.text)) expect.fail(`${text}---\n${amended.text}`)
      expect(listAnchors(amended.text), amended.text).toEqual(listAnchors(text))
      expect(amended.text.includes('\r\n')).toBe(text.includes('\r\n'))
      if (text.includes('\r\n')) expect(/[^\r]\n/.test(amended.text)).toBe(false)
    }
    fc.assert(fc.property(world, writtenPolicy, check), DRAW)
  })

  it('passes what was seen, judges everything else as before, and is looser for the suggested hosts only', () => {
    let compared = 0
    const check = (one: World, text: string) => {
      const before = readIfValid(text)
      fc.pre(before !== undefined)
      const { hosts, text: written, unplaced } = amendFor(one, before as Side, text)
      const after = readIfValid(written)
      const show = (what: unknown) => `${text}---\n${written}---\n${JSON.stringify(what, null, 1)}`
      if (!after) return expect.fail(show('invalid'))
      const was = listViolations(one, judgeWorld(one, before as Side, planOrFail(before as Side, one)))
      const is = listViolations(one, judgeWorld(one, after, planOrFail(after, one)))
      const missed = new Set(unplaced.map(({ host }) => host))
      const left = is.filter(
        ({ id, endpoint = '', address = '' }) =>
          id === 'unexpected-open-port' &&
          ![endpoint.replace(/^https?:\/\/|\.?(:\d+)?(\/.*)?$/g, ''), address].some((host) =>
            missed.has(host),
          ),
      )
      if (left.length > 0) expect.fail(show(left))
      const meant = new Set(hosts.map(({ host }) => host))
      // What a name is allowed holds for all of its addresses, and what an address is for all names that lead there.
      const isCovered = ({ id, endpoint = '', address }: Finding) =>
        ['expired-allowance', 'wrong-service'].includes(id) &&
        hosts.some(({ host }) => endpoint.includes(host) || address === host)
      const others = (all: Finding[]) =>
        all
          .filter((finding) => finding.id !== 'unexpected-open-port' && !isCovered(finding))
          .map(({ fingerprint }) => fingerprint)
          .sort()
      expect(others(is), show('others')).toEqual(others(was))
      const loosened = diffPolicies(before as Side, after).filter(({ direction }) => direction === 'loosened')
      const strange = loosened.filter(
        ({ part, hosts: of = [] }) =>
          !['allow', 'endpoints'].includes(part) || of.length === 0 || of.some((host) => !meant.has(host)),
      )
      if (strange.length > 0) expect.fail(show(strange))
      if (hosts.length > 0 && unplaced.length === 0) compared++
    }
    fc.assert(fc.property(world, writtenPolicy, check), DRAW)
    expect(compared).toBeGreaterThan(WORLDS / 3)
  })
})

describe('a list that others share', () => {
  const http = { port: '8080', service: 'http', documents: [], answered: ['nginx'] }

  function amend(text: string, ...hosts: string[]): string {
    const { policy } = readSide(text)
    const { text: written, unplaced } = amendPolicy(
      text,
      policy,
      hosts.map((host) => ({ kind: 'name', host: `${host}.ex.com`, allow: [http] })),
    )
    expect(unplaced).toEqual([])
    return written
  }

  const FLOW = `version: 1
hosts:
  a.ex.com: &web [80, 443] # the web
  b.ex.com: *web
  c.ex.com: { deny: [23], allow: *web }
`
  const BLOCK = `version: 1
hosts:
  a.ex.com:
    deny: [23]
    allow: &web # the web
      - 80 # plain
      - { port: 22, service: ssh, reason: 'a, "b": c # d' }
  b.ex.com: *web
`

  it.each([
    [
      'is its first host’s own then, and the anchor moves on',
      FLOW,
      ['a'],
      `version: 1
hosts:
  a.ex.com: [80, 443, { port: 8080, service: http }] # the web
  b.ex.com: &web [80, 443]
  c.ex.com: { deny: [23], allow: *web }
`,
    ],
    [
      'moves on to the first host that needs no more',
      FLOW,
      ['a', 'b'],
      `version: 1
hosts:
  a.ex.com: [80, 443, { port: 8080, service: http }] # the web
  b.ex.com: [80, 443, { port: 8080, service: http }]
  c.ex.com: { deny: [23], allow: &web [80, 443] }
`,
    ],
    [
      'keeps its anchor where all need more',
      FLOW,
      ['a', 'b', 'c'],
      `version: 1
hosts:
  a.ex.com: &web [80, 443, { port: 8080, service: http }] # the web
  b.ex.com: [80, 443, { port: 8080, service: http }]
  c.ex.com: { deny: [23], allow: [80, 443, { port: 8080, service: http }] }
`,
    ],
    [
      'keeps its comments where it stays',
      BLOCK,
      ['a'],
      `version: 1
hosts:
  a.ex.com:
    deny: [23]
    allow: # the web
      - 80 # plain
      - { port: 22, service: ssh, reason: 'a, "b": c # d' }
      - { port: 8080, service: http } # nginx
  b.ex.com: &web [80, { port: 22, service: ssh, reason: 'a, "b": c # d' }]
`,
    ],
  ])('%s', (_, text, hosts, expected) => {
    expect(amend(text, ...hosts)).toBe(expected)
  })

  it('means the anchor before it, where that is set twice', () => {
    const twice = `${FLOW}  d.ex.com: &web [25]\n  e.ex.com: *web\n`
    expect(amend(twice, 'd')).toBe(
      `${FLOW}  d.ex.com: [25, { port: 8080, service: http }] # nginx\n  e.ex.com: &web [25]\n`,
    )
  })
})
