/** Whether the commands that are said to close a port do so if a container publishes it, with the rules that Docker writes. */
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { renderClosings } from '../../src/report/closing.ts'
import { makeFolder, runBundle } from '../e2e/bundle.ts'
import { wrapInMachine } from './lab.ts'

const PORT = 6379

const missing = ['unshare -n -m true', 'ip -V', 'nft -v'].find((command) => {
  return spawnSync('sh', ['-c', command], { stdio: 'ignore' }).status !== 0
})
if (missing && process.env.LAB === 'required') throw new Error(`\`${missing}\` fails`)
const hasIptables = spawnSync('iptables', ['--version'], { stdio: 'ignore' }).status === 0

/** What Docker writes for `--publish 6379:6379`, or for `--publish 127.0.0.1:6379:6379`, in the names of iptables. */
function dockerRules(publishedOn: string): string {
  return `
table ip nat {
  chain DOCKER { iifname != "docker0" ${publishedOn} tcp dport ${PORT} dnat to 172.17.0.2:${PORT}; }
  chain PREROUTING { type nat hook prerouting priority dstnat; fib daddr type local jump DOCKER; }
}
table ip filter {
  chain DOCKER-USER { }
  chain FORWARD {
    type filter hook forward priority filter; policy drop;
    jump DOCKER-USER
    ct state related,established accept
    iifname != "docker0" oifname "docker0" tcp dport ${PORT} accept
    iifname "docker0" accept
  }
  chain INPUT { type filter hook input priority filter; }
}`
}

/** A scanner, a host and a container behind it, each a namespace; all of it ends with the process that made it. */
function machine(rules: string, command: string): string {
  return `
set -e
mount -t tmpfs none /run
mkdir /run/netns
ip link set lo up
for name in host box; do ip netns add $name; ip -n $name link set lo up; done
ip link add s0 type veth peer name eth0 netns host
ip -n host link add docker0 type veth peer name eth0 netns box
ip addr add 198.18.0.1/24 dev s0
ip link set s0 up
ip -n host addr add 198.18.0.2/24 dev eth0
ip -n host addr add 172.17.0.1/16 dev docker0
ip -n host link set eth0 up
ip -n host link set docker0 up
ip -n box addr add 172.17.0.2/16 dev eth0
ip -n box link set eth0 up
ip -n box route add default via 172.17.0.1
ip netns exec host sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
ip netns exec host nft -f - <<'RULES'
${rules}
RULES
ip netns exec box "$NODE" -e "require('node:net').createServer((s) => s.on('error', () => {}).on('data', () => s.write('+PONG\\\\r\\\\n'))).listen(${PORT})" &
sleep 0.5
ip netns exec host sh -e <<'COMMAND'
${command}
COMMAND
exec "$@"`
}

/** The state of the port as the scanner sees it. */
async function scan(command: string, publishedOn = ''): Promise<string> {
  const script = machine(dockerRules(publishedOn), command)
  const wrapper = wrapInMachine(script)
  const args = ['check', '198.18.0.2', '--ports', String(PORT), '--format', 'json']
  const ran = await runBundle('cli', args, {
    cwd: await makeFolder({}),
    wrapper,
    env: { NODE: process.execPath },
  })
  const [host] = JSON.parse(ran.stdout || `"${ran.stderr}"`).hosts ?? []
  const { open, closed, filtered } = host.ports
  return open.length > 0 ? 'open' : closed ? 'closed' : filtered ? 'filtered' : 'unknown'
}

/** The commands of a place, as they are printed. */
function find(where: string): string {
  const lines = renderClosings(PORT)
  const from = lines.findIndex((line) => line.startsWith(`# ${where}`)) + 1
  const end = lines.indexOf('', from)
  return lines.slice(from, end < 0 ? undefined : end).join('\n')
}

describe.skipIf(missing)('a port that a container publishes', () => {
  test('is open, and stays so whatever the input chain drops, as ufw and firewalld do', async () => {
    expect(await scan('')).toBe('open')
    expect(await scan(`nft insert rule ip filter INPUT tcp dport ${PORT} drop`)).toBe('open')
  })

  test('is closed by the command for nftables', async () => {
    expect(await scan(find('nftables'))).toBe('filtered')
  })

  test.skipIf(!hasIptables)('is closed by the command for DOCKER-USER', async () => {
    const command = find('Docker: a port')
    expect(command).toContain('DOCKER-USER')
    // These rules have no IPv6.
    expect(await scan(command.replace(/^ip6tables.*$/m, ''))).toBe('filtered')
  })

  test('is closed where it is published on loopback', async () => {
    expect(find('Docker, published anew')).toContain('--publish 127.0.0.1:')
    expect(await scan('', 'ip daddr 127.0.0.1')).toBe('closed')
  })
})
