import { expect, test } from 'vitest'
import { admitControl, createControlProbes } from '../../../src/scan/engine/control-probes.ts'
import {
  type ControlAnswer,
  createRefusals,
  holdRefusal,
  isInDoubt,
  isQuestionDue,
  judgeAnswer,
  noteAsked,
  placeQuestion,
} from '../../../src/scan/engine/refusals.ts'
import { createRandom } from '../../../src/scan/targets/random.ts'

/** A host with one open port and one refusal, after which the open port was asked; nothing else is left to be done. */
function begin() {
  const controls = createControlProbes()
  const refusals = createRefusals()
  admitControl(controls, 80, 'open', 'http')
  holdRefusal(refusals, 0, 0)
  noteAsked(refusals, 0, 0)
  return { controls, refusals }
}

const atTheEnd = { now: 1_000, isLast: true, isLosing: false }

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
    const controls = createControlProbes()
    const refusals = createRefusals()
    admitControl(controls, 80, 'open', 'http')
    const moment = { now: 1_000, isLast: false, isLosing: true }
    placeQuestion(refusals, controls, moment, 1, random)
    return isQuestionDue(refusals, controls, moment)
  })
  expect(isDue).not.toContain(true)
})
