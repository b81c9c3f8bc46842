import { stat } from 'node:fs/promises'
import { readRegularFile } from '../files/regular-file.ts'
import { count } from '../numbers.ts'
import { explainComma, parseEndpoint } from '../policy/endpoints.ts'
import { quote } from '../policy/problem.ts'
import { splitList } from '../prepare/lists.ts'
import { DASH, readInput, STDIN } from '../process/stdin.ts'
import { Unusable } from '../unusable.ts'
import { refuseFiles } from './arguments.ts'

/** Most bytes of a list that are read. */
const MOST_BYTES = 1024 * 1024

/** Most mistakes in a list that are shown; the rest are counted. */
const MOST_SHOWN = 20

/**
 * Endpoints from arguments: the name of a file stands for the list of endpoints in it, and `-` for the list on standard
 * input.
 *
 * @throws {Unusable} with all that is wrong
 */
export async function readEndpoints(args: string[]): Promise<string[]> {
  const endpoints: string[] = []
  for (const text of args) {
    if (text === DASH) endpoints.push(...readList(await readInput(), STDIN))
    else if (await isFile(text)) endpoints.push(...readList(await readFile(text), text))
    else endpoints.push(requireHost(text))
  }
  return [...new Set(endpoints)]
}

async function isFile(text: string): Promise<boolean> {
  // A policy or a report is not a list, whether the file exists or not.
  refuseFiles([text])
  return stat(text).then(
    (found) => found.isFile(),
    () => false,
  )
}

async function readFile(file: string): Promise<Uint8Array> {
  const bytes = await readRegularFile(file, MOST_BYTES + 1).catch(({ message }: Error) => {
    throw new Unusable([`The list ${quote(file)} cannot be read: ${message}.`])
  })
  return bytes ?? new Uint8Array()
}

function requireHost(text: string): string {
  const isPath = /^\.{0,2}[/\\]|\.(txt|lst|list|csv)$/i.test(text)
  if (isPath) throw new Unusable([`There is no file ${quote(text)} to read endpoints from.`])
  return text
}

/** The endpoints of a list: one a line, or with commas or spaces between; what follows a `#` is a comment. */
function readList(bytes: Uint8Array, file: string): string[] {
  if (bytes.length > MOST_BYTES) throw new Unusable([`The list ${quote(file)} is larger than 1 MiB.`])
  const text = new TextDecoder().decode(bytes)
  const problems: string[] = []
  const endpoints = text.split(/\r?\n/).flatMap((line, index) => {
    const written = line.replace(/(^|\s)#.*$/, '').trim()
    if (written === '') return []
    return splitList(written).filter((one) => {
      const { problem } = explainComma(one) ?? parseEndpoint(one)
      const hint = problem?.hint ? ` (${problem.hint})` : ''
      if (problem) problems.push(`${file}:${index + 1}: ${problem.message}${hint}`)
      return !problem
    })
  })
  if (problems.length > 0) throw refuseList(problems)
  if (endpoints.length === 0) throw new Unusable([`The list ${quote(file)} names no endpoints.`])
  return endpoints
}

function refuseList(problems: string[]): Unusable {
  const left = problems.length - MOST_SHOWN
  const more = left > 0 ? [`and ${count(left, 'more mistake')}`] : []
  return new Unusable([...problems.slice(0, MOST_SHOWN), ...more])
}
