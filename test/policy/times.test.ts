import { describe, expect, it } from 'vitest'
import { parseDate, parseDuration } from '../../src/policy/times.ts'

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1h2m3s4ms', 3_723_004],
    ['24h', 86_400_000],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toEqual({ value: ms }))

  it.each([
    ['', 'for example `90s`'],
    ['90', '90s'],
    ['1.5h', 'for example'],
    ['10 m', 'for example'],
    ['5m1h', 'for example'],
    ['-5s', 'for example'],
    ['10M', 'for example'],
    ['0s', 'from `1ms` to `24h`'],
    ['24h1ms', 'from `1ms` to `24h`'],
    [`${'9'.repeat(400)}h`, 'from `1ms` to `24h`'],
  ])('refuses %j', (text, hint) => {
    const { problem } = parseDuration(text)
    expect(problem?.code).toBe('bad-duration')
    expect(problem?.hint).toContain(hint)
  })
})

describe('parseDate', () => {
  it.each(['2027-01-31', '2028-02-29', '2000-02-29', '2027-12-31'])('%s exists', (text) => {
    expect(parseDate(text)).toEqual({ value: text })
  })

  it.each([
    ['2027-02-30', '2027-02-28'],
    ['2027-02-29', '2027-02-28'],
    ['2100-02-29', '2100-02-28'],
    ['2027-04-31', '2027-04-30'],
    ['2027-01-00', '2027-01-31'],
    ['2027-13-01', '01 to 12'],
    ['2027-00-10', '01 to 12'],
    ['2027-1-1', 'YYYY-MM-DD'],
    ['31.01.2027', 'YYYY-MM-DD'],
    ['2027-01-31T00:00:00Z', 'YYYY-MM-DD'],
    ['', 'YYYY-MM-DD'],
  ])('refuses %j', (text, hint) => {
    const { problem } = parseDate(text)
    expect(problem?.code).toBe('bad-date')
    expect(problem?.hint).toContain(hint)
  })
})
