/** Something that is open on loopback as long as the tests of a file run, and policies that say whether it may be. */
import { afterAll, beforeAll } from 'vitest'
import { type Listening, listen, ssh } from '../e2e/bundle.ts'
import { type Files, makePolicies } from './scenario.ts'

export let open: Listening
/** Does not allow it. */
export let strict: Files
/** Allows it. */
export let lax: Files

beforeAll(async () => {
  open = await listen(ssh)
  ;({ strict, lax } = makePolicies(open.port))
})

afterAll(() => open[Symbol.asyncDispose]())
