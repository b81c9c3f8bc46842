/** The program of the page: reads its data and shows them. */
import type { PageData } from '../page-data.ts'
import { showFindings } from './findings.ts'
import { showMap } from './map.ts'

const data = JSON.parse(find('data').textContent ?? '') as PageData
const filter = showFindings(find('findings'), data)
showMap(find('map'), data, (host) => filter({ host }))

// What is folded cannot be read on paper.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('.card > details:not([open])')) {
    details.open = true
    details.dataset.printed = ''
  }
})
addEventListener('afterprint', () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-printed]')) {
    details.open = false
    delete details.dataset.printed
  }
})

function find(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no element ${id}`)
  return element
}
