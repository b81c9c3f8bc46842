/**
 * Pictures of what people see, into docs/pictures/ and docs/what-you-see.md: the summary and the comment of typical
 * runs, rendered as GitHub renders them. Needs Debian's chromium, fonts-noto-core, fonts-noto-color-emoji and pngquant.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fromHtml } from 'hast-util-from-html'
import { defaultSchema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { chromium, type Page } from 'playwright-core'
import { renderSummary } from '../src/report/summary.ts'
import { pictureCases } from './picture-cases.ts'

const CHROMIUM = '/usr/bin/chromium'

/** A picture is cut off below this, in pixels. */
const MOST_HEIGHT = 2_400

/** Colours of a picture: enough for text in shades of grey and a symbol. */
const COLOURS = '32'

/** What GitHub shows Markdown in: widths and sizes in pixels, and what fits in characters. */
const PLACES = [
  { place: 'summary', width: 1012, fontSize: 16, limitBytes: undefined },
  { place: 'comment', width: 800, fontSize: 14, limitBytes: 65_536 },
] as const

const root = fileURLToPath(new URL('..', import.meta.url))
const stylesheet = readFileSync(`${root}node_modules/github-markdown-css/github-markdown-light.css`, 'utf8')

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
rmSync(`${root}docs/pictures`, { recursive: true, force: true })
mkdirSync(`${root}docs/pictures`)
try {
  const page = await browser.newPage({ colorScheme: 'light', javaScriptEnabled: false, offline: true })
  for (const { name, report, ...one } of pictureCases) {
    for (const { place, width, fontSize, ...other } of PLACES) {
      const markdown = renderSummary(report, { limitBytes: one.limitBytes ?? other.limitBytes })
      await photograph(page, toPage(markdown, fontSize), width, `${root}docs/pictures/${name}-${place}.png`)
    }
  }
} finally {
  await browser.close()
}
writeFileSync(`${root}docs/what-you-see.md`, writeGallery())

/** GitHub-flavoured Markdown as the HTML that GitHub lets through, in its own style. */
function toPage(markdown: string, fontSize: number): string {
  const dirty = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  const clean = toHtml(sanitize(fromHtml(dirty, { fragment: true }), defaultSchema))
  const style = `${stylesheet} body { margin: 0 } .markdown-body { padding: 16px; font-size: ${fontSize}px }`
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><article class="markdown-body">${clean}</article>`
}

async function photograph(page: Page, html: string, width: number, path: string): Promise<void> {
  await page.setViewportSize({ width, height: 400 })
  await page.setContent(html)
  const box = await page.locator('article').boundingBox()
  const height = Math.min(Math.ceil(box?.height ?? 0), MOST_HEIGHT)
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height } })
  execFileSync('pngquant', ['--force', '--strip', '--speed=1', `--output=${path}`, COLOURS, path])
}

function writeGallery(): string {
  const sections = pictureCases.flatMap(({ name, title, about }) => [
    `## ${title}`,
    about,
    `![The job summary of this run](pictures/${name}-summary.png)`,
    `<details><summary>As a comment on a pull request</summary>\n\n![The same as a comment](pictures/${name}-comment.png)\n\n</details>`,
  ])
  const intro =
    "The job summary of typical runs, as GitHub shows it. What the scans saw is made up (`scripts/picture-cases.ts`); the words are the program's. `npm run pictures` renders the pictures: GitHub-flavoured Markdown, what GitHub lets through of it, and its stylesheet."
  return `${['# What you see', intro, ...sections].join('\n\n')}\n`
}
