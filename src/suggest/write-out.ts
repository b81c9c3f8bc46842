import type { Allowance, HostRule } from '../model.ts'
import { scalar } from './yaml-text.ts'

/** The allowances of `allow` of a rule as items of a list, where an alias has to be written out. */
export function writeOutAllowances({ allow }: HostRule): string[] {
  const written = new Map<string, string>()
  for (const allowance of allow) {
    // One that was split where its policy was read stands at one place.
    if (!allowance.required)
      written.set(`${allowance.place.line}:${allowance.place.column}`, writeOut(allowance))
  }
  return [...written.values()]
}

function writeOut({ text, service, reason, owner, expires }: Allowance): string {
  const port = /^\d+(-\d+)?$/.test(text) ? text : JSON.stringify(text)
  const more = Object.entries({ service, reason, owner, expires }).flatMap(([key, value]) =>
    value === undefined
      ? []
      : `${key}: ${key === 'expires' ? value : key === 'service' ? scalar(value) : JSON.stringify(value)}`,
  )
  return more.length === 0 ? port : `{ ${[`port: ${port}`, ...more].join(', ')} }`
}
