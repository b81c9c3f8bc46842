/** How long the page of a large report takes in Chromium here: until it is painted first, and for each filter. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { renderHtml } from '../src/report/html/html.ts'
import { makeLargeReport } from './large-report.ts'

const RUNS = 5

/** How each filter is set in the form, as an expression for the page. */
const FILTERS = {
  'severity: critical': `document.querySelector('input[value=critical]').click()`,
  'host: 10.88.3.1': `type('10.88.3.1')`,
  'host: 1': `type('1')`,
  'all again': `document.querySelector('[type=reset]').click()`,
}

const TYPE = `const type = (text) => { const host = document.querySelector('#host'); host.value = text; host.dispatchEvent(new Event('input', { bubbles: true })) }`

const report = makeLargeReport()
const folder = mkdtempSync(join(tmpdir(), 'portgate-page-'))
const path = join(folder, 'report.html')
const before = performance.now()
const text = [...renderHtml(report, {})].join('')
say('hosts, findings', `${report.hosts.length}, ${report.findings.length}`)
say('written in', `${Math.round(performance.now() - before)} ms, ${(text.length / 1e6).toFixed(1)} MB`)
writeFileSync(path, text)
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const times = new Map<string, number[]>()
  for (let run = 0; run < RUNS; run++) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
    await page.goto(pathToFileURL(path).href)
    await page.waitForFunction(`performance.getEntriesByName('first-contentful-paint').length > 0`)
    keep(
      times,
      'first paint',
      await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0].startTime`),
    )
    for (const [name, act] of Object.entries(FILTERS)) {
      // Until the list is there and laid out; a reset acts after its event.
      const took = `(async () => { ${TYPE}; const before = performance.now(); ${act}; await new Promise((done) => setTimeout(done)); document.body.offsetHeight; return performance.now() - before })()`
      keep(times, name, await page.evaluate(took))
    }
    await page.close()
  }
  for (const [name, all] of times) say(name, `${all.map(Math.round).join(', ')} ms`)
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}

function keep(times: Map<string, number[]>, name: string, ms: unknown): void {
  times.set(name, [...(times.get(name) ?? []), ms as number])
}

function say(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(20)} ${value}\n`)
}
