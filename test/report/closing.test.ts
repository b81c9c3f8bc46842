import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderClosings } from '../../src/report/closing.ts'
import { findMissing } from '../lab/lab.ts'

const PORTS = [1, 80, 6379, 65_534, 65_535]

/** The lines between a comment and the next. */
function find(port: number, where: string): string[] {
  const lines = renderClosings(port)
  const from = lines.findIndex((line) => line.startsWith(`# ${where}`)) + 1
  const length = lines.slice(from).indexOf('')
  return lines.slice(from, length < 0 ? undefined : from + length)
}

test('every platform has its commands', () => {
  const wheres = renderClosings(6379).filter((line) => line.startsWith('# '))
  expect(wheres.map((line) => line.slice(2).split(/[,:]/)[0])).toEqual([
    'nftables',
    'ufw',
    'firewalld',
    'AWS security group',
    'Google Cloud',
    'Azure NSG',
    'Kubernetes Service',
    'Kubernetes NetworkPolicy',
    'Docker',
    'Docker',
  ])
})

test.each(PORTS)('for port %i they are a script that a shell can read', (port) => {
  const { status, stderr } = spawnSync('sh', ['-n'], { input: renderClosings(port).join('\n') })
  expect([status, stderr.toString()]).toEqual([0, ''])
})

test('no line is too wide to be read', () => {
  expect(renderClosings(65_535).filter((line) => line.length > 102)).toEqual([])
})

test('all that is filled in is the port', () => {
  const filledIn = (port: number) => renderClosings(port).join('\n').replaceAll(String(port), 'PORT')
  // The ranges around the port are its neighbours.
  const general = (text: string) => text.replace(/port: \d+, endPort: \d+/g, 'range')
  expect(general(filledIn(54_321))).toBe(general(filledIn(23_456)))
})

describe.each(PORTS)('the NetworkPolicy for port %i', (port) => {
  const lines = find(port, 'Kubernetes NetworkPolicy')
  const { apiVersion, kind, spec } = parse(lines.slice(1, -1).join('\n'))
  const [fromNamespace, toPorts] = spec.ingress

  test('is one', () => {
    expect([apiVersion, kind, spec.policyTypes]).toEqual([
      'networking.k8s.io/v1',
      'NetworkPolicy',
      ['Ingress'],
    ])
    expect(Object.keys(spec).sort()).toEqual(['ingress', 'podSelector', 'policyTypes'])
  })

  test('lets the pods of its namespace pass, and others to all ports but this one', () => {
    expect(fromNamespace).toEqual({ from: [{ podSelector: {} }] })
    const tcp = toPorts.ports.filter(({ protocol }: { protocol: string }) => protocol === 'TCP')
    const open = new Set<number>()
    for (const { port: from, endPort } of tcp) {
      expect(from).toBeLessThanOrEqual(endPort)
      for (let number = from; number <= endPort; number++) open.add(number)
    }
    expect([open.size, open.has(port), Math.min(...open) >= 1, Math.max(...open) <= 65_535]).toEqual([
      65_534,
      false,
      true,
      true,
    ])
  })
})

const missing = findMissing()
if (missing && process.env.LAB === 'required') throw new Error(missing)

test.skipIf(missing)('nft takes its commands, with no table there before', () => {
  const command = find(6379, 'nftables').join('\n')
  const inNamespace = ['--net', 'sh', '-c', `${command} && nft list ruleset`]
  const { stdout } = spawnSync('unshare', inNamespace, { encoding: 'utf8' })
  expect(stdout).toMatch(/hook prerouting[\s\S]*tcp dport 6379 drop/)
})

test('what does not close the port of a container says so, and where to look', () => {
  const wheres = renderClosings(6379).filter((line) => /^# (ufw|firewalld)/.test(line))
  expect(wheres).toHaveLength(2)
  for (const where of wheres)
    expect(where).toContain('it does not close what a container publishes, see Docker below')
})
