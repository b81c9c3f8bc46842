import { expect, test } from 'vitest'
import { admitControl, createControlPorts } from '../../../src/scan/engine/control-ports.ts'
import { isQuestionDue, isRecheckDue, placeQuestion } from '../../../src/scan/engine/refusal-questions.ts'
import {
  type ControlAnswer,
  createRefusals,
  holdRefusal,
  isInDoubt,
  judgeAnswer,
  noteAsked,
  takeForRecheck,
} from '../../../src/scan/engine/refusals.ts'
import { createRandom } from '../../../src/scan/targets/random.ts'

/** A host with one open port, and one that has refused twice, after which the open port was asked; nothing else is left to be done. */
function begin() {
  const controls = createControlPorts()
  const refusals = createRefusals()
  admitControl(controls, 80, 'open', 'http')
  holdRefusal(refusals, 0, 0)
  for (const position of takeForRecheck(refusals)) holdRefusal(refusals, position, 0)
  noteAsked(refusals, 0, 0)
  return { controls, refusals }
}

const atTheEnd = { now: 1_000, isAllSent: true, isLast: true, isLosing: false }

test.each<[ControlAnswer, { isInDoubt: boolean; isDue: boolean; trust: string }]>([
  ['accepted', { isInDoubt: false, isDue: false, trust: 'given' }],
  ['refused', { isInDoubt: true, isDue: true, trust: 'suspended' }],
  ['silent', { isInDoubt: true, isDue: true, trust: 'given' }],
  ['unsent', { isInDoubt: true, isDue: true, trust: 'given' }],
])('the last question is asked again until it is known what refusals are worth: %s', (answer, expected) => {
  const { controls, refusals } = begin()
  expect(isQuestionDue(refusals, controls, atTheEnd)).toBe(false)
  judgeAnswer(refusals, 80, 0, answer, 20)
  const isDue = isQuestionDue(refusals, controls, atTheEnd)
  expect({ isInDoubt: isInDoubt(refusals, controls), isDue, trust: refusals.trust }).toEqual(expected)
})

test('where nothing has refused and only open ports are known, none is asked for the sake of refusals', () => {
  const random = createRandom(1)
  const isDue = Array.from({ length: 200 }, () => {
    const controls = createControlPorts()
    const refusals = createRefusals()
    admitControl(controls, 80, 'open', 'http')
    const moment = { now: 1_000, isAllSent: false, isLast: false, isLosing: true }
    placeQuestion(refusals, controls, moment, 1, random)
    return isQuestionDue(refusals, controls, moment)
  })
  expect(isDue).not.toContain(true)
})

test('a few refusals are looked at twice, once, and an open port is asked behind them', () => {
  const controls = createControlPorts()
  const refusals = createRefusals()
  for (let position = 0; position < 40; position++) holdRefusal(refusals, position, 0)
  expect(isRecheckDue(refusals, controls, atTheEnd)).toBe(false)
  admitControl(controls, 80, 'open', 'http')
  expect(isRecheckDue(refusals, controls, { ...atTheEnd, isLast: false })).toBe(false)
  expect(isRecheckDue(refusals, controls, atTheEnd)).toBe(true)
  expect([...takeForRecheck(refusals)]).toEqual(Array.from({ length: 32 }, (_, index) => index + 8))
  const underWay = { now: 1_000, isAllSent: false, isLast: false, isLosing: false }
  expect(isQuestionDue(refusals, controls, underWay)).toBe(false)
  expect(isQuestionDue(refusals, controls, { ...underWay, isAllSent: true })).toBe(true)
  noteAsked(refusals, 0, 1_000)
  expect(isRecheckDue(refusals, controls, atTheEnd)).toBe(false)
})
