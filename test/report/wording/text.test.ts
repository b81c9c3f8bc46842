import { expect, test } from 'vitest'
import {
  around,
  capitalise,
  code,
  join,
  plain,
  say,
  sentences,
  words,
  written,
} from '../../../src/report/wording/text.ts'

test('what is put into a sentence is from outside, whatever it looks like', () => {
  expect(say`${'`x`'} is open on ${22}, see ${code(['fail-on'])}.`).toEqual([
    { outside: '`x`' },
    ' is open on ',
    { outside: '22' },
    ', see ',
    { code: ['fail-on'] },
    '.',
  ])
})

test('backticks mark code in our own words, and in what a policy or the catalogue says', () => {
  expect(words('Raise `time-limit`.')).toEqual(['Raise ', { code: ['time-limit'] }, '.'])
  expect(written('`db` is gone')).toEqual([{ code: [{ outside: 'db' }] }, { outside: ' is gone' }])
})

test.each(['', '`', 'a ` b', '`a` b `', '``', 'a `b` c'])('%j stays as it is written', (text) => {
  expect(plain(written(text))).toBe(text)
})

test('a name within a text is a piece of its own where it is a whole word', () => {
  expect(around('80 of 8080, not 80', '80')).toEqual([
    { outside: '80' },
    { outside: ' of 8080, not ' },
    { outside: '80' },
  ])
  expect(around('a[b](c', 'a[b](c')).toEqual([{ outside: 'a[b](c' }])
  expect(around('text')).toEqual([{ outside: 'text' }])
})

test('texts are put in a row', () => {
  expect(plain(join([say`${1}`, say`${2}`], ', '))).toBe('1, 2')
  expect(plain(sentences(['One.'], undefined, [], ['Two.']))).toBe('One. Two.')
  expect(plain(sentences())).toBe('')
})

test('only our own words get a capital', () => {
  expect(plain(capitalise(say`port ${22}`))).toBe('Port 22')
  expect(plain(capitalise(say`${'redis'} answers`))).toBe('redis answers')
})
