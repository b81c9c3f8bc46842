import { describe, expect, test } from 'vitest'
import { simulateScenario } from './lab-networks.ts'
import { measureRun, measureTraced, replay } from './replay.ts'
import { simulate } from './run.ts'
import { readTrace } from './trace-file.ts'

const PORTS = 2_000

/** How far the replay may be from what was traced, as a factor. */
const WITHIN = 1.5

const TIMEOUT_MS = 60_000

/** As a runner's log has it. */
function toLog(trace: object[]): string {
  const lines = trace.map((record) => `2026-01-01T00:00:00.0000000Z ##[debug]trace ${JSON.stringify(record)}`)
  return ['Run portgate', ...lines, 'trace {"broken', 'trace {"at":-1}', 'done'].join('\r\n')
}

describe('a network that was traced is built again', () => {
  test.each([
    'all reset',
    'silent but for five',
    'ICMP-refused but for five',
    'a limit of 1,000 SYNs a second',
    '20 % of SYNs lost',
  ])(
    '%s',
    async (name) => {
      const traced = await simulate(
        { ...simulateScenario(name, 7), ports: { upTo: PORTS, more: [] } },
        3_600_000,
      )
      const [host] = readTrace(toLog(traced.trace))
      if (!host) throw new Error('no host was read')
      const { run } = await replay(host)
      const [was, is] = [measureTraced(host), measureRun(run)]
      expect(countStates(is.ports)).toEqual(countStates(was.ports))
      expect(is.ms / was.ms).toBeGreaterThan(1 / WITHIN)
      expect(is.ms / was.ms).toBeLessThan(WITHIN)
    },
    TIMEOUT_MS,
  )
})

function countStates({ open = 0, 'conn-refused': closed = 0, ...rest }: Record<string, number>) {
  return { open, closed, filtered: Object.values(rest).reduce((sum, count) => sum + count, 0) }
}

test('a trace names no port', async () => {
  const open = [19_998]
  const spec = { ...simulateScenario('all reset', 1), ports: { upTo: 10, more: open } }
  const { trace } = await simulate({ ...spec, hosts: spec.hosts.map((host) => ({ ...host, open })) }, 60_000)
  expect(JSON.stringify(trace)).toContain('"other":1')
  expect(JSON.stringify(trace)).not.toContain('19998')
})

test('what is no trace is refused', () => {
  expect(() => readTrace('trace {"at":1,"address":"192.0.2.1","changed":["over"],"perSecond":1e99}')).toThrow(
    'no host was done in this trace',
  )
})
