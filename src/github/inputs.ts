import { getInput } from '@actions/core'
import { didYouMean } from '../policy/nearest.ts'
import { quote } from '../policy/problem.ts'
import { splitList } from '../prepare/lists.ts'
import { type CutOptions, type Options, parseOptions } from '../prepare/options.ts'
import { DASH } from '../process/stdin.ts'
import { Unusable } from '../unusable.ts'

const COMMANDS = ['check', 'validate', 'suggest', 'plan', 'merge'] as const

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
  /** Of `plan`: into how many shards. */
  cut: CutOptions
  /** Of `check`: which part of which plan; of `merge`: the plan. Empty where there is none. */
  plan: string
  shard: string
  /** Of `merge`: files and folders. */
  reports: string[]
  /** What is wrong with the inputs above; mistakes in the options are found by `parseOptions`. */
  problems: string[]
}

/** Reads the inputs of `action.yml`. */
export function readInputs(): Inputs {
  const problems: string[] = []
  const choose = createChoice(problems)
  refuseDashes(problems)
  return {
    command: choose('command', getInput('command') || 'check', COMMANDS),
    outputDirectory: getInput('output-directory'),
    policyRef: getInput('policy-ref'),
    commentInPr: choose('comment-in-pr', getInput('comment-in-pr') || 'never', WHEN_TO_COMMENT),
    // YAML writes `true` and `True` alike.
    issueOnFailure:
      choose('issue-on-failure', getInput('issue-on-failure').toLowerCase() || 'false', ['false', 'true']) ===
      'true',
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
      'max-rate': getInput('max-rate'),
      'time-limit': getInput('time-limit'),
      identify: getInput('identify').toLowerCase(),
      results: readLines(getInput('results')),
      'results-cover': readLines(getInput('results-cover')),
      'max-age': getInput('max-age'),
      baseline: getInput('baseline'),
      'known-violations': getInput('known-violations'),
    },
    cut: { shards: getInput('shards'), 'max-time': getInput('max-time') },
    plan: getInput('plan'),
    shard: getInput('shard'),
    reports: readLines(getInput('reports')),
    problems,
  }
}

/** White space alone is kept: it is a mistake in a list, not an input that was left out. */
const AS_WRITTEN = { trimWhitespace: false }

/** An input that was left out is empty, too, and the runner does not distinguish the two. */
function readList(text: string): string[] {
  return text === '' ? [] : splitList(text.trim() || text)
}

/** One a line: names of files may have spaces in them, and lists of ports have commas. */
function readLines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

/** The inputs that name files. */
const FILES = ['policy', 'results', 'baseline', 'plan', 'reports'] as const

/** On the command line `-` is standard input. A step of a workflow has none: reading it would wait for ever, or see an empty file. */
function refuseDashes(problems: string[]): void {
  for (const name of FILES) {
    if (!readLines(getInput(name)).some((line) => line.trim() === DASH)) continue
    problems.push(`${name}: ${quote(DASH)} is standard input, which an action does not have: name a file`)
  }
}

/** Chooses among values. A wrong one is noted, and the first value takes its place until all inputs are read. */
function createChoice(problems: string[]) {
  return <T extends string>(name: string, text: string, values: readonly [T, ...T[]]): T => {
    const value = values.find((candidate) => candidate === text)
    if (value !== undefined) return value
    const hint = didYouMean(text, values, `expected one of ${values.join(', ')}`)
    problems.push(`${name}: invalid value ${quote(text)} (${hint})`)
    return values[0]
  }
}

/** @throws {Unusable} with all that is wrong with the inputs, as the command line says it */
export function requireInputs({ problems, options }: Inputs): void {
  if (problems.length === 0) return
  try {
    parseOptions(options)
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    throw new Unusable([...problems, ...error.message.split('\n')])
  }
  throw new Unusable(problems)
}
