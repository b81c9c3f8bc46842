/** Help for people who are new to a command: examples, and suggestions for mistyped commands. */
import type { Command } from 'commander'
import { didYouMean } from '../policy/nearest.ts'
import { quote } from '../policy/problem.ts'
import { Unusable } from '../unusable.ts'

/** The examples in the help of each command. */
const EXAMPLES: Record<string, [line: string, what: string][]> = {
  check: [
    ['portgate check', "scan the policy's endpoints"],
    ['portgate check www.example.com --ports 1-1024', 'without a policy: 80 and 443 may be open'],
    ['portgate check --environment staging --wait 90s', 'after a deploy'],
    ['portgate check --format text,csv --output-directory out', 'print the text, write files'],
    ['portgate check --results scan.xml', 'judge the results of nmap'],
    ['nmap -Pn -oX - 192.0.2.1 | portgate check --results -', 'without a file'],
    ['portgate check --baseline out/report.json', 'compare with an earlier run'],
  ],
  plan: [
    ['portgate plan --shards 8', 'write plan.json with eight shards'],
    ['portgate check --plan plan.json --shard 2/8', 'scan one of them'],
  ],
  merge: [
    ['portgate merge --plan plan.json shard-*.json', 'the reports of all shards'],
    ['portgate merge --plan plan.json reports/', 'a folder that holds them'],
  ],
  validate: [
    ['portgate validate', 'the policy found here or above'],
    ['portgate validate --policy ops/ports.yml --format json', 'for a program'],
    ['git show main:.github/port-policy.yml | portgate validate -', 'standard input'],
  ],
  diff: [
    ['portgate diff main .github/port-policy.yml', 'this branch against main'],
    ['portgate diff v1.2 HEAD --fail-on-loosening high', 'exit 1 if a loosening is high or worse'],
  ],
  explain: [
    ['portgate explain 6379', 'a port'],
    ['portgate explain redis', 'a service'],
    ['portgate explain --all --format json', 'the whole catalogue'],
  ],
  schema: [['portgate schema > port-policy.schema.json', 'for the editor']],
  demo: [['portgate demo', 'a failing check, without a host to scan']],
  completion: [
    ['source <(portgate completion bash)', 'in ~/.bashrc; zsh: in ~/.zshrc'],
    ['portgate completion fish > ~/.config/fish/completions/portgate.fish', ''],
  ],
}

/** Adds its examples to the help of each command. */
export function addExamples(program: Command): void {
  for (const command of program.commands) {
    const examples = EXAMPLES[command.name()]
    if (!examples) continue
    const widest = Math.max(...examples.filter(([, what]) => what).map(([line]) => line.length), 0)
    const lines = examples.map(([line, what]) => `  ${what ? `${line.padEnd(widest)}  ${what}` : line}`)
    command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
  }
}

/** What other programs call our commands. */
const ELSEWHERE: Record<string, string> = {
  scan: 'check',
  run: 'check',
  test: 'check',
  init: 'suggest',
  lint: 'validate',
  compare: 'diff',
}

/** The error for an unknown command, with what may have been meant. */
export function refuseCommand(word: string, program: Command): Unusable {
  const names = program.commands.map((command) => command.name())
  const hint = ELSEWHERE[word]
    ? `did you mean \`${ELSEWHERE[word]}\`?`
    : didYouMean(word, names, hintAt(word, names))
  return new Unusable([`${quote(word)} is not a command (${hint})`])
}

function hintAt(word: string, names: string[]): string {
  const write = (command: string) => `${quote(`portgate ${command} ${word}`)}`
  if (/\.ya?ml$/i.test(word)) return `to check a policy: ${write('validate --policy')}`
  if (/^\d+(\/tcp)?$/.test(word)) return `${write('explain')} says what the port means`
  if (/[.:/]|^localhost$/.test(word)) return `to scan a host: ${write('check')}`
  return `expected one of ${names.join(', ')}`
}
