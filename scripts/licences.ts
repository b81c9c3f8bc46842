/** The licences of what a bundle is made of, from what the bundler says of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A module in the bundler's statistics; a concatenated one contains others. */
interface Module {
  nameForCondition?: string | null
  modules?: Module[]
}

interface Package {
  name: string
  version: string
  license: string
  author?: string
}

const RULE = '-'.repeat(80)

/** The texts of licences, for packages that name theirs and bring no text. */
const STANDARD_TEXTS: Record<string, string> = {
  'BSD-2-Clause': `Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the documentation
   and/or other materials provided with the distribution.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR
ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
(INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS
OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING
NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN
IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`,
  ISC: `Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above copyright
notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS
OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER
TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`,
}

/**
 * One text with the licence of every package that some bundles hold, sorted, so that equal bundles give equal texts. A
 * package in two versions is there twice. Throws where a package has no licence text.
 *
 * @param stats paths of the statistics that ncc has written, one a bundle
 */
export function describeLicences(stats: string[]): string {
  const folders = new Set(
    stats.flatMap((path) => findPackages(JSON.parse(readFileSync(path, 'utf8')).modules)),
  )
  return [...folders]
    .map(describePackage)
    .sort((a, b) => (a < b ? -1 : 1))
    .join(`\n${RULE}\n\n`)
}

/** The folders of the packages that modules are from. */
function findPackages(modules: Module[]): string[] {
  return modules.flatMap(({ nameForCondition, modules: joined = [] }) => {
    const [folder] = /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(nameForCondition ?? '') ?? []
    return [...(folder === undefined ? [] : [folder]), ...findPackages(joined)]
  })
}

function describePackage(folder: string): string {
  const about: Package = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `${about.name}\n${about.version}, ${about.license}\n\n${readTexts(folder, about)}\n`
}

function readTexts(folder: string, { name, license, author }: Package): string {
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)(\W|$)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  if (texts.length > 0) return texts.join('\n\n')
  const standard = STANDARD_TEXTS[license]
  if (!standard || !author)
    throw new Error(`${name} is bundled, and there is no text of its licence, ${license}`)
  return `Copyright (c) ${author}\n\n${standard}`
}
