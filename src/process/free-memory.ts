import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Frees what it took to read a large file: the parser leaves 1 to 2 KB behind for each value. V8 may keep hundreds of megabytes
 * of that, and what is read next comes on top. It takes about 50 ms, and there is no other way to ask for it.
 */
export function freeMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
}

/**
 * Keeps the heap near what is in use, from here on. V8 doubles its space for new objects whenever as much as it holds has survived in all,
 * however little at a time: a file of 1 GB of which 15 MB are kept ends with 128 MB of it. That buys no speed, since what a parser leaves behind
 * is dead at once, nor does it afterwards (Node 24: 1 GB of nmap's XML takes as long, and 137 MB in place of 245 MB).
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1 --heap-growing-percent=30')
}
