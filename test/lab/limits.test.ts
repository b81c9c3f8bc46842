/** What a run does in time: with name servers that are silent, thousands of ports left, or a signal at any moment. */
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Finished, makeFolder, runBundle } from '../e2e/bundle.ts'
import { wrapInMachine } from './lab.ts'

/** These machines need less than the lab's: root, and `unshare` and `ip`. */
const missing = ['unshare -n -m true', 'ip -V'].find((command) => {
  return spawnSync('sh', ['-c', command], { stdio: 'ignore' }).status !== 0
})
if (missing && process.env.LAB === 'required') throw new Error(`\`${missing}\` fails`)

/** The name server, and a listener that would make a canary. */
const SERVERS = [
  "require('node:dgram').createSocket('udp4').bind(53, '127.0.0.1')",
  "require('node:net').createServer((socket) => socket.on('error', () => {})).listen(4444, '0.0.0.0')",
].join(';')

/**
 * A machine of its own, without a way out: its name server never answers (10 s a name, with resolv.conf's defaults), and
 * what it sends to 198.18.0.0/15 is lost, except to 198.18.4.0/22, which is its own.
 */
const MACHINE = `
set -e
ip link set lo up
ip link add d0 type veth peer name d1
ip link set d1 up
ip link set d0 up
ip addr add 198.18.0.1/15 dev d0
ip route add local 198.18.4.0/22 dev lo
ip link add e0 type veth peer name e1
ip link set e1 up
ip link set e0 up
ip addr add 198.51.100.1/24 dev e0
ip neigh add 198.18.9.9 lladdr 02:00:00:00:00:01 dev d0
mount --bind resolv.conf /etc/resolv.conf
mount --bind nsswitch.conf /etc/nsswitch.conf
mount --bind hosts /etc/hosts
"$NODE" -e "${SERVERS}" &
sleep 0.5
`

/**
 * Seconds within which a run that is told to end has ended: one, or more on a busy machine. What it must not wait for takes
 * longer: 10 s for a name that no server answers, and 60 s for `--wait`.
 */
const MOST_TO_END = 3

/** Loaded before the program: makes a file once the program listens for a signal. */
const TELL_WHEN_LISTENING = `
import { writeFileSync } from 'node:fs'
process.on('newListener', (name) => name === 'SIGTERM' && writeFileSync('listening', ''))
`

const NAMES = Array.from({ length: 40 }, (_, index) => `dead${index}.test`)

interface Ran extends Finished {
  seconds: number
  report: { findings: { id: string }[]; hosts: unknown[] }
}

/**
 * Runs a check there, and sends it a signal some seconds after it listens for one: the program is loaded by then, however
 * busy the machine is. The seconds that it took count from there, or from the signal.
 */
async function check(
  policy: string,
  { signalAfter = 0, args = [] }: { signalAfter?: number; args?: string[] } = {},
): Promise<Ran> {
  const cwd = await makeFolder({
    'policy.yml': `version: 1\n${policy}`,
    'resolv.conf': 'nameserver 127.0.0.1\noptions timeout:5 attempts:2\n',
    'nsswitch.conf': 'hosts: files dns\n',
    'tell.mjs': TELL_WHEN_LISTENING,
    hosts: Array.from({ length: 500 }, (_, i) => `198.18.${4 + (i >> 8)}.${i & 255} many.test\n`).join(''),
  })
  const signal = signalAfter > 0 ? `sleep ${signalAfter}; date +%s.%N > began; kill -TERM $run` : ''
  const script = `${MACHINE}
    NODE_OPTIONS='--import ./tell.mjs' "$@" & run=$!
    until [ -e listening ]; do sleep 0.02; done
    date +%s.%N > began
    ${signal}
    status=0; wait $run || status=$?
    date +%s.%N > ended
    exit $status`
  const wrapper = wrapInMachine(script)
  const command = ['check', '--policy', 'policy.yml', '--format', 'json', ...args]
  const ran = await runBundle('cli', command, { cwd, wrapper, env: { NODE: process.execPath } })
  const [began = 0, ended = 0] = await Promise.all(
    ['began', 'ended'].map(async (name) => Number(await readFile(join(cwd, name), 'utf8'))),
  )
  return { ...ran, seconds: ended - began, report: JSON.parse(ran.stdout) }
}

describe.skipIf(missing)('a time limit holds', () => {
  test('where no name server answers', async ({ expect }) => {
    const { status, seconds, report } = await check(
      `scan: { time-limit: 3s, ports: [9] }\nhosts: { ${NAMES.map((name) => `${name}: []`).join(', ')} }`,
    )
    expect(status).toBe(3)
    expect(seconds).toBeLessThan(3 + MOST_TO_END)
    expect(report.findings.filter(({ id }) => id === 'unresolved-host')).toHaveLength(NAMES.length)
  })

  test('for a name with five hundred addresses, and all of their ports', async () => {
    const { status, seconds, report } = await check(
      'scan: { time-limit: 5s, ports: all }\nhosts: { many.test: [4444] }',
    )
    expect(status).toBe(3)
    expect(seconds).toBeLessThan(5 + MOST_TO_END)
    expect(report.hosts).toHaveLength(500)
    expect(report.findings.filter(({ id }) => id === 'incomplete-scan')).toHaveLength(500)
  })
})

describe.skipIf(missing)('SIGTERM ends a run with what it has', { concurrent: true }, () => {
  test.each([
    ['while names are looked up', `hosts: { ${NAMES.map((name) => `${name}: []`).join(', ')} }`, []],
    ['while it probes', 'scan: { ports: all }\nhosts: { 198.18.9.9: [] }', []],
    ['while it probes what answers', 'scan: { ports: all }\nhosts: { many.test: [4444] }', []],
    ['while it waits', 'scan: { ports: 22 }\nhosts: { 198.18.9.9: { require: [22] } }', ['--wait', '60s']],
    ['while it waits for names', 'hosts: { dead.test: { require: [22] } }', ['--wait', '60s']],
    ['while a canary is silent', 'scan: { canary: "198.18.9.9:22" }\nhosts: { 198.18.9.9: [] }', []],
  ])('%s', async (_, policy, args) => {
    const { status, seconds, report } = await check(policy, { signalAfter: 1, args })
    expect(status).toBe(3)
    expect(seconds).toBeLessThan(MOST_TO_END)
    expect(report.findings.length).toBeGreaterThan(0)
  })
})

describe.skipIf(missing)(
  'a canary does not speak for a machine that sees nothing',
  { concurrent: true },
  () => {
    test.each([
      ['on loopback', '127.0.0.1', 'is on this machine'],
      ['on an address of this machine', '198.18.0.1', 'is on this machine'],
      ['behind another interface', '198.51.100.7', 'is reached through another network interface'],
      ['that is as silent', '198.18.9.10', 'was not open throughout the run'],
    ])('%s', async (_, canary, why) => {
      const { status, report, stdout } = await check(
        `scan: { ports: [22, 80], identify: false, canary: "${canary}:4444" }\nhosts: { 198.18.9.9: [] }`,
      )
      expect(status).toBe(3)
      expect(report.findings.map(({ id }) => id)).toContain('silent-run')
      expect(stdout).toContain(`the canary ${canary}:4444 ${why}`)
    })
  },
)

test.skipIf(missing)(
  'nor does an endpoint on the machine itself, which answers without a network',
  { concurrent: true },
  async () => {
    const { status, report } = await check(
      'scan: { ports: [22, 80, 4444], identify: false }\nhosts: { 198.18.9.9: [], 127.0.0.1: [4444], 198.18.0.1: [4444] }',
    )
    expect(status).toBe(3)
    expect(report.findings.map(({ id }) => id)).toContain('silent-run')
  },
)
