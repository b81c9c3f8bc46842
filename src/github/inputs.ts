import { getInput } from '@actions/core'
import { type Options, splitList } from '../options.ts'
import { didYouMean } from '../policy/nearest.ts'
import { quote } from '../policy/problem.ts'
import { Unusable } from '../unusable.ts'

const COMMANDS = ['check', 'validate'] as const

const WHEN_TO_COMMENT = ['never', 'on-failure', 'always'] as const

/** Every input of the action as one object. */
export interface Inputs {
  command: (typeof COMMANDS)[number]
  /** Where the report goes; empty: a folder under `RUNNER_TEMP`. */
  outputDirectory: string
  /** `head`, `base`, another ref, or empty for what suits the event. */
  policyRef: string
  commentInPr: (typeof WHEN_TO_COMMENT)[number]
  issueOnFailure: boolean
  /** Empty: none. */
  token: string
  options: Options
}

/** Reads the inputs of `action.yml`. */
export function readInputs(): Inputs {
  return {
    command: choose('command', getInput('command') || 'check', COMMANDS),
    outputDirectory: getInput('output-directory'),
    policyRef: getInput('policy-ref'),
    commentInPr: choose('comment-in-pr', getInput('comment-in-pr') || 'never', WHEN_TO_COMMENT),
    issueOnFailure: isTrue('issue-on-failure', getInput('issue-on-failure')),
    token: getInput('github-token'),
    options: {
      policy: getInput('policy'),
      environment: getInput('environment'),
      endpoints: readList(getInput('endpoints', AS_WRITTEN)),
      ports: getInput('ports'),
      ip: getInput('ip'),
      'fail-on': getInput('fail-on'),
      'on-doubt': getInput('on-doubt'),
      'fail-on-loosening': getInput('fail-on-loosening'),
      mode: getInput('mode'),
      scope: readList(getInput('scope', AS_WRITTEN)),
      wait: getInput('wait'),
    },
  }
}

/** White space that was written is no list, and not the same as an input that is not given. */
const AS_WRITTEN = { trimWhitespace: false }

/** An input that is not given is empty, too, and the runner does not tell which. */
function readList(text: string): string[] {
  return text === '' ? [] : splitList(text.trim() || text)
}

/** YAML writes `true` and `True` alike. */
function isTrue(name: string, text: string): boolean {
  return choose(name, text.toLowerCase() || 'false', ['true', 'false']) === 'true'
}

function choose<T extends string>(name: string, text: string, values: readonly T[]): T {
  const value = values.find((candidate) => candidate === text)
  if (value !== undefined) return value
  const hint = didYouMean(text, values, `one of ${values.join(', ')}`)
  throw new Unusable([`${name}: ${quote(text)} is not a value of it (${hint})`])
}
