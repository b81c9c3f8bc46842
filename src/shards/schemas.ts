/** What the files of plans and of shards have in common. */
import { z } from 'zod'
import { LAST_PORT, mergeRanges, readRanges } from '../port-ranges.ts'

/** Names, addresses and what a kernel says: more than any of them needs. */
export const shortText = z.string().max(2_000)

/** As `Identified` has it: printable ASCII and bounded. */
export const printableText = z.string().regex(/^[\x20-\x7e]{0,2000}$/)

export const instant = z.iso.datetime()
export const count = z.int().min(0)
export const port = z.int().min(1).max(LAST_PORT)
export const hex = z.string().regex(/^[0-9a-f]{64}$/)

/** Ports as ranges, ascending and apart: `1-21,23`. Never empty. */
export const portText = z
  .string()
  .max(LAST_PORT * 6)
  .regex(/^\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*$/)
  .refine(isAscending)

function isAscending(text: string): boolean {
  const ranges = readRanges(text)
  const isWell = ranges.every(({ from, to }, index) => {
    const before = ranges[index - 1]?.to ?? -1
    return from >= 1 && from <= to && to <= LAST_PORT && from > before + 1
  })
  return isWell && mergeRanges(ranges).length === ranges.length
}
