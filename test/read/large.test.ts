import { spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeFolder } from '../e2e/bundle.ts'

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** Some 1,100 bytes each: 70 MB in all, which no heap of 64 MB holds. */
const HOSTS = 66_000

const OPEN = [22, 80, 443, 8080, 9200]

function writeHost(address: string): string {
  const ports = OPEN.map(
    (port) =>
      `<port protocol="tcp" portid="${port}"><state state="open" reason="syn-ack" reason_ttl="0"/><service name="http" method="table" conf="3"/></port>\n`,
  )
  return `<host starttime="1795693438" endtime="1795693439"><status state="up" reason="user-set" reason_ttl="0"/>
<address addr="${address}" addrtype="ipv4"/>
<ports><extraports state="closed" count="65530">
<extrareasons reason="conn-refused" count="65530" proto="tcp" ports="1-21,23-79,81-442,444-8079,8081-9199,9201-65535"/>
</extraports>
${ports.join('')}</ports>
</host>
`
}

/** Prints how much memory a process has for new objects when it ends, in megabytes. */
const SAY_NEW_SPACE = `data:text/javascript,${encodeURIComponent(`
import { getHeapSpaceStatistics } from 'node:v8'
const newSpace = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')
process.on('exit', () => console.error(newSpace().space_size / 2 ** 20))
`)}`

/** V8 goes up to 128 MB by itself, however little is kept. */
const MOST_NEW = 32

test('a file of 70 MB is read in a heap of 64 MB, which hardly grows', { timeout: 120_000 }, async () => {
  const cwd = await makeFolder({
    '.github/port-policy.yml': `version: 1\nhosts: { 10.0.0.0/8: [22, 80, 443, 8080] }
environments: { all: { endpoints: [10.0.0.0/28] } }\n`,
  })
  const file = createWriteStream(join(cwd, 'scan.xml'))
  file.write(`<?xml version="1.0" encoding="UTF-8"?>
<nmaprun scanner="nmap" start="1795693438" version="7.93">
<scaninfo type="connect" protocol="tcp" numservices="65535" services="1-65535"/>\n`)
  for (let at = 0; at < HOSTS; at++) file.write(writeHost(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`))
  file.end(`<runstats><finished exit="success"/><hosts up="${HOSTS}" down="0"/></runstats></nmaprun>\n`)
  await finished(file)
  const args = [
    '--max-old-space-size=64',
    '--import',
    SAY_NEW_SPACE,
    CLI,
    'check',
    '--format',
    'json',
    '--max-age',
    'never',
    '--results',
    'scan.xml',
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  expect(status, stderr).toBe(1)
  expect(Number(stderr)).toBeLessThanOrEqual(MOST_NEW)
  const report = JSON.parse(stdout)
  expect(report.findings.length).toBe(16)
  expect(report.results).toMatchObject([{ tool: 'nmap', others: HOSTS - 16 }])
})
