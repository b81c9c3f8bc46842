/**
 * Pictures of what people see, into docs/pictures/ and docs/what-you-see.md. With `--all <folder>`, every report that has a look,
 * clean, typical and huge, light and dark, goes into that folder for review; names of cases after the folder limit it to these.
 * Needs Debian's chromium, fonts-noto-core, fonts-noto-mono, fonts-noto-color-emoji and pngquant.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Report } from '../src/model.ts'
import { renderCompact } from '../src/report/compact.ts'
import { renderHtml } from '../src/report/html/html.ts'
import { renderSummary } from '../src/report/summary.ts'
import { renderText } from '../src/report/text.ts'
import { makeLargeReport } from './large-report.ts'
import { pictureCases } from './picture-cases.ts'
import { frameMarkdown, frameText, type Scheme } from './picture-frames.ts'

const CHROMIUM = '/usr/bin/chromium'

/** A picture is cut off below this, in pixels. */
const MOST_HEIGHT = 1_600

/** Colours of a picture: enough for text in shades of grey and a few fills. */
const COLOURS = '48'

/** What lines and findings link to. */
const LINKS = {
  origin: { repository: 'https://github.com/example/portgate', ref: 'v1' },
  files: 'https://github.com/example/infrastructure/blob/0123abc',
}

/** The reports that have a look, as pages, with the width that they are shown in. */
const LOOKS = {
  summary: {
    width: 1012,
    frame: (report: Report, scheme: Scheme) =>
      frameMarkdown(renderSummary(report, { links: LINKS }), 16, scheme),
  },
  comment: {
    width: 800,
    frame: (report: Report, scheme: Scheme) =>
      frameMarkdown(renderSummary(report, { links: LINKS, limitBytes: 65_536 }), 14, scheme),
  },
  text: {
    width: 760,
    frame: (report: Report, scheme: Scheme) =>
      frameText(renderText(report, { colours: true, width: 90 }), scheme),
  },
  compact: {
    width: 760,
    frame: (report: Report, scheme: Scheme) =>
      frameText([...renderCompact(report, { colours: true, width: 90 })].join(''), scheme),
  },
  page: { width: 1100, frame: (report: Report) => [...renderHtml(report, { links: LINKS })].join('') },
}

type Look = keyof typeof LOOKS

const CAPTIONS: Record<Look, string> = {
  summary: 'The job summary of this run',
  comment: 'The same as a comment on a pull request',
  text: 'The same in a terminal',
  compact: 'The same with --format compact',
  page: 'The same as report.html',
}

interface Picture {
  name: string
  look: Look
  scheme: Scheme
  report: Report
}

const { values, positionals } = parseArgs({
  options: { all: { type: 'string' } },
  allowPositionals: true,
})
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = values.all ?? `${root}docs/pictures`
const pictures = values.all === undefined ? listPublished() : listAll()

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
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
try {
  for (const picture of pictures) await take(browser, picture)
} finally {
  await browser.close()
}
if (values.all === undefined) writeFileSync(`${root}docs/what-you-see.md`, writeGallery())

/** The pictures of the gallery: the summary of each case, and the other looks of a few. */
function listPublished(): Picture[] {
  const more: Record<string, [Look, Scheme][]> = {
    mixed: [
      ['page', 'light'],
      ['text', 'dark'],
      ['compact', 'dark'],
    ],
    'many-hosts': [['page', 'dark']],
    loosened: [['comment', 'dark']],
    since: [['page', 'light']],
    critical: [['page', 'light']],
  }
  return pictureCases.flatMap(({ name, report }) =>
    ([['summary', 'light'], ...(more[name] ?? [])] as [Look, Scheme][]).map(([look, scheme]) => ({
      name,
      look,
      scheme,
      report,
    })),
  )
}

/** Clean, typical and huge. */
function listAll(): Picture[] {
  const sizes: Record<string, Report> = { huge: makeLargeReport() }
  for (const { name, report } of pictureCases) sizes[name] = report
  const wanted =
    positionals.length > 0 ? positionals : ['huge', 'pass', 'mixed', 'since', 'many-hosts', 'hostile']
  return Object.entries(sizes)
    .filter(([name]) => wanted.includes(name))
    .flatMap(([name, report]) =>
      (Object.keys(LOOKS) as Look[]).flatMap((look) =>
        (['light', 'dark'] as const).map((scheme) => ({ name, look, scheme, report })),
      ),
    )
}

async function take(browser: Browser, { name, look, scheme, report }: Picture): Promise<void> {
  const { width, frame } = LOOKS[look]
  const isPage = look === 'page'
  const page = await browser.newPage({
    colorScheme: scheme,
    javaScriptEnabled: isPage,
    viewport: { width, height: 400 },
  })
  const path = join(folder, `${name}-${look}${values.all === undefined ? '' : `-${scheme}`}.png`)
  const source = `${path}.html`
  writeFileSync(source, frame(report, scheme))
  await page.goto(pathToFileURL(source).href)
  rmSync(source)
  await photograph(page, width, path)
  await page.close()
}

async function photograph(page: Page, width: number, path: string): Promise<void> {
  const box = await page.locator('article, body').first().boundingBox()
  const height = Math.min(Math.ceil(box?.height ?? 0), MOST_HEIGHT)
  await page.setViewportSize({ width, height: Math.max(height, 1) })
  await page.screenshot({ path, clip: { x: 0, y: 0, width, height } })
  execFileSync('pngquant', ['--force', '--strip', '--speed=1', `--output=${path}`, COLOURS, path])
}

function writeGallery(): string {
  const sections = pictureCases.flatMap(({ name, title, about }) => {
    const [summary, ...others] = pictures.filter((picture) => picture.name === name)
    const show = ({ look }: Picture) => `![${CAPTIONS[look]}](pictures/${name}-${look}.png)`
    return [
      `## ${title}`,
      about,
      ...(summary ? [show(summary)] : []),
      ...others.map(
        (picture) =>
          `<details><summary>${CAPTIONS[picture.look]}</summary>\n\n${show(picture)}\n\n</details>`,
      ),
    ]
  })
  const intro =
    "The job summary of typical runs, as GitHub shows it, and some of them in a terminal and as `report.html`. What the scans saw is made up (`scripts/picture-cases.ts`); the words are the program's. `npm run pictures` renders the pictures: GitHub-flavoured Markdown, what GitHub lets through of it, and its stylesheet."
  return `${['# What you see', intro, ...sections].join('\n\n')}\n`
}
