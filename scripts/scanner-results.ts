/**
 * Writes test/fixtures/results/: what other scanners say of hosts in network namespaces, and README.md with the command and the version of
 * each. Arguments are the files to regenerate; without any, all are (10 minutes). Needs root, nmap, masscan, naabu, rustscan, python3,
 * openssl.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from '../test/e2e/bundle.ts'
import { buildLab, type HostSpec } from '../test/lab/lab.ts'

const FOLDER = fileURLToPath(new URL('../test/fixtures/results/', import.meta.url))

/** One that refuses, one that drops, one that does both and refuses by ICMP, too, and one that is silent. */
const HOSTS: Record<string, HostSpec> = {
  refuses: { listen: [22, 80, 443, 6379] },
  drops: { listen: [22, 5432], firewall: ['tcp dport != { 22, 5432 } drop'] },
  mixed: {
    listen: [443, 8080],
    firewall: ['tcp dport 1-99 drop', 'tcp dport 100-199 reject with icmp admin-prohibited'],
  },
  silent: { firewall: ['drop'] },
}

const FOUR = '10.77.0.2 10.77.1.2 10.77.2.2 10.77.3.2'
const PORTS = '1-1024,5432,6379,8080'

/** Servers on the loopback of the scanner's machine, for as long as a scan takes. */
const SERVERS = `openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=lab.example.com 2>/dev/null
python3 -m http.server 8000 --bind 127.0.0.1 2>/dev/null & A=$!
openssl s_server -quiet -www -accept 127.0.0.1:8443 -key key.pem -cert cert.pem >/dev/null 2>&1 & B=$!
openssl s_server -quiet -accept 127.0.0.1:9443 -key key.pem -cert cert.pem >/dev/null 2>&1 & C=$!
sleep 1.5`
const END = 'kill $A $B $C'

/** masscan cannot find the way in a namespace by itself. */
const MASSCAN = 'masscan --adapter-ip 10.77.0.1 -e to0 --router-mac $(cat mac) --rate 1000 --wait 1'

/** naabu reads standard input if it is open, and does not end by itself without a network. */
const NAABU = 'timeout 15 naabu -s c -Pn -disable-update-check -silent -json -timeout 500 -retries 1'

/** The command that writes each file, as OUT. */
const COMMANDS: Record<string, string> = {
  'nmap.xml': `nmap -n -sT -Pn -p ${PORTS} -oX OUT ${FOUR}`,
  'nmap-names.xml':
    'nmap -sT -Pn --resolve-all -p 22,80,443 -oX OUT www.example.com gone.example.com 10.77.1.2',
  'nmap-first-address.xml': 'nmap -n -sT -Pn -p 22,80,443 -oX OUT www.example.com',
  'nmap-services.xml': 'nmap -n -sT -Pn -sV --script banner -p 8000-8002,8443,9443 -oX OUT 127.0.0.1',
  'nmap-open.xml': `nmap -n -sT -Pn --open -p 22,80,443,5432 -oX OUT ${FOUR}`,
  'nmap-discovery.xml': `nmap -n -sS -v -p 22,80,443 -oX OUT ${FOUR}`,
  'nmap-timeout.xml': 'nmap -n -sT -Pn -p- --host-timeout 1s --max-rate 500 -oX OUT 10.77.0.2 10.77.1.2',
  'nmap-udp.xml': 'nmap -n -sTU -Pn -p T:22,80,443,U:53,123 -oX OUT 10.77.0.2',
  'nmap-ipv6.xml': 'nmap -n -6 -sT -Pn -p 22,80,443 -oX OUT fd77:1::2',
  'nmap-all-ports.xml': 'nmap -n -sT -Pn -p- -oX OUT 10.77.0.2',
  'nmap.gnmap': `nmap -n -sT -Pn -p ${PORTS} -oG OUT ${FOUR}`,
  'nmap-verbose.gnmap': `nmap -n -sT -Pn -v -p ${PORTS} -oG OUT ${FOUR}`,
  'nmap-services.gnmap': 'nmap -n -sT -Pn -sV -v -p 8000-8002,8443,9443 -oG OUT 127.0.0.1',
  'nmap-timeout.gnmap': 'nmap -n -sT -Pn -v -p- --host-timeout 1s --max-rate 500 -oG OUT 10.77.0.2 10.77.1.2',
  'masscan.json': `${MASSCAN} -p1-1024,6379 -oJ OUT 10.77.0.2`,
  'masscan.ndjson': `${MASSCAN} -p1-1024,6379 -oD OUT 10.77.0.2`,
  'masscan.xml': `${MASSCAN} -p1-1024,6379 -oX OUT 10.77.0.2`,
  'masscan.gnmap': `${MASSCAN} -p1-1024,6379 -oG OUT 10.77.0.2`,
  'naabu.json': `${NAABU} -p 22,80,443,5432,6379,8080 -host 10.77.0.2,10.77.1.2 </dev/null >OUT`,
  'naabu-names.json': `${NAABU} -r 127.0.0.1 -sa -p 22,80,443 -host www.example.com,10.77.1.2 </dev/null >OUT`,
  'rustscan.txt': `rustscan --no-banner -g -t 500 -b 500 --range 1-6500 -a ${FOUR.replaceAll(' ', ',')} >OUT`,
}

const VERSIONS = ['nmap --version', 'masscan --version || true', 'naabu -version 2>&1', 'rustscan --version']

const asked = process.argv.slice(2)
await using lab = await buildLab(HOSTS)
await lab.serveNames({ 'www.example.com': ['10.77.0.2', '10.77.1.2'] })
const cwd = await makeFolder()
const findMac =
  "(: >/dev/tcp/10.77.0.2/22) 2>/dev/null; ip neigh show 10.77.0.2 | grep -o '..:..:..:..:..:..' >mac"
await lab.run(['bash', '-c', findMac], { cwd })
const file = join(cwd, 'OUT')
for (const [name, command] of Object.entries(COMMANDS)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  rmSync(file, { force: true })
  const script = command.includes(' -sV ') ? `${SERVERS}\n${command}\n${END}` : command
  const { stderr } = await lab.run(['bash', '-c', script], { cwd, timeout: 300_000 })
  if (existsSync(file)) writeFileSync(join(FOLDER, name), readFileSync(file))
  else console.error(`${name}: ${stderr}`)
}

const versions = VERSIONS.map((command) => {
  const [version = ''] =
    /\d+\.\d+(?:\.\d+)?/.exec(execFileSync('sh', ['-c', command], { encoding: 'utf8' })) ?? []
  return `${command.split(' ')[0]} ${version}`
})
const rows = Object.entries(COMMANDS).map(
  ([name, command]) => `| ${name} | \`${command.replaceAll('|', '\\|')}\` |`,
)
writeFileSync(
  join(FOLDER, 'README.md'),
  `What other scanners say of hosts in network namespaces, written by \`scripts/scanner-results.ts\` with ${versions.join(', ')}.
The hosts are described there; \`www.example.com\` has the addresses 10.77.0.2 and 10.77.1.2, and \`gone.example.com\` has none.

| file | command |
| ---- | ------- |
${rows.join('\n')}
`,
)
