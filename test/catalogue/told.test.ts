import { expect, test } from 'vitest'
import { isTold } from '../../src/catalogue/told.ts'
import { INSIDE_TLS, nameOverTls, PROTOCOLS } from '../../src/scan/identify/protocols/index.ts'

const told = [...INSIDE_TLS, ...PROTOCOLS.filter(({ greeting }) => !greeting)].map(({ service }) => service)

test('what identification tells inside TLS counts as told, by both names', () => {
  const names = [...told, ...told.map(nameOverTls)]
  expect(names.filter((service) => !isTold(service))).toEqual([])
})

test('and nothing else does', () => {
  const others = PROTOCOLS.map(({ service }) => service).filter((service) => !told.includes(service))
  expect(others.filter((service) => service !== 'tls' && isTold(service))).toEqual([])
  expect(['tls', 'oracle-tns', 'sips', 'icinga'].filter(isTold)).toEqual([])
  expect(['grafana', 'pgbouncer', 'redis-sentinel'].filter((service) => !isTold(service))).toEqual([])
})
