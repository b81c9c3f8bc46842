import { formatNumber } from '../numbers.ts'
import type { Progress } from '../scan/context.ts'

/** How often a log hears of progress, in milliseconds. */
const LOG_EVERY_MS = 10_000

/** How often a bar is drawn, in milliseconds. */
const DRAW_EVERY_MS = 100

const BAR_COLUMNS = 30

type OnProgress = (progress: Progress) => void

/** Progress for a log: a line every 10 s, so that a short run writes none. */
export function createProgressLog(write: (line: string) => void): OnProgress {
  let due = performance.now() + LOG_EVERY_MS
  return (progress) => {
    const now = performance.now()
    if (now < due) return
    due = now + LOG_EVERY_MS
    write(describe(progress))
  }
}

/** Progress for a terminal: one line that is drawn over and over. */
export function createProgressBar(stream: NodeJS.WriteStream): { onProgress: OnProgress; clear(): void } {
  let due = 0
  return {
    onProgress(progress) {
      const now = performance.now()
      if (now < due) return
      due = now + DRAW_EVERY_MS
      const filled = Math.round((progress.done / Math.max(1, progress.total)) * BAR_COLUMNS)
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_COLUMNS - filled)
      stream.write(`\r\x1b[2K${`${bar} ${describe(progress)}`.slice(0, (stream.columns || 80) - 1)}`)
    },
    clear() {
      stream.write('\r\x1b[2K')
    },
  }
}

function describe({ phase, done, total, open }: Progress): string {
  const far = total > 1 ? ` ${formatNumber(done)} of ${formatNumber(total)}` : ''
  return `${phase}${far}${open > 0 ? `, ${formatNumber(open)} open` : ''}`
}
