import child_process from 'node:child_process'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { isIP } from 'node:net'
import type { Answer, Question } from '../../src/scan/targets/lookup.ts'

/** The names that a test makes up, and every name that was looked up meanwhile. */
export interface Names extends Disposable {
  /** What each name leads to; a test may change it as it goes. Names that are not here do not exist. */
  addresses: Record<string, string[]>
  asked: string[]
  /** What is never answered, as where a name server is silent: names, or `name/family`. */
  silent: Set<string>
}

/** Stands in for the process that looks names up: tests must not depend on anybody's DNS. */
export function answerNames(addresses: Names['addresses']): Names {
  const real = child_process.fork
  const names: Names = {
    addresses,
    asked: [],
    silent: new Set(),
    [Symbol.dispose]: () => {
      child_process.fork = real
      syncBuiltinESMExports()
    },
  }
  const answer = ({ id, name, family }: Question): Answer => {
    const fitting = names.addresses[name]?.filter((one) => family === 0 || isIP(one) === family) ?? []
    return fitting.length > 0 ? { id, addresses: fitting } : { id, code: 'ENOTFOUND' }
  }
  const start = () => {
    const child = new EventEmitter()
    const send = (question: Question) => {
      const { name, family } = question
      names.asked.push(name)
      if (!names.silent.has(name) && !names.silent.has(`${name}/${family}`))
        setImmediate(() => child.emit('message', answer(question)))
    }
    return Object.assign(child, { send, kill() {}, unref() {} })
  }
  child_process.fork = start as unknown as typeof real
  syncBuiltinESMExports()
  return names
}
