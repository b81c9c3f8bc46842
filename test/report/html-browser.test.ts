/// <reference lib="dom" />
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/model.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { fail, HOSTILE, makeFinding, makeHost, makeHostile, pass } from './samples.ts'

/** Where Debian, and the runners of GitHub, have a browser of this kind. */
const BROWSER = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(BROWSER === undefined)('in a browser', () => {
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portgate-html-'))
    browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true })
  })

  /** Opens a report, and collects what a page that is attacked would do. */
  async function open(report: Report, colorScheme: 'light' | 'dark' = 'light', fragment = '') {
    const path = join(folder, `${Math.random().toString(36).slice(2)}.html`)
    await writeFile(path, [...renderHtml(report, {})].join(''))
    const page = await browser.newPage({ colorScheme })
    const told: string[] = []
    page.on('console', (message) => told.push(message.text()))
    page.on('pageerror', ({ message }) => told.push(message))
    page.on('dialog', (dialog) => {
      told.push(`dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    const address = `${pathToFileURL(path).href}${fragment}`
    page.on('request', (request) => {
      if (request.url() !== address) told.push(`request ${request.url()}`)
    })
    await page.goto(address)
    return { page, told, [Symbol.asyncDispose]: () => page.close() }
  }

  const open300 = Array.from({ length: 300 }, (_, index) =>
    makeFinding({
      endpoint: `host-${index}.example.com`,
      severity: index % 3 === 0 ? 'critical' : 'low',
      service: index % 2 === 0 ? 'redis' : 'ssh',
      novelty: index % 5 === 0 ? 'new' : 'known',
      why: `Cause ${index % 100}.`,
    }),
  )

  const statusOf = (page: Page) => page.locator('[role=status]').textContent()

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (scheme) => {
    for (const report of [pass, fail, { ...fail, findings: open300 }]) {
      await using opened = await open(report, scheme)
      const { page } = opened
      await page.locator('.host').evaluateAll((all) => {
        for (const host of all) (host as HTMLElement).click()
      })
      for (const summary of await page
        .locator('.card > details > summary')
        .all()
        .then((all) => all.slice(0, 3)))
        await summary.click()
      await page.evaluate(AXE)
      const violations = await page.evaluate(async () => {
        // @ts-expect-error: the script above defines it
        const { violations } = await axe.run()
        return violations.map(
          ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`,
        )
      })
      expect(violations).toEqual([])
      expect(opened.told).toEqual([])
    }
  })

  test('nothing that a host sent runs, is loaded, or leads anywhere', async () => {
    const together = HOSTILE.join(' ')
    for (const text of [
      together,
      '</script><script>alert(1)</script><img src=x onerror=alert(1)>',
      '" autofocus onfocus="alert(1)',
    ]) {
      await using opened = await open(makeHostile(text))
      const { page } = opened
      for (const selector of ['.card > details', '.closings'])
        await page.locator(selector).evaluateAll((all) => {
          for (const details of all) (details as HTMLDetailsElement).open = true
        })
      expect(opened.told).toEqual([])
      const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
      expect(links).toEqual(['#findings'])
      expect(await page.locator('main img, main iframe, main script, main style').count()).toBe(0)
    }
  })

  test('the filter shows what it lets through, and stands in the address', async () => {
    await using opened = await open({ ...fail, findings: open300 })
    const { page } = opened
    expect(await statusOf(page)).toMatch(/^300 findings/)
    await page.getByLabel(/^critical/).check()
    expect(await statusOf(page)).toMatch(/^100 of 300 findings/)
    expect(new URL(page.url()).hash).toBe('#severity=critical')
    await page.getByLabel('Service').selectOption('redis')
    await page.locator('#host').fill('host-1')
    await page.getByLabel('Since the baseline').selectOption('known')
    expect(new URL(page.url()).hash).toBe('#severity=critical&host=host-1&service=redis&new=known')
    const expected = open300.filter(
      ({ endpoint, severity, service, novelty }) =>
        endpoint?.includes('host-1') && severity === 'critical' && service === 'redis' && novelty === 'known',
    )
    expect(await statusOf(page)).toMatch(new RegExp(`^${expected.length} of 300 findings`))
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.waitForFunction(() => location.hash === '')
    expect(await statusOf(page)).toMatch(/^300 findings/)
  })

  test('an address with a filter shows the same, and one that is no filter shows all', async () => {
    await using opened = await open({ ...fail, findings: open300 }, 'light', '#severity=low&host=host-10')
    expect(await statusOf(opened.page)).toMatch(/^\d+ of 300 findings/)
    expect(await opened.page.getByLabel(/^low/).isChecked()).toBe(true)
    await using other = await open({ ...fail, findings: open300 }, 'light', '#severity=nonsense&<script>')
    expect(await statusOf(other.page)).toBe('None of 300 findings passes this filter.')
  })

  test('a cause with several explanations has the first few, each with its place, and says that known ones still fail', async () => {
    const findings = [0, 1, 2, 3, 4].map((index) =>
      makeFinding({
        ...{ endpoint: `db${index}.example.com`, why: `Cause ${index}k.` },
        ...{ novelty: 'known', since: '2026-04-01T06:00:00.000Z' },
      }),
    )
    await using opened = await open({ ...fail, findings })
    const { page } = opened
    expect(await statusOf(page)).toMatch(/^5 findings from 1 cause/)
    const card = await page.locator('.card').innerText()
    expect(card).toMatch(/Why on db0\.example\.com:6379 .*Cause 0k\./)
    expect(card).toMatch(/Why on db2\.example\.com:6379 .*Cause 2k\./)
    expect(card).not.toContain('Cause 3k.')
    expect(card).toContain('2 more are explained otherwise; filter by host to see how.')
    expect(card).toContain('since 2026-04-01, still fails')
    expect(card).toContain('no allowance covers it. And 4 more like it.')
    await page.locator('#host').fill('db4')
    expect(await page.locator('.card').innerText()).toMatch(/Why Rated critical: .*Cause 4k\./)
  })

  test('a host of the map leads to its findings, by the keyboard as well', async () => {
    await using opened = await open(fail)
    const { page } = opened
    await page.locator('.host').filter({ hasText: 'db.example.com' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Findings of db.example.com' }).focus()
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#host=db.example.com')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('findings')
    expect(await statusOf(page)).toBe('2 of 5 findings')
  })

  test('a host has a letter only if something was seen open', async () => {
    const silent = makeHost({ endpoint: 'silent.example.com' })
    await using opened = await open({ ...pass, hosts: [...pass.hosts, silent] })
    const letters = opened.page.locator('tbody tr').filter({ hasText: 'silent' }).locator('.posture')
    expect(await letters.allTextContents()).toEqual(['–'])
    expect(await opened.page.locator('.posture.A').count()).toBeGreaterThan(0)
  })

  test('a row of the map counts the hosts that it does not name', async () => {
    const hosts = [1, 3, 5, 7, 9, 10, 11].map((last) =>
      makeHost({ endpoint: '192.0.2.0/24', address: `192.0.2.${last}` }),
    )
    await using opened = await open({ ...pass, hosts })
    expect(await opened.page.locator('.host').allTextContents()).toEqual([
      '192.0.2.1, 192.0.2.3, 192.0.2.5, 192.0.2.7, and 3 more (7)',
    ])
  })

  test('the map has another mark, and a legend, for a violation that does not fail', async () => {
    await using opened = await open(fail)
    const cell = opened.page.locator('tbody .cell.unfailing')
    expect(await cell.allTextContents()).toEqual(['×open, breaks the policy; does not fail the check, low'])
    expect(await opened.page.locator('.legend').textContent()).toContain(
      '× open, breaks the policy; does not fail the check',
    )
  })

  test('the commands for a way in name the host, and warn of being locked out', async () => {
    await using opened = await open(fail)
    const card = opened.page.locator('.card').filter({ hasText: 'allowance expired' })
    await card.getByText('Why, and what to do').click()
    await card.getByText('Commands that close port 22 on bastion.example.com: one of these').click()
    await card.getByText('This may lock you out').waitFor()
  })

  test('the commands are those for the port, and can be copied', async () => {
    await using opened = await open(fail)
    const { page } = opened
    await page.getByText('Commands that close port 6379').click()
    await page.getByRole('button', { name: 'Copy the command for ufw' }).click()
    expect(await page.getByText('ufw prepend deny 6379/tcp').count()).toBe(1)
    await page.getByText('Copied').waitFor()
  })
})
