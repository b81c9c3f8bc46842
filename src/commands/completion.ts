/** `portgate completion bash|zsh|fish`: a script by which a shell completes commands, flags and their values. */
import type { Command, Option } from 'commander'
import { FAIL_ON, IP_SELECTIONS, KNOWN_VIOLATIONS, MODES, ON_DOUBT } from '../model.ts'
import { collect } from '../report/open-ports.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

/** Values of flags that are validated later, with the options of a run, so that commander does not know them. */
const VALUES: Record<string, readonly string[]> = {
  '--fail-on': FAIL_ON,
  '--fail-on-loosening': FAIL_ON,
  '--identify': ['true', 'false'],
  '--ip': IP_SELECTIONS,
  '--known-violations': KNOWN_VIOLATIONS,
  '--mode': MODES,
  '--on-doubt': ON_DOUBT,
  '--ports': ['common', 'catalogue', 'all'],
}

/** What a flag or an argument takes: one of these words, the name of a file, any text, or nothing. */
type Value = readonly string[] | 'file' | 'text' | undefined

interface Flag {
  /** `-q`, `--quiet`. */
  names: string[]
  about: string
  value: Value
}

interface Entry {
  name: string
  about: string
  flags: Flag[]
  argument: Value
}

/**
 * The script for a shell, with a final newline. It is made of the program's own commands and flags, and starts nothing:
 * completion takes no time, and runs nothing that was typed.
 */
export function renderCompletion(program: Command, shell: Shell): string {
  const entries = program
    .createHelp()
    .visibleCommands(program)
    .map((command) => toEntry(program, command))
  return `${{ bash: renderBash, zsh: renderZsh, fish: renderFish }[shell](entries, listFlags(program))}\n`
}

function toEntry(program: Command, command: Command): Entry {
  const [argument] = command.registeredArguments
  const isCommand = argument?.name() === 'command'
  return {
    name: command.name(),
    about: command.description(),
    flags: [
      ...listFlags(command),
      ...listFlags(program).filter(({ value, names }) => value ?? names.includes('-q')),
    ],
    argument: isCommand
      ? program.commands.map((one) => one.name())
      : argument && (argument.argChoices ?? takes(argument.name(), command.name())),
  }
}

function listFlags(command: Command): Flag[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined),
      about: option.description,
      value: listValues(option),
    }))
}

function listValues({ argChoices, long = '', flags, required, optional }: Option): Value {
  if (!required && !optional) return undefined
  return argChoices ?? VALUES[long] ?? takes(flags)
}

/**
 * Whether a value is a file, judging by its placeholder in the help. `suggest` also takes files that list endpoints.
 */
function takes(placeholder: string, command = ''): Value {
  return /file|folder|report|old|new/.test(placeholder) || command === 'suggest' ? 'file' : 'text'
}

const quoteSh = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function renderBash(entries: Entry[], own: Flag[]): string {
  const words = (list: readonly string[]) => quoteSh(list.join(' '))
  /** What completes a value. */
  const offer = (value: Value) =>
    value === 'file' ? ':' : Array.isArray(value) ? `words=${words(value)}` : 'nothing=1'
  const cases = entries.flatMap(({ name, flags, argument }) => {
    const taking = flags.filter(({ value }) => value !== undefined)
    const byOffer = collect(taking, ({ value }) => offer(value))
    return [
      ...[...byOffer].map(([act, some]) => {
        const patterns = some.flatMap(({ names }) => names.map((flag) => `${name}:${flag}`))
        return `    ${patterns.join('|')}) ${act} ;;`
      }),
      `    ${name}:*) case $cur in`,
      `      -*) words=${words(flags.flatMap(({ names }) => names))} ;;`,
      `      *) ${offer(argument)} ;;`,
      '    esac ;;',
    ]
  })
  const first = [...entries.map(({ name }) => name), ...own.flatMap(({ names }) => names)]
  const colours = own.find(({ names }) => names.includes('--color'))?.value
  return `# bash completion of portgate: source <(portgate completion bash)
_portgate() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' nothing='' i
  # To bash, --flag=value is three words.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in ${entries.map(({ name }) => name).join('|')}) command=\${COMP_WORDS[i]}; break ;; esac
  done
  case $command:$prev in
    :--color) ${offer(colours)} ;;
${cases.join('\n')}
    *) words=${words(first)} ;;
  esac
  # Where nothing matches, bash completes the names of files.
  if [[ -n $words$nothing ]]; then compopt +o default 2> /dev/null; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _portgate portgate`
}

function renderZsh(entries: Entry[], own: Flag[]): string {
  const explain = (text: string) => text.replace(/[[\]:\\]/g, '\\$&')
  const action = (value: Value, what: string) =>
    value === 'file'
      ? `:${what}:_files`
      : value === 'text'
        ? `:${what}: `
        : value
          ? `:${what}:(${value.join(' ')})`
          : ''
  const spec = ({ names, about, value }: Flag) => {
    const rest = `${value === undefined ? '' : '='}${quoteSh(`[${explain(about)}]${action(value, 'value')}`)}`
    return names.length > 1
      ? `${quoteSh(`(${names.join(' ')})`)}{${names.join(',')}}${rest}`
      : `${names[0]}${rest}`
  }
  const list = (flags: Flag[]) => flags.map((flag) => ` \\\n        ${spec(flag)}`).join('')
  const cases = entries.map(({ name, flags, argument }) => {
    const rest = argument ? ` \\\n        ${quoteSh(`*${action(argument, 'argument')}`)}` : ''
    return `      ${name}) _arguments -s${list(flags)}${rest} ;;`
  })
  return `#compdef portgate
# zsh completion of portgate: source <(portgate completion zsh), or as _portgate in a folder of $fpath
_portgate() {
  local context state line
  local -a commands
  commands=(
${entries.map(({ name, about }) => `    ${quoteSh(`${name}:${about.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _arguments -C${list(own)} '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest) case $words[1] in
${cases.join('\n')}
    esac ;;
  esac
}
if [ "$funcstack[1]" = _portgate ]; then _portgate "$@"; else compdef _portgate portgate; fi`
}

function renderFish(entries: Entry[], own: Flag[]): string {
  const quote = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`
  const take = (value: Value) =>
    value === 'file' ? ' -r -F' : value === 'text' ? ' -x' : value ? ` -x -a ${quote(value.join(' '))}` : ''
  const line = (condition: string, { names, about, value }: Flag) => {
    const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
    return `complete -c portgate -n ${quote(condition)} ${flags.join(' ')}${take(value)} -d ${quote(about)}`
  }
  return [
    '# fish completion of portgate: portgate completion fish | source',
    'complete -c portgate -f',
    ...own.map((flag) => line('__fish_use_subcommand', flag)),
    ...entries.flatMap(({ name, about, flags, argument }) => [
      `complete -c portgate -n __fish_use_subcommand -a ${name} -d ${quote(about)}`,
      ...flags.map((flag) => line(`__fish_seen_subcommand_from ${name}`, flag)),
      ...(argument && argument !== 'text'
        ? [
            `complete -c portgate -n ${quote(`__fish_seen_subcommand_from ${name}`)}${argument === 'file' ? ' -F' : ` -a ${quote(argument.join(' '))}`}`,
          ]
        : []),
    ]),
  ].join('\n')
}
