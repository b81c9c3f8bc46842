/** What the page has before its program runs, and without it: the verdict, what was seen, and what has changed. */
import { type Finding, type PolicyChange, type Report, SEVERITIES } from '../../model.ts'
import { count, formatNumber } from '../counts.ts'
import { listCoverage, measureSeen } from '../coverage.ts'
import { listDrift, nameBaseline } from '../drift.ts'
import { printable } from '../escape.ts'
import { wordFinding } from '../findings.ts'
import { findFirst } from '../first.ts'
import { headline } from '../headline.ts'
import { formatPlace } from '../spots.ts'
import { sayChange } from '../wording/review.ts'
import { plain } from '../wording/text.ts'
import { type Html, html, prose, proseOf } from './tags.ts'

/** Most findings in the page for readers without JavaScript. */
const MOST_WITHOUT_PROGRAM = 500

/** Parts of the bar of what was seen: one of them is wide enough to be noticed. */
const SEEN_PARTS = 100

/** The verdict and why, how much is wrong, how much was seen, and what to do first. */
export function renderHeader(report: Report): Html {
  const { verdict, wrong, seen } = headline(report)
  const first = findFirst(report)
  const [word, ...rest] = verdict.split(/(?=[:,( ])/)
  return html`<header class="verdict ${report.verdict} ${report.mode}">
<h1><span class="word">${word}</span>${rest.join('')}</h1>
<p class="wrong">${wrong}</p>
<p class="seen">${seen}</p>
${first && html`<p class="first"><strong>Do first</strong> ${proseOf(first)}</p>`}
</header>`
}

/** How much was seen: a bar, and the rest in words. */
export function renderCoverage(report: Report): Html {
  const { full, text } = measureSeen(report.coverage, SEEN_PARTS)
  return html`<section aria-labelledby="coverage-title" class="coverage">
<h2 id="coverage-title">Coverage</h2>
<div class="overview">
${renderBar(`Seen: ${text}, ${count(report.coverage.pairs, 'pair')} of address and port`, [
  ['seen', full],
  ['unseen', SEEN_PARTS - full],
])}
${renderSeverities(report.findings)}
</div>
<dl>${listCoverage(report).map(({ label, text }) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
</section>`
}

function renderSeverities(findings: readonly Finding[]): Html | undefined {
  const worth = findings.filter(({ kind }) => kind === 'violation')
  if (worth.length === 0) return undefined
  const parts = SEVERITIES.map(
    (severity) => [severity, worth.filter((finding) => finding.severity === severity).length] as const,
  ).filter(([, number]) => number > 0)
  const said = parts.map(([severity, number]) => `${formatNumber(number)} ${severity}`).join(', ')
  return renderBar(`${count(worth.length, 'violation')}: ${said}`, parts)
}

/** A bar of parts, with a caption that says the same: the drawing is only for the eye. */
function renderBar(caption: string, parts: readonly (readonly [name: string, value: number])[]): Html {
  const total = parts.reduce((sum, [, value]) => sum + value, 0) || 1
  let at = 0
  const rects = parts.map(([name, value]) => {
    const width = (value / total) * 1000
    const rect = html`<rect class="${name}" x="${at.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`
    at += width
    return rect
  })
  return html`<figure><svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">${rects}</svg><figcaption>${caption}</figcaption></figure>`
}

/** What a pull request does to the policy; nothing where nothing was reviewed. */
export function renderChanges(changes: readonly PolicyChange[]): Html | undefined {
  if (changes.length === 0) return undefined
  return html`<section aria-labelledby="changes-title" id="changes">
<h2 id="changes-title">Policy changes</h2>
<ul class="changes">${changes.map(renderChange)}</ul>
</section>`
}

function renderChange(change: PolicyChange): Html {
  const { direction, severity, place, before } = change
  const where = place ?? before
  const said = where && `${printable(formatPlace(where), 300)}${place ? '' : ', removed'}`
  const weight =
    direction === 'loosened' ? html`<span class="badge ${severity}">${severity}</span> ` : undefined
  return html`<li class="${direction}"><strong>${direction}</strong> ${weight}${proseOf(sayChange(change))}${where && html` <span class="place">${said}</span>`}</li>`
}

/** What has changed since the baseline; nothing where there was none. */
export function renderDrift(report: Report): Html | undefined {
  if (!report.drift) return undefined
  const rows = listDrift(report).map(
    ({ label, items }) =>
      html`<div><dt>${label}</dt><dd>${items.map((item) => html`<span class="line">${item}</span>`)}</dd></div>`,
  )
  const { file } = report.drift.baseline
  return html`<section aria-labelledby="drift-title" id="drift">
<h2 id="drift-title">Since ${nameBaseline(report)}</h2>
<p class="seen">Compared with ${printable(file, 200)}, by what both runs have seen.${rows.length === 0 && ' No port has changed.'}</p>
${rows.length > 0 && html`<dl class="wide">${rows}</dl>`}
</section>`
}

/** The findings as a table, for readers without JavaScript. */
export function renderWithoutProgram({ findings }: Report): Html {
  const left = findings.length - MOST_WITHOUT_PROGRAM
  const rows = findings.slice(0, MOST_WITHOUT_PROGRAM).map((finding) => {
    const { message, remedy } = wordFinding(finding)
    const say = (text: typeof message) => prose(printable(plain(text)))
    return html`<tr><td>${finding.severity}</td><td>${finding.kind}</td><td>${finding.id}</td><td>${say(message)}</td><td>${say(remedy)}</td></tr>`
  })
  if (rows.length === 0) return html`<noscript><p>There are no findings.</p></noscript>`
  return html`<noscript><p>Without JavaScript there is no map and no filter.</p><table><thead><tr><th>Severity</th><th>Kind</th><th>Finding</th><th>What</th><th>Remedy</th></tr></thead><tbody>${rows}</tbody></table>${left > 0 && html`<p>${count(left, 'more finding')}; report.json has all of them.</p>`}</noscript>`
}
