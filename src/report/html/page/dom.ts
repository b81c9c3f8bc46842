/** Elements with text in them; nothing here reads markup. */

type Child = Node | string | undefined | false

/** An element with attributes and children: strings become text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  append(element, children)
  return element
}

/** Adds children, leaving out those that are absent. */
export function append(element: Element, children: Child[]): void {
  element.append(...children.filter((child) => child !== undefined && child !== false))
}

/** A sentence in which backticks mark code. */
export function prose(text: string): Node[] {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return [document.createTextNode(text)]
  return parts.map((part, index) =>
    index % 2 === 1 ? make('code', {}, part) : document.createTextNode(part),
  )
}

/** A link that tells nobody where it was followed; text alone if the address is not a web address. */
export function link(text: string, address: string | undefined): Node {
  if (!address?.startsWith('https://') && !address?.startsWith('http://'))
    return document.createTextNode(text)
  return make('a', { href: address, rel: 'noreferrer noopener' }, text)
}

/** A block of code with a button that copies it. */
export function copyable(code: string, name: string): HTMLElement {
  const block = make('pre', { tabindex: '0', role: 'group', 'aria-label': name }, make('code', {}, code))
  const button = make('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${name}` }, 'Copy')
  button.addEventListener('click', async () => {
    button.textContent = (await copy(code, block)) ? 'Copied' : 'Press Ctrl+C'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 2_000)
  })
  return make('div', { class: 'copyable' }, block, button)
}

async function copy(text: string, block: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // The clipboard API needs a secure context; a selection can be copied anywhere.
    getSelection()?.selectAllChildren(block)
    return document.execCommand('copy')
  }
}
