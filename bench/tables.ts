/** How the page writes its tables. */

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Milliseconds, written as seconds. */
export function seconds(ms = Number.NaN): string {
  return (ms / 1000).toFixed(2)
}

/** A count; `–` where there is none. */
export function count(value: number | undefined): string {
  return value === undefined ? '–' : value.toLocaleString('en')
}

/** A bar for a share; twenty characters are 100%. */
export function bar(share: number): string {
  return '█'.repeat(Math.max(1, Math.round(share * 20)))
}
