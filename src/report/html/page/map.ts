/** The map of hosts and ports, as a table. */
import { nameHosts } from '../../alike-hosts.ts'
import { POSTURE, POSTURE_LEGEND } from '../../posture.ts'
import type { PageData, PageHost, PageStanding } from '../page-data.ts'
import { buildMap, type Cell, type PortMap, type Row, type State } from './cells.ts'
import { append, make } from './dom.ts'

/** Rows that are shown at once, and each time that more are asked for. */
const PAGE = 40

/** Most names in a row of hosts that are alike. */
const MOST_NAMES = 4

const SYMBOLS: Record<State, string> = {
  violation: '✕',
  missing: '○',
  unfailing: '×',
  unclear: '≈',
  unknown: '?',
  risky: '!',
  allowed: '✓',
  closed: '·',
}

const MEANINGS: Record<State, string> = {
  violation: 'open, breaks the policy',
  missing: 'required, not open',
  unfailing: 'open, breaks the policy; does not fail the check',
  unclear: 'accepts whatever is tried',
  unknown: 'unknown: could not be seen',
  risky: 'allowed, risky to expose',
  allowed: 'allowed',
  closed: 'not open',
}

const STANDINGS: Record<PageStanding, string> = {
  violation: 'breaks the policy',
  unfailing: 'breaks the policy, does not fail the check',
  unclear: 'unclear',
  allowed: 'allowed',
}

/** @param onHost told a host whose findings are asked for */
export function showMap(section: HTMLElement, data: PageData, onHost: (name: string) => void): void {
  if (data.hosts.length === 0) return
  const map = buildMap(data)
  const body = make('tbody')
  const more = make('button', { type: 'button', class: 'more' })
  let shown = 0
  const showMore = () => {
    const next = map.rows.slice(shown, shown + PAGE)
    append(
      body,
      next.flatMap((row) => makeRow(row, map, onHost)),
    )
    shown += next.length
    const left = map.rows.length - shown
    more.hidden = left === 0
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${left.toLocaleString('en-US')} rows`
  }
  more.addEventListener('click', showMore)
  showMore()
  const table = make('table', { class: 'map' }, make('caption', {}, describe(data, map)), makeHead(map), body)
  section.append(
    makeLegend(map),
    make(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'The map of hosts and ports' },
      table,
    ),
    more,
  )
  section.hidden = false
}

function describe({ hosts, hostsLeft }: PageData, { rows }: PortMap): string {
  const say = (number: number) => number.toLocaleString('en-US')
  const all = hosts.length + hostsLeft
  const many =
    hostsLeft > 0
      ? `The worst ${say(hosts.length)} of ${say(all)} hosts, as many as a browser shows quickly; report.json has all of them`
      : `${say(all)} ${all === 1 ? 'host' : 'hosts'}`
  return rows.length < hosts.length
    ? `${many}; those that are alike share a row. Worst first.`
    : `${many}, worst first.`
}

function makeHead({ ports, hasOthers, hasUnseen }: PortMap): HTMLElement {
  const head = make(
    'tr',
    {},
    make('th', { scope: 'col' }, 'Host'),
    make('th', { scope: 'col' }, make('abbr', { title: `${POSTURE}: ${POSTURE_LEGEND}` }, 'Posture')),
    hasUnseen && make('th', { scope: 'col' }, 'Unknown'),
  )
  append(
    head,
    ports.map((port) => make('th', { scope: 'col', class: 'port' }, String(port))),
  )
  if (hasOthers) head.append(make('th', { scope: 'col' }, 'Others'))
  return make('thead', {}, head)
}

function makeRow(
  row: Row,
  { ports, hasOthers, hasUnseen }: PortMap,
  onHost: (name: string) => void,
): HTMLElement[] {
  const { hosts, cells, others, worst, unseen } = row
  const [first] = hosts as [PageHost]
  const toggle = make('button', { type: 'button', class: 'host', 'aria-expanded': 'false' }, nameRow(hosts))
  const line = make(
    'tr',
    {},
    make(
      'th',
      { scope: 'row' },
      toggle,
      hosts.length === 1 && first.context !== '' && make('small', {}, ` ${first.context}`),
    ),
    makePosture(first),
    hasUnseen && makeUnseen(unseen),
    ...cells.map((cell) => makeCell(cell)),
    hasOthers && makeCell(worst, others > 0 ? `+${others.toLocaleString('en-US')}` : ''),
  )
  let below: HTMLElement | undefined
  toggle.addEventListener('click', () => {
    const isOpen = toggle.getAttribute('aria-expanded') === 'true'
    toggle.setAttribute('aria-expanded', String(!isOpen))
    if (isOpen) return below?.remove()
    const columns = 2 + ports.length + Number(hasOthers) + Number(hasUnseen)
    below ??= make(
      'tr',
      { class: 'below' },
      make('td', { colspan: String(columns) }, ...describeHosts(hosts, onHost)),
    )
    line.after(below)
  })
  return [line]
}

function nameRow(hosts: PageHost[]): string {
  if (hosts.length === 1) return hosts[0]?.name ?? ''
  const names = hosts.map(({ name }) => name)
  return `${nameHosts(names, MOST_NAMES)} (${hosts.length.toLocaleString('en-US')})`
}

function makeCell({ state, severity }: Cell, number?: string): HTMLElement {
  const meaning = [
    number === undefined || number === '' ? '' : `${number} others`,
    MEANINGS[state],
    severity ?? '',
  ]
    .filter(Boolean)
    .join(', ')
  return make(
    'td',
    { class: `cell ${state} ${severity ?? ''}`.trim(), title: meaning },
    make('span', { 'aria-hidden': 'true' }, number || SYMBOLS[state]),
    make('span', { class: 'unseen' }, meaning),
  )
}

/** How many ports of the hosts of a row could not be seen: with many, a good letter says little. */
function makeUnseen(ports: number): HTMLElement {
  if (ports === 0) return make('td', { class: 'cell' })
  const meaning = `${ports.toLocaleString('en-US')} port${ports === 1 ? '' : 's'} unknown`
  return make('td', { class: 'cell unknown', title: meaning }, ports.toLocaleString('en-US'))
}

/** What is open on hosts that are alike, as the first of them has it. */
function describeHosts(hosts: PageHost[], onHost: (name: string) => void): HTMLElement[] {
  const [{ name, open, missing, unseen, rest }] = hosts as [PageHost]
  const items = open.map(({ port, service, detail, standing, severity, rttMs }) =>
    make(
      'li',
      {},
      make('strong', {}, String(port)),
      ` ${service}`,
      detail !== '' && ` – ${detail}`,
      make(
        'small',
        {},
        ` ${[STANDINGS[standing], severity, rttMs === undefined ? '' : `${rttMs} ms`].filter(Boolean).join(', ')}`,
      ),
    ),
  )
  const left = rest ? rest.ports.length + rest.others : 0
  const button = make('button', { type: 'button' }, `Findings of ${name}`)
  button.addEventListener('click', () => onHost(name))
  return [
    ...(hosts.length > 1 ? [make('p', {}, `The ports of ${name}; the others have the same ones open.`)] : []),
    make('ul', {}, ...items),
    ...(left > 0
      ? [make('p', {}, `and ${left.toLocaleString('en-US')} more open; report.json has all of them`)]
      : []),
    ...(missing.length > 0 ? [make('p', {}, `Required and not open: ${missing.join(', ')}`)] : []),
    ...(unseen !== '' ? [make('p', {}, `Unknown: ${unseen}`)] : []),
    button,
  ]
}

/** No letter where nothing was seen open: a host that nothing answered on would look as good as one that was seen. */
function makePosture({ open, posture }: PageHost): HTMLElement {
  return open.length > 0
    ? make('td', { class: `posture ${posture}` }, posture)
    : make('td', { class: 'posture' }, make('abbr', { title: 'nothing seen open' }, '–'))
}

/** What the symbols mean, of those that there are. */
function makeLegend({ rows }: PortMap): HTMLElement {
  const states = new Set(rows.flatMap(({ cells, worst }) => [...cells, worst].map(({ state }) => state)))
  if (rows.some(({ unseen }) => unseen > 0)) states.add('unknown')
  const items = (Object.keys(SYMBOLS) as State[])
    .filter((state) => states.has(state))
    .map((state) =>
      make(
        'li',
        {},
        make('span', { class: `cell ${state}`, 'aria-hidden': 'true' }, SYMBOLS[state]),
        ` ${MEANINGS[state]}`,
      ),
    )
  return make(
    'div',
    { class: 'legend' },
    make('ul', {}, ...items),
    make(
      'p',
      {},
      (states.has('violation') || states.has('unfailing')) &&
        'Violations have the colour of their severity: critical and high red, medium amber, low blue. ',
      `Posture is ${POSTURE}: ${POSTURE_LEGEND}`,
    ),
  )
}
