import { expect, test } from 'vitest'
import { judgeSituation, tellSituation } from './case.ts'

const repeat = (count: number, item: string) => `${item},`.repeat(count)

test('of thousands of allowances the worst are told one by one, and the others counted', () => {
  const { findings } = tellSituation({
    policy: `risky-allowances: { from: info, need: [reason] }\nhosts: { a.t: [${repeat(3_000, '22')}6379] }`,
    seen: 'a.t 10.0.0.1: open 22=ssh; closed 80',
  })
  const lacking = findings.filter(({ id }) => id === 'undocumented-allowance')
  expect(lacking).toHaveLength(501)
  expect(lacking[0]).toMatchObject({ severity: 'critical', port: 6379 })
  expect(lacking.find(({ message }) => message.startsWith('2,501 more'))).toMatchObject({
    message: '2,501 more allowances lack what `risky-allowances` requires.',
    kind: 'violation',
    fails: true,
  })
})

test('of what is only noted, too', () => {
  const { findings } = tellSituation({
    policy: `scan: { ports: [22, 80] }\nhosts: { a.t: [22, ${repeat(2_000, '80')}] }`,
    seen: 'a.t 10.0.0.1: open 22=ssh; closed 80',
  })
  const unused = findings.filter(({ id }) => id === 'unused-allowance')
  expect(unused.map(({ message }) => message).at(-1)).toBe(
    '1,500 more allowances are unused: no matching port is open.',
  )
  expect(unused).toHaveLength(501)
})

test('a hundred thousand required ports of one host are judged once each', () => {
  const required = Array.from({ length: 90_000 }, (_, index) => 1 + (index % 65_535)).join()
  const { findings } = judgeSituation({
    policy: `scan: { ports: 22 }\nhosts: { a.t: { require: [${required}] } }`,
    seen: 'a.t 10.0.0.1: open 1-65533; closed 65534-65535',
  })
  expect(findings.filter(({ id }) => id === 'required-port-not-open').map(({ port }) => port)).toEqual([
    65_534, 65_535,
  ])
})
