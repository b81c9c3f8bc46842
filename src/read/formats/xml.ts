import { SaxesParser } from 'saxes'
import { CUT_OFF, type Position, type Reader, ResultsError } from '../reading.ts'

/** An element that begins. */
export interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  /** The names of the elements around it, from the root on. */
  path: readonly string[]
}

/** Callbacks for the elements of a document. */
export interface ElementHandler {
  open(element: Element, position: Position): void
  close(element: Pick<Element, 'name' | 'path'>, position: Position): void
}

/** Longest tag, comment or text between two tags, in characters: a list of 65,535 ports takes 400,000. */
const LONGEST_PIECE = 8 * 1024 * 1024

/** Scanners nest ten deep, their scripts some more. */
const DEEPEST = 100

/**
 * Reads XML that is well-formed to its very end: one document with one root and nothing after it. Declarations of its own (DTD,
 * entities) are refused, so that nothing can expand.
 *
 * saxes and not sax: it is four times as quick, holds all of the grammar (an attribute twice, a document that is not whole), and jsdom
 * is built on it. Neither bounds what it buffers as these files need; that is done here.
 */
export function createXmlReader({ open, close }: ElementHandler): Reader {
  const parser = new SaxesParser({ position: true })
  const path: string[] = []
  let read = 0
  let told = 0
  let hasRoot = false
  const here = (): Position => ({ line: parser.line, column: parser.columnIndex + 1 })
  const refuse = (message: string): never => {
    throw new ResultsError(here(), message)
  }
  const tell = () => {
    told = parser.position
  }
  // With two more handlers, V8 turns the parser into a dictionary-mode object, which is four times as slow (measured: 16 in place
  // of 65 MB/s).
  parser.on('error', () => refuse('this is not well-formed XML'))
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    if (!/^(utf-8|us-ascii)$/i.test(encoding)) refuse('the XML is not in UTF-8')
    tell()
  })
  parser.on('doctype', (text) => {
    if (text.includes('[')) refuse('the XML declares types or entities of its own, which no scanner does')
    tell()
  })
  parser.on('text', tell)
  parser.on('opentag', ({ name, attributes }) => {
    tell()
    if (path.length >= DEEPEST) refuse(`elements are nested more than ${DEEPEST} deep`)
    hasRoot = true
    open({ name, attributes: attributes as Element['attributes'], path }, here())
    path.push(name)
  })
  parser.on('closetag', ({ name }) => {
    tell()
    path.pop()
    close({ name, path }, here())
  })
  return {
    write(text) {
      read += text.length
      parser.write(text)
      if (read - told > LONGEST_PIECE)
        refuse('a tag, comment or text is longer than any that a scanner writes')
    },
    end() {
      if (!hasRoot || path.length > 0) refuse(CUT_OFF)
      parser.close()
    },
  }
}
