import { execFileSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, runBundle } from './bundle.ts'

/** Whether a shell is here. */
function has(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'true'])
    return true
  } catch {
    return false
  }
}

async function writeScript(shell: string): Promise<string> {
  const { status, stdout } = await runBundle('cli', ['completion', shell], { cwd: await makeFolder() })
  expect(status).toBe(0)
  const path = join(await mkdtemp(join(tmpdir(), 'portgate-test-')), `portgate.${shell}`)
  await writeFile(path, stdout)
  return path
}

/** What is offered for the last of these words. */
type Complete = (script: string, words: string[]) => string[]

const SHELLS: Record<string, Complete> = {
  bash: (script, words) => {
    const program = `source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _portgate; printf '%s\\n' "\${COMPREPLY[@]}"`
    return lines(
      execFileSync('bash', ['-c', program, script, ...words], { stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  },
  fish: (script, words) =>
    lines(execFileSync('fish', ['-c', `source ${script}; complete -C '${words.join(' ')}'`])).map(
      (line) => line.split('\t')[0] ?? '',
    ),
}

function lines(output: Buffer): string[] {
  return output.toString().split('\n').filter(Boolean)
}

describe.concurrent.each(Object.entries(SHELLS))('%s completes', (shell, complete) => {
  test.skipIf(!has(shell))('commands, flags, and the values that a flag may have', async () => {
    const script = await writeScript(shell)
    expect(complete(script, ['portgate', 'ch'])).toEqual(['check'])
    expect(complete(script, ['portgate', 'check', '--fail-on-'])).toEqual([])
    expect(complete(script, ['portgate', 'diff', '--fail-on-'])).toEqual(['--fail-on-loosening'])
    expect(complete(script, ['portgate', 'check', '--qui'])).toEqual(['--quiet'])
    expect(complete(script, ['portgate', 'check', '--color', 'a']).sort()).toEqual(['always', 'auto'])
    expect(complete(script, ['portgate', 'check', '-q', '--fail-on', 'c'])).toEqual(['critical'])
    expect(complete(script, ['portgate', 'merge', '--format', 'j']).sort()).toEqual(['json', 'junit'])
    expect(complete(script, ['portgate', 'completion', 'f'])).toEqual(['fish'])
    expect(complete(script, ['portgate', 'help', 'val'])).toEqual(['validate'])
  })
})

test.concurrent.each(['bash', 'zsh', 'fish'])('the script for %s is well-formed', async (shell) => {
  const script = await writeScript(shell)
  if (has(shell)) execFileSync(shell, ['-n', script])
})

test.concurrent('a shell that is none of them is refused', async () => {
  const { status, stderr } = await runBundle('cli', ['completion', 'tcsh'], { cwd: await makeFolder() })
  expect([status, stderr]).toEqual([2, expect.stringContaining('Allowed choices are bash, zsh, fish.')])
})
