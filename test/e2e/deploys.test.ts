import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { makeFolder, runAction, runBundle } from './bundle.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A web server on loopback. */
async function serve(port = 0): Promise<number> {
  const server = createServer((_, response) => response.end())
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  )
  servers.push(server)
  return (server.address() as { port: number }).port
}

/** A port that was free a moment ago. */
async function findClosed(): Promise<number> {
  const port = await serve()
  await new Promise((resolve) => servers.pop()?.close(resolve))
  return port
}

/** What GitHub sends when the state of a deployment changes, as far as Portgate reads it. */
function deploymentStatus(environment: string, url: string) {
  return {
    action: 'created',
    deployment: { id: 1, ref: 'feature', task: 'deploy', environment },
    deployment_status: { id: 2, state: 'success', environment, environment_url: url },
    repository: { full_name: 'octo-org/shop', default_branch: 'main' },
  }
}

/** Runs the action on a deployment's event, with the endpoint that a workflow takes from it. */
async function runOnDeployment(
  event: ReturnType<typeof deploymentStatus>,
  policy: string,
  inputs: Record<string, string> = {},
) {
  const run = await runAction(
    { endpoints: event.deployment_status.environment_url, ip: '4', ...inputs },
    {
      files: { '.github/port-policy.yml': `version: 1\n${policy}`, 'event.json': JSON.stringify(event) },
      env: {
        GITHUB_EVENT_NAME: 'deployment_status',
        GITHUB_EVENT_PATH: 'event.json',
        GITHUB_REF: 'refs/heads/feature',
      },
    },
  )
  const report = run.outputs.report ? await readFile(run.outputs.report, 'utf8') : undefined
  return { ...run, text: report ?? '', report: report ? (JSON.parse(report) as ReportJson) : undefined }
}

describe('the environment_url of a deployment as the endpoint', () => {
  const policy = (port: number) => `scan: { ports: 1 }
hosts:
  "local*": { require: [${port}] }
environments:
  preview:
    endpoints: [prod.example.com]
    hosts:
      "local*": { deny: [1] }
    fail-on: critical`

  test.each([
    ['', ''],
    ['with a slash at its end', '/'],
    ['with a path, a query and a fragment', '/shop/index.html?a=b#c'],
  ])('a URL %s is scanned, and the rules of its environment hold', async (_, path) => {
    const port = await serve()
    const url = `http://localhost:${port}${path}`
    const { status, report, stdout } = await runOnDeployment(deploymentStatus('Preview', url), policy(port))
    expect([status, report?.verdict], stdout).toEqual([0, 'pass'])
    expect(report).toMatchObject({
      environments: ['preview'],
      hosts: [{ environment: 'preview', endpoint: url, address: '127.0.0.1', ports: { open: [{ port }] } }],
    })
    // Port 1 is probed because the environment denies it.
    expect(report?.hosts[0]?.ports.closed).toBe('1')
  })

  test('an environment that the policy does not have leaves the rules of all', async () => {
    const port = await serve()
    const event = deploymentStatus('Preview – pr-12', `http://localhost:${port}/`)
    const { status, report, stdout } = await runOnDeployment(event, policy(port))
    expect([status, report?.environments], stdout).toEqual([0, []])
  })

  test('what is open and not allowed fails, by pattern', async () => {
    const port = await serve()
    const event = deploymentStatus('other', `http://localhost:${port}/`)
    const { status, report } = await runOnDeployment(event, 'hosts: { "local*": [443] }', { ports: '1' })
    expect(status).toBe(1)
    expect(report?.findings).toMatchObject([{ id: 'unexpected-open-port', port, service: 'http' }])
  })

  test('a password in the URL is shown nowhere', async () => {
    const port = await serve()
    const event = deploymentStatus('preview', `http://deploy:hunter2@localhost:${port}/`)
    const { status, stdout, summary, text, outputs } = await runOnDeployment(event, policy(port))
    expect(status, stdout).toBe(0)
    for (const shown of [stdout, summary, text, JSON.stringify(outputs)])
      expect(shown).not.toContain('hunter2')
    expect(text).toContain(`http://localhost:${port}/`)
  })

  test('without a URL the endpoints are the policy’s, as without the input', async () => {
    const { report, stdout } = await runOnDeployment(
      deploymentStatus('preview', ''),
      'scan: { ports: 1 }\nhosts: {}\nenvironments: { preview: { endpoints: [127.0.0.1] }, other: { endpoints: [127.0.0.1] } }',
    )
    expect(report?.hosts, stdout).toMatchObject([{ environment: 'preview', endpoint: '127.0.0.1' }])
  })

  test('a URL outside of the scope is refused, and nothing is judged', async () => {
    const port = await serve()
    const event = deploymentStatus('preview', `http://localhost:${port}/`)
    const run = await runOnDeployment(event, policy(port), { scope: '*.preview.example.com' })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(run.log).toContain(`\`http://localhost:${port}/\` is outside of \`scope\``)
    expect(run.commands).toMatchObject([{ name: 'error' }])
  })
})

test('what the policy names outside of the scope is annotated on its line', async () => {
  const run = await runAction(
    { scope: '10.0.0.0/24 *.example.com' },
    {
      files: {
        '.github/port-policy.yml':
          'version: 1\nhosts:\n  10.0.0.1: []\n  10.0.1.1: []\n  169.254.169.254: [80]\n',
      },
    },
  )
  expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
  expect(run.commands.map(({ properties, message }) => [properties.title, properties.line, message])).toEqual(
    [
      ['policy: out-of-scope', '4', expect.stringContaining('`10.0.1.1` is outside of `scope`')],
      [
        'policy: out-of-scope',
        '5',
        expect.stringContaining('`169.254.169.254` is not probed unless `scope` names it'),
      ],
    ],
  )
  expect(run.summary).toContain('Nothing was scanned')
})

test('the action waits for what was deployed, and says how that ended', async () => {
  const port = await findClosed()
  const later = sleep(2_500).then(() => serve(port))
  const event = deploymentStatus('preview', `http://localhost:${port}/`)
  const { status, log, report } = await runOnDeployment(event, `hosts: { "*": { require: [${port}] } }`, {
    ports: '1',
    wait: '1m',
  })
  await later
  expect([status, report?.waited], log).toMatchObject([0, { required: 1, missing: 0 }])
  // Once when the wait ends, and once in the report.
  expect(log.match(/the required port is open after \d+\.\d s/g)).toHaveLength(2)
})

test('the command line has the same flags', async () => {
  const port = await serve()
  const closed = await findClosed()
  const policy = `version: 1\nscan: { ports: 1, identify: false }\nhosts: { 127.0.0.1: { require: [${port}, ${closed}] } }`
  const cwd = await makeFolder({ '.github/port-policy.yml': policy })
  const waited = await runBundle(
    'cli',
    ['check', '--wait', '1s', '--scope', '127.0.0.0/8,{www,api}.example.com'],
    {
      cwd,
      env: { GITHUB_ACTIONS: 'true' },
    },
  )
  expect([waited.status, waited.stderr], waited.stdout).toEqual([
    1,
    expect.stringMatching(/^1 of 2 required ports not ready after 1\.\d s\n$/),
  ])
  const refused = await runBundle('cli', ['check', '--scope', '10.0.0.0/8', '--scope', 'a.example.com'], {
    cwd,
  })
  expect([refused.status, refused.stdout]).toEqual([2, ''])
  expect(refused.stderr).toContain(
    '.github/port-policy.yml:3:10: out-of-scope: `127.0.0.1` is outside of `scope`',
  )
})
