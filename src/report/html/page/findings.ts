/** The list of findings: those that the filter lets through, by cause. */
import type { PageData, PageFinding } from '../page-data.ts'
import { makeCard } from './card.ts'
import { createControls } from './controls.ts'
import { append, make } from './dom.ts'
import { createTest, type Filter, readFilter, writeFilter } from './filter.ts'

/** Causes that are shown at once, and each time that more are asked for. */
const PAGE = 30

/** Fills the section, and returns a function that filters it from elsewhere on the page. */
export function showFindings(section: HTMLElement, data: PageData): (change: Partial<Filter>) => void {
  if (data.findings.length === 0) {
    section.append(make('p', {}, 'There are no findings.'))
    return () => {}
  }
  const status = make('p', { role: 'status', class: 'status' })
  const list = make('div', { class: 'cards' })
  const more = make('button', { type: 'button', class: 'more' })
  let groups: PageFinding[][] = []
  let shown = 0
  let current = readFilter(location.hash)

  const showMore = () => {
    const next = groups.slice(shown, shown + PAGE)
    append(
      list,
      next.map((findings, index) => makeCard(data, findings, shown + index === 0)),
    )
    shown += next.length
    const left = groups.length - shown
    more.hidden = left === 0
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${left.toLocaleString('en-US')} causes`
  }
  const apply = (filter: Filter) => {
    current = filter
    const passing = data.findings.filter(createTest(filter))
    groups = gather(passing)
    list.replaceChildren()
    shown = 0
    showMore()
    status.textContent = describe(passing.length, groups.length, data.findings.length)
  }
  const change = (filter: Filter) => {
    apply(filter)
    // No new entry in the history for each letter typed.
    history.replaceState(null, '', writeFilter(filter) || '#')
  }
  const controls = createControls(data, change)
  more.addEventListener('click', showMore)
  addEventListener('hashchange', () => {
    // A link within the page is not a filter.
    if (location.hash !== '' && !location.hash.includes('=')) return
    controls.show(readFilter(location.hash))
    apply(readFilter(location.hash))
  })
  const left = data.left.toLocaleString('en-US')
  const rest = make('p', {}, `${left} more findings are in report.json: the page has the worst.`)
  rest.hidden = data.left === 0
  section.append(controls.form, status, list, more, rest)
  controls.show(current)
  apply(current)
  return (part) => {
    const filter = { ...current, ...part }
    controls.show(filter)
    change(filter)
    section.scrollIntoView()
    section.focus({ preventScroll: true })
  }
}

/** Findings of one cause together, in the order of the first of each. */
function gather(findings: PageFinding[]): PageFinding[][] {
  const groups = new Map<number, PageFinding[]>()
  for (const finding of findings) {
    const group = groups.get(finding.group)
    if (group) group.push(finding)
    else groups.set(finding.group, [finding])
  }
  return [...groups.values()]
}

function describe(passing: number, causes: number, all: number): string {
  const say = (number: number, noun: string) =>
    `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
  const which =
    passing === all ? say(all, 'finding') : `${passing.toLocaleString('en-US')} of ${say(all, 'finding')}`
  if (passing === 0) return `None of ${say(all, 'finding')} passes this filter.`
  return causes === passing ? which : `${which} from ${say(causes, 'cause')}`
}
