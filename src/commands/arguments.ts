import type { Command } from 'commander'
import { quote } from '../policy/problem.ts'
import { DASH } from '../process/stdin.ts'
import { Unusable } from '../unusable.ts'

/** A flag with an empty value, as from an unset variable, must not pass for a flag that was left out. */
export function refuseEmpty(command: Command): void {
  const empty = command.options.filter((option) => {
    const value = command.getOptionValue(option.attributeName())
    return [value].flat().some((text) => typeof text === 'string' && text.trim() === '')
  })
  if (empty.length > 0)
    throw new Unusable(
      empty.map(({ long }) => `${long}: the value is empty (leave the flag out for its default)`),
    )
}

/** Refuses a second `-`: there is only one standard input. */
export function refuseDashes(command: Command): void {
  const named = [...command.args, ...Object.values(command.opts()).flat()].filter((text) => text === DASH)
  if (named.length < 2) return
  throw new Unusable([
    `${quote(DASH)} is standard input, and only one file can come from it: name the others`,
  ])
}

/** A file's name where a host belongs: whoever writes `portgate validate ports.yml` means a policy, and not a host. */
export function refuseFiles(endpoints: string[]): void {
  const files = endpoints.filter(
    (text) => text === DASH || (/\.(ya?ml|json)$/i.test(text) && !text.includes('://')),
  )
  if (files.length === 0) return
  throw new Unusable(
    files.map((file) => {
      const what = file === DASH ? 'is standard input' : 'is the name of a file'
      return `${quote(file)} ${what}, but an endpoint is expected here; to name a policy, write ${quote(`--policy ${file}`)}`
    }),
  )
}

/** `validate -` is `validate --policy -`. */
export function takeInput<F extends { policy?: string }>(
  endpoints: string[],
  flags: F,
): [endpoints: string[], flags: F] {
  if (!endpoints.includes(DASH) || flags.policy !== undefined) return [endpoints, flags]
  return [endpoints.filter((text) => text !== DASH), { ...flags, policy: DASH }]
}
