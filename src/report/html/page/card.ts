/** One cause with all its findings: message, place, why it matters, and what to do. */
import { listClosings, MAY_LOCK_OUT, titleClosings } from '../../closing.ts'
import type { PageData, PageFinding } from '../page-data.ts'
import { append, copyable, link, make, prose } from './dom.ts'

/** Places of a cause that are shown at once. */
const FEW_PLACES = 12

/** Explanations of a cause that are shown. */
const FEW_EXPLANATIONS = 3

/** Places that are shown when all are asked for. */
const MOST_PLACES = 2_000

const NOVELTIES = { new: 'new', known: 'known', 'not-seen-before': 'not seen before' }

/** @param isOpen whether why and what to do are shown */
export function makeCard(data: PageData, findings: PageFinding[], isOpen: boolean): HTMLElement {
  const [first] = findings as [PageFinding]
  const { severity, kind } = first
  const details = make('details', isOpen ? { open: '' } : {}, make('summary', {}, 'Why, and what to do'))
  const fill = () => {
    if (details.open && details.childElementCount === 1) append(details, explain(data, findings))
  }
  // Built only when opened: there may be thousands.
  if (isOpen) fill()
  else details.addEventListener('toggle', fill)
  const badges = [
    make('span', { class: `badge ${severity}` }, severity),
    kind !== 'violation' && make('span', { class: 'badge' }, kind),
    first.novelty && make('span', { class: `badge ${first.novelty}` }, NOVELTIES[first.novelty]),
  ]
  return make(
    'article',
    { class: `card ${severity}${first.fails ? ' fails' : ''}` },
    make('h3', {}, ...badges, make('span', {}, ...prose(first.message), sayMore(findings.length))),
    describe(data, first, findings.length),
    findings.length > 1 && listPlaces(findings),
    details,
  )
}

/** The message is about one of them. */
function sayMore(length: number): string {
  return length > 1 ? ` And ${(length - 1).toLocaleString('en-US')} more like it.` : ''
}

function describe(data: PageData, first: PageFinding, length: number): HTMLElement {
  const facts = [
    link(first.id, data.pages[first.id]),
    length > 1 && `${length.toLocaleString('en-US')} times`,
    first.state,
    first.kind !== 'note' && !first.fails && 'does not fail the check',
    first.novelty === 'known' && first.since && `since ${first.since}${first.fails ? ', still fails' : ''}`,
    first.place && link(first.place, first.link),
  ].filter((fact) => fact !== undefined && fact !== false && fact !== '')
  return make(
    'p',
    { class: 'facts' },
    ...facts.flatMap((fact, index) => (index > 0 ? [' · ', fact] : [fact])),
  )
}

function listPlaces(findings: PageFinding[]): HTMLElement {
  const list = make('ul', { class: 'places' })
  const show = (from: number, to: number) =>
    append(
      list,
      findings.slice(from, to).map(({ where, place }) => make('li', {}, where || place || 'this run')),
    )
  show(0, FEW_PLACES)
  const left = findings.length - FEW_PLACES
  if (left > 0) {
    const button = make('button', { type: 'button' }, `and ${left.toLocaleString('en-US')} more`)
    const last = make('li', {}, button)
    button.addEventListener('click', () => {
      last.remove()
      show(FEW_PLACES, MOST_PLACES)
      const hidden = findings.length - MOST_PLACES
      if (hidden > 0)
        list.append(make('li', {}, `and ${hidden.toLocaleString('en-US')} more; filter by host to see them`))
    })
    list.append(last)
  }
  return list
}

function explain({ texts }: PageData, findings: PageFinding[]): HTMLElement[] {
  const [{ allow, close, sources = [] }] = findings as [PageFinding]
  const text = (index: number) => texts[index] ?? ''
  const pages = sources.map((index) => make('li', {}, link(text(index), text(index))))
  return [
    ...listExplanations(findings, text),
    ...(allow === undefined
      ? []
      : [
          make('p', {}, 'For the policy, if it is meant to be open:'),
          copyable(text(allow), 'the line for the policy'),
        ]),
    ...(close === undefined ? [] : [makeClosings(close, findings)]),
    ...(pages.length > 0 ? [make('p', {}, 'Sources'), make('ul', { class: 'sources' }, ...pages)] : []),
  ]
}

/** Why and remedy; where not all findings have the same, those of the first few that differ, each with its place. */
function listExplanations(findings: PageFinding[], text: (index: number) => string): HTMLElement[] {
  const firsts = new Map<number, PageFinding>()
  for (const finding of findings) {
    const { explanation = 0 } = finding
    if (!firsts.has(explanation)) firsts.set(explanation, finding)
  }
  const shown = [...firsts.values()].slice(0, FEW_EXPLANATIONS)
  const left = firsts.size - shown.length
  return [
    ...shown.flatMap(({ where, why, remedy }) => {
      const place = firsts.size > 1 ? `on ${where} ` : ''
      return [
        make('p', {}, make('strong', {}, `Why ${place}`), ...prose(text(why))),
        make('p', {}, make('strong', {}, 'Remedy '), ...prose(text(remedy))),
      ]
    }),
    ...(left > 0
      ? [
          make(
            'p',
            {},
            `${left.toLocaleString('en-US')} more are explained otherwise; filter by host to see how.`,
          ),
        ]
      : []),
  ]
}

/** Commands that close a port; only its number is filled in. */
function makeClosings(port: number, findings: PageFinding[]): HTMLElement {
  const here = findings.filter(({ close }) => close === port)
  const details = make(
    'details',
    { class: 'closings' },
    make(
      'summary',
      {},
      titleClosings(
        port,
        here.flatMap(({ host }) => host ?? []),
      ),
    ),
  )
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return
    if (here.some(({ wayIn }) => wayIn)) details.append(make('p', {}, MAY_LOCK_OUT))
    for (const { where, command } of listClosings(port))
      details.append(make('h4', {}, where), copyable(command, `the command for ${where.replace(/:.*/, '')}`))
  })
  return details
}
