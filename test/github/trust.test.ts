import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import examples from '@octokit/webhooks-examples' with { type: 'json' }
import { beforeAll, describe, expect, test } from 'vitest'
import { readEvent } from '../../src/github/event.ts'
import { judgeTrust } from '../../src/github/trust.ts'
import { makeFolder } from '../e2e/bundle.ts'

/** The commit that the workflow runs on, and one that may come from anywhere. */
const SHA = 'a'.repeat(40)
const OTHER = 'f'.repeat(40)

let folder: string

beforeAll(async () => {
  folder = await makeFolder()
})

let files = 0

/** Whose code it is where no commit is known to be checked out, where the workflow's own is, and where another one is. */
async function judge(name: string, payload: unknown, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const path = join(folder, `${files++}.json`)
  await writeFile(path, JSON.stringify(payload))
  const variables = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: SHA, GITHUB_REPOSITORY: 'o/r' }
  const event = await readEvent({
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: path,
    ...variables,
    ...env,
  })
  return [{}, { commit: SHA }, { commit: OTHER }]
    .map((checkout) => judgeTrust(event, checkout).whose)
    .join(' ')
}

/** By event: no commit known, the workflow's own, another one. `unknown` is a fork's unless GitHub knows better. */
const OWN = 'own own unknown'
const SERVES = 'unknown own unknown'
const ANY = 'own own own'
const FORK = 'fork fork fork'

/** Every event of GitHub's webhooks. Most start no workflow; what is not known to bring no code may bring some. */
const EVENTS: Record<string, string> = {
  branch_protection_rule: OWN,
  check_run: SERVES,
  check_suite: SERVES,
  code_scanning_alert: SERVES,
  commit_comment: SERVES,
  create: OWN,
  delete: OWN,
  dependabot_alert: SERVES,
  deploy_key: SERVES,
  deployment: OWN,
  deployment_review: SERVES,
  deployment_status: OWN,
  discussion: OWN,
  discussion_comment: OWN,
  fork: OWN,
  github_app_authorization: SERVES,
  gollum: OWN,
  installation: SERVES,
  installation_repositories: SERVES,
  issue_comment: OWN,
  issues: OWN,
  label: OWN,
  marketplace_purchase: SERVES,
  member: SERVES,
  membership: SERVES,
  merge_group: OWN,
  meta: SERVES,
  milestone: OWN,
  organization: SERVES,
  org_block: SERVES,
  package: SERVES,
  page_build: OWN,
  ping: SERVES,
  project: OWN,
  project_card: OWN,
  project_column: OWN,
  projects_v2_item: SERVES,
  public: OWN,
  pull_request: OWN,
  pull_request_review: OWN,
  pull_request_review_comment: OWN,
  pull_request_review_thread: OWN,
  push: OWN,
  release: OWN,
  repository: SERVES,
  repository_dispatch: OWN,
  repository_import: SERVES,
  repository_vulnerability_alert: SERVES,
  security_advisory: SERVES,
  sponsorship: SERVES,
  star: SERVES,
  status: SERVES,
  team: SERVES,
  team_add: SERVES,
  watch: OWN,
  workflow_dispatch: OWN,
  workflow_job: SERVES,
  // One of the examples is the run of another repository.
  workflow_run: OWN,
}

interface Payload {
  action?: string
  repository?: { id: number }
  issue?: { number: number; pull_request?: object }
  pull_request?: {
    number: number
    base: { sha: string; repo: { id: number } }
    head: { sha: string; repo: { id: number } | null }
  }
  workflow_run?: { event: string; head_sha: string; head_repository: { id: number } | null }
}

const all = examples as unknown as { name: string; examples: Payload[] }[]

const examplesOf = (name: string) => structuredClone(all.find((event) => event.name === name)?.examples ?? [])

/** An example of an event, changed. */
function change(name: string, edit: (payload: Payload) => void): Payload {
  const [payload] = examplesOf(name) as [Payload]
  edit(payload)
  return payload
}

test('the table has every event of the examples', () => {
  expect(Object.keys(EVENTS).sort()).toEqual(all.map(({ name }) => name).sort())
})

describe.each(Object.entries(EVENTS))('%s', (name, expected) => {
  test('in every example', async () => {
    const payloads = examplesOf(name)
    for (const payload of payloads) {
      const { workflow_run: run, repository } = payload
      const isFork = name === 'workflow_run' && run?.head_repository?.id !== repository?.id
      expect(await judge(name, payload), payload.action).toBe(isFork ? FORK : expected)
    }
  })

  test('is never of this repository on the ref of a pull request, or on none where that means anything', async () => {
    if (name.startsWith('pull_request')) return
    for (const payload of examplesOf(name)) {
      const judged = await judge(name, payload, { GITHUB_REF: 'refs/pull/1/merge' })
      if (!payload.workflow_run) expect(judged).toBe('unknown unknown unknown')
    }
  })
})

describe('events that no webhook has', () => {
  test.each([
    ['schedule', OWN],
    ['registry_package', OWN],
    // The event is that of the caller.
    ['workflow_call', SERVES],
    ['an_event_of_tomorrow', SERVES],
    // No workflow.
    ['', ANY],
  ])('%s', async (name, expected) => {
    expect(await judge(name, {})).toBe(expected)
  })
})

describe('a pull request', () => {
  const kinds = [
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'pull_request_review_thread',
  ]

  test.each(kinds)('%s from a branch: its tips are its own', async (name) => {
    for (const side of ['head', 'base'] as const) {
      const payload = change(name, ({ pull_request: pull }) => {
        if (pull) pull[side].sha = OTHER
      })
      expect(await judge(name, payload, { GITHUB_REF: 'refs/pull/1/merge' })).toBe(ANY)
    }
  })

  test.each(kinds)('%s from a fork, or from one that is gone', async (name) => {
    const fork = change(name, ({ pull_request: pull }) => {
      if (pull?.head.repo) pull.head.repo.id = 1
    })
    const gone = change(name, ({ pull_request: pull }) => {
      if (pull) pull.head.repo = null
    })
    expect([await judge(name, fork), await judge(name, gone)]).toEqual([FORK, FORK])
    if (name === 'pull_request') expect(await judge('pull_request_target', fork)).toBe(FORK)
  })
})

describe('a workflow run that another one follows', () => {
  const run = (event: string, head: { id: number } | null, sha = OTHER) => ({
    workflow_run: { event, head_sha: sha, head_repository: head },
    repository: { id: 1 },
  })

  test.each<[what: string, payload: object, expected: string]>([
    ['of a fork', run('pull_request', { id: 2 }), FORK],
    ['of a fork that is gone', run('pull_request', null), FORK],
    ['of a branch: its commit is the one', run('pull_request', { id: 1 }), 'own own own'],
    ['of a branch, and neither commit', run('pull_request', { id: 1 }, SHA), OWN],
    ['of a push', run('push', { id: 1 }), 'own own own'],
    ['of a schedule', run('schedule', { id: 1 }), 'own own own'],
    ['of a target: its head is anybody’s', run('pull_request_target', { id: 1 }), SERVES],
    ['of a comment', run('issue_comment', { id: 1 }), SERVES],
    ['that followed another one', run('workflow_run', { id: 1 }), SERVES],
    ['that nobody can read', {}, FORK],
  ])('%s', async (_, payload, expected) => {
    expect(await judge('workflow_run', payload)).toBe(expected)
  })
})

describe('a comment', () => {
  test.each<[what: string, payload: object, expected: string]>([
    [
      'on a pull request',
      change('issue_comment', ({ issue }) => Object.assign(issue ?? {}, { pull_request: {} })),
      SERVES,
    ],
    ['on what nobody can read', {}, SERVES],
  ])('%s', async (_, payload, expected) => {
    expect(await judge('issue_comment', payload)).toBe(expected)
  })
})

describe('a deployment', () => {
  test.each([
    ['of a branch', 'refs/heads/main', OWN],
    ['of a tag', 'refs/tags/v1', OWN],
    ['of any commit', '', 'unknown unknown unknown'],
    ['of a pull request', 'refs/pull/1/head', 'unknown unknown unknown'],
  ])('%s', async (_, ref, expected) => {
    for (const name of ['deployment', 'deployment_status'])
      expect(await judge(name, {}, { GITHUB_REF: ref })).toBe(expected)
  })

  test('of any commit is judged by that commit, where nothing else is known', () => {
    const trust = judgeTrust({ name: 'deployment', ref: '', sha: SHA }, {})
    expect(trust).toMatchObject({ whose: 'unknown', commit: SHA })
  })
})
