import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/model.ts'
import { buildLab, findMissing } from './lab.ts'
import { describePorts, FIVE, listPorts, SYN } from './scenarios.ts'

const missing = findMissing()
if (missing && process.env.LAB === 'required') throw new Error(missing)
if (missing) console.warn(`The tests in the lab are skipped: ${missing}.`)

/** Networks take their time, and so do machines that run other tests meanwhile. */
const TIMEOUT_MS = 300_000

const idsOf = ({ findings }: Report) => findings.map(({ id }) => id)

describe.skipIf(missing).concurrent('a host that stops answering', () => {
  const silent = { listen: FIVE, firewall: [`tcp dport != { ${FIVE.join()} } drop`] }
  const policy = `scan: { ports: "1-20000", identify: false }\nhosts: { $host: [${FIVE}] }`

  test(
    'a ban after 300 SYNs: what came after it is unknown',
    async () => {
      const ban = `${SYN} limit rate over 1/hour burst 300 packets drop`
      await using lab = await buildLab({ host: { listen: FIVE, firewall: [ban] } })
      const { report, status } = await lab.check(policy)
      expect(idsOf(report)).toContain('went-silent')
      expect([report.verdict, status]).toEqual(['inconclusive', 3])
      const { open, closed, filtered, unknown } = report.hosts[0]?.ports ?? {}
      expect(unknown).toMatchObject([{ reason: 'went-silent' }])
      expect(filtered).toBe('')
      for (const { port } of open ?? []) expect(FIVE).toContain(port)
      for (const port of listPorts(closed ?? '')) expect(FIVE).not.toContain(port)
      expect(listPorts(closed ?? '').length).toBeLessThan(300)
    },
    TIMEOUT_MS,
  )

  test(
    'a ban while two threads are at work: no port is said to be what it was not',
    async () => {
      const ban = `${SYN} limit rate over 1/hour burst 30000 packets drop`
      await using lab = await buildLab({ host: { listen: FIVE, firewall: [ban] } })
      const { report } = await lab.check(policy.replace('1-20000', 'all'))
      expect(idsOf(report)).toContain('went-silent')
      const { open, filtered, unknown } = report.hosts[0]?.ports ?? {}
      expect(filtered).toBe('')
      expect(unknown).toMatchObject([{ reason: 'went-silent' }])
      for (const { port } of open ?? []) expect(FIVE).toContain(port)
    },
    TIMEOUT_MS,
  )

  test(
    'a network that goes away and comes back: nothing is lost',
    async () => {
      await using lab = await buildLab({ host: silent })
      const { report } = await lab.check(policy, async () => {
        await sleep(1_500)
        lab.setFirewall('host', ['drop'])
        await sleep(4_000)
        lab.setFirewall('host', silent.firewall)
      })
      expect(describePorts(report)).toBe(`open ${FIVE}; filtered 19995`)
      expect(report.verdict).toBe('pass')
    },
    TIMEOUT_MS,
  )

  test(
    'a network that goes away for good',
    async () => {
      await using lab = await buildLab({ host: silent })
      const { report } = await lab.check(policy, async () => {
        await sleep(1_500)
        lab.setFirewall('host', ['drop'])
      })
      expect(idsOf(report)).toContain('went-silent')
      expect(report.verdict).toBe('inconclusive')
      expect(report.hosts[0]?.ports.unknown).toMatchObject([{ reason: 'went-silent' }])
    },
    TIMEOUT_MS,
  )

  test(
    'an open port that was seen before a ban is still a violation',
    async () => {
      // The ban comes after all ports of known services, of which there are some three hundred, have been probed.
      const ban = `${SYN} limit rate over 1/hour burst 3000 packets drop`
      await using lab = await buildLab({ host: { listen: FIVE, firewall: [ban] } })
      const { report, status } = await lab.check(policy.replace('5432,', ''))
      expect(report.findings).toContainEqual(
        expect.objectContaining({ id: 'unexpected-open-port', port: 5432 }),
      )
      expect([report.verdict, status]).toEqual(['fail', 1])
    },
    TIMEOUT_MS,
  )
})
