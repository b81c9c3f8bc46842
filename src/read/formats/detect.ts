import { type Reader, ResultsError, type Sink } from '../reading.ts'
import { createMasscanLinesReader, createNaabuReader } from './json-lines.ts'
import { createMasscanGrepableReader } from './masscan-grepable.ts'
import { createMasscanJsonReader } from './masscan-json.ts'
import { createNmapGrepableReader } from './nmap-grepable.ts'
import { createPortgateReader } from './portgate.ts'
import { createRustScanReader } from './rustscan.ts'
import { createXmlScanReader } from './xml-scan.ts'

/** What a format begins with, in the order in which they are tried. */
const BEGINNINGS: readonly (readonly [RegExp, (sink: Sink) => Reader])[] = [
  [/^\s*</, createXmlScanReader],
  [/^# Nmap /, createNmapGrepableReader],
  [/^# Masscan /, createMasscanGrepableReader],
  [/^\s*\{\s*"schemaVersion"/, createPortgateReader],
  [/^\s*(?:\[|\{\s*finished)/, createMasscanJsonReader],
  [/^\s*\{\s*"ip":\s*"[^"]*",\s*"timestamp":\s*"\d*",\s*"ports":/, createMasscanJsonReader],
  [/^\{"ip":"[^"]*","timestamp":"\d*","port":/, createMasscanLinesReader],
  [/^\{[^\n]*"ip":/, createNaabuReader],
  [/^\S+ -> \[/, createRustScanReader],
]

const READ =
  'nmap -oX or -oG, masscan -oX, -oJ, -oD or -oG, naabu -json, RustScan -g, or report.json of Portgate'

/** Enough characters to tell the format. */
const TELLING = 1_000

/** Reads a file of any format that is known, by what it begins with. */
export function createResultsReader(sink: Sink): Reader {
  let beginning = ''
  let reader: Reader | undefined
  const begin = () => {
    if (beginning.trim() === '')
      throw new ResultsError(
        { line: 1, column: 1 },
        'the file is empty: nothing says that anything was scanned',
      )
    const [, create] = BEGINNINGS.find(([pattern]) => pattern.test(beginning)) ?? []
    if (!create)
      throw new ResultsError({ line: 1, column: 1 }, `the format is not known: it has to be ${READ}`)
    reader = create(sink)
    reader.write(beginning)
    return reader
  }
  return {
    write(text) {
      if (reader) return reader.write(text)
      beginning += text
      if (beginning.length >= TELLING) begin()
    },
    end() {
      const begun = reader ?? begin()
      begun.end()
    },
  }
}
