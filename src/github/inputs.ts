import { getInput } from '@actions/core'
import { type Options, splitList } from '../options.ts'
import { didYouMean } from '../policy/nearest.ts'
import { Unusable } from '../unusable.ts'

const COMMANDS = ['check', 'validate'] as const

/** Every input of the action as one object. */
export interface Inputs {
  command: (typeof COMMANDS)[number]
  /** Where the report goes; empty: a folder under `RUNNER_TEMP`. */
  outputDirectory: string
  options: Options
}

/** Reads the inputs of `action.yml`. */
export function readInputs(): Inputs {
  const text = getInput('command') || 'check'
  const command = COMMANDS.find((candidate) => candidate === text)
  if (!command) {
    const hint = didYouMean(text, COMMANDS, `one of ${COMMANDS.join(', ')}`)
    throw new Unusable([`command: there is no such command (${hint})`])
  }
  return {
    command,
    outputDirectory: getInput('output-directory'),
    options: {
      policy: getInput('policy'),
      environment: getInput('environment'),
      endpoints: splitList(getInput('endpoints')),
      ports: getInput('ports'),
      ip: getInput('ip'),
      'fail-on': getInput('fail-on'),
      'on-doubt': getInput('on-doubt'),
      mode: getInput('mode'),
      scope: splitList(getInput('scope')),
      wait: getInput('wait'),
    },
  }
}
