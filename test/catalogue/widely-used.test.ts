import { expect, test } from 'vitest'
import { ianaNameOf } from '../../src/catalogue/iana.ts'
import { widelyUsed } from '../../src/catalogue/widely-used.ts'

test('every port is one that IANA has registered for TCP, under that name', () => {
  const wrong = [...widelyUsed].filter(([port, name]) => ianaNameOf(port) !== name.toLowerCase())
  expect(wrong).toEqual([])
})

test('the ports are registered ones, ascending, some hundreds', () => {
  const ports = [...widelyUsed.keys()]
  expect(ports).toEqual([...ports].sort((a, b) => a - b))
  expect(ports[0]).toBeGreaterThanOrEqual(1024)
  expect(ports.at(-1)).toBeLessThanOrEqual(49_151)
  expect(ports.length).toBeGreaterThan(500)
})
