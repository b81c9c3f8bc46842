import { expect, test } from 'vitest'
import { admitWitness } from '../../../src/scan/engine/control-probes.ts'
import { createCourse } from '../../../src/scan/engine/host-scan.ts'
import {
  type ControlAnswer,
  heedControl,
  holdRefusal,
  isControlDue,
  isInDoubt,
  noteAsked,
} from '../../../src/scan/engine/refusals.ts'
import { createTarget } from '../../../src/scan/targets/target.ts'

/** A host with one open port and one refusal, after which the open port was asked; nothing else is left to be done. */
function begin() {
  const target = createTarget('192.0.2.1', Uint16Array.of(1, 80), { deadline: 1e9, caps: [], expected: [] })
  const course = createCourse({ target, order: [0, 1], deadline: 1e9 })
  admitWitness(course.witnesses, 80, 'open', 'http')
  holdRefusal(course, 0, 0)
  noteAsked(course, 0, 0)
  return course
}

test.each<[ControlAnswer, { isInDoubt: boolean; isDue: boolean; trust: string }]>([
  ['accepted', { isInDoubt: false, isDue: false, trust: 'given' }],
  ['refused', { isInDoubt: true, isDue: true, trust: 'suspended' }],
  ['silent', { isInDoubt: true, isDue: true, trust: 'given' }],
  ['unsent', { isInDoubt: true, isDue: true, trust: 'given' }],
])('the last question is asked again until it is known what refusals are worth: %s', (answer, expected) => {
  const course = begin()
  expect(isControlDue(course, true, false, 1_000)).toBe(false)
  heedControl(course, 80, 0, answer, 20)
  const isDue = isControlDue(course, true, false, 1_000)
  expect({ isInDoubt: isInDoubt(course), isDue, trust: course.trust }).toEqual(expected)
})

test('where nothing has refused and only open ports bear witness, none is asked for the sake of refusals', () => {
  const { target } = begin().lane
  const isDue = Array.from({ length: 200 }, () => {
    const course = createCourse({ target, order: [0, 1], deadline: 1e9 })
    admitWitness(course.witnesses, 80, 'open', 'http')
    return isControlDue(course, false, true, 1_000)
  })
  expect(isDue).not.toContain(true)
})
