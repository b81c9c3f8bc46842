import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Log } from 'sarif'

/** Microsoft's validator runs by itself on Linux x64 only; elsewhere it wants a .NET of its own. */
export const HAS_VALIDATOR = process.platform === 'linux' && process.arch === 'x64'

/**
 * What Microsoft's SARIF validator has to say, as `error GH1001 …`, by the name of the file. It reads the files and
 * holds them against the official JSON schema first.
 *
 * @param kind whose rules: `Ghas` are those of GitHub's code scanning, `Sarif` those of the standard
 */
export async function validateSarif(
  texts: Record<string, string>,
  kind: string,
): Promise<Record<string, string[]>> {
  const program: string = createRequire(import.meta.url)('@microsoft/sarif-multitool')
  const folder = await mkdtemp(join(tmpdir(), 'portgate-sarif-'))
  const output = join(folder, 'output.json')
  try {
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, `${name}.sarif`), text)
    const levels = ['--level', 'Error;Warning']
    const args = ['validate', join(folder, '*.sarif'), '--rule-kind', kind, ...levels, '--output', output]
    // The validator looks up every URL that it finds: this keeps it to itself.
    const env = { ...process.env, http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' }
    await promisify(execFile)(program, args, { env })
    const log: Log = JSON.parse((await readFile(output, 'utf8')).replace(/^\ufeff/, ''))
    return readRemarks(log, Object.keys(texts))
  } finally {
    await rm(folder, { recursive: true })
  }
}

function readRemarks({ runs: [run] }: Log, names: string[]): Record<string, string[]> {
  const remarks = Object.fromEntries(names.map((name) => [name, [] as string[]]))
  const [invocation] = run?.invocations ?? []
  const notifications = invocation?.toolExecutionNotifications ?? []
  if (!run || !invocation?.executionSuccessful) throw new Error(JSON.stringify(notifications))
  for (const { ruleId, level = 'warning', message, locations } of run.results ?? []) {
    const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? ''
    const name = uri.slice(uri.lastIndexOf('/') + 1).replace(/\.sarif$/, '')
    const remark = `${level} ${ruleId} ${message.id ?? ''} ${(message.arguments ?? []).join(' ')}`.trim()
    remarks[name] = [...(remarks[name] ?? []), remark]
  }
  return remarks
}
