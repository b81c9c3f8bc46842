import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toAnnotations } from '../../src/report/annotations.ts'
import { renderWorkflowCommands as renderPieces } from '../../src/report/workflow-commands.ts'
import { isCommand, UNPRINTABLE } from './reading.ts'
import { fail, HOSTILE, makeHostile, pass, samples } from './samples.ts'

const renderWorkflowCommands = (...given: Parameters<typeof renderPieces>) =>
  [...renderPieces(...given)].join('')

/** A command as the runner reads it (`ActionCommand.cs`). */
function read(line: string) {
  const [, level, properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? []
  const decode = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%')
  const values = properties.split(',').map((pair) => pair.split('=') as [string, string])
  return {
    level,
    message: decode(message),
    ...Object.fromEntries(values.map(([key, ...rest]) => [key, decode(rest.join('='))])),
  }
}

function listCommands(text: string): string[] {
  return text.split('\n').filter(isCommand)
}

describe('workflow commands', () => {
  test('are the annotations, on the lines of the policy', () => {
    const [first] = listCommands(renderWorkflowCommands(fail))
    expect(first).toMatch(
      /^::error file=\.github\/port-policy\.yml,line=4,col=3,title=critical%3A unexpected-open-port on db\.example\.com%3A6379::redis on port/,
    )
  })

  test.each(Object.keys(samples))('%s: say what the annotations say', (name) => {
    const report = samples[name] ?? pass
    const commands = listCommands(renderWorkflowCommands(report)).map(read)
    expect(commands.map(({ level, message }) => ({ level, message }))).toEqual(
      toAnnotations(report).map(({ level, message }) => ({ level, message })),
    )
  })

  test('are no other commands whatever the texts are', () => {
    const known = listCommands(renderWorkflowCommands(makeHostile('text'))).length
    const anything = fc.oneof(
      fc.constantFrom(...HOSTILE, '::', ',line=1::', '%0A::x::'),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const said = renderWorkflowCommands(makeHostile(text))
        expect(said).not.toMatch(UNPRINTABLE)
        const commands = listCommands(said).map(read)
        expect(commands).toHaveLength(known)
        for (const { level } of commands) expect(['error', 'warning', 'notice']).toContain(level)
      }),
      { numRuns: 150 },
    )
  })
})
