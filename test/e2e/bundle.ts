import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))

/** Node keeps what it has compiled here: the bundles are started a thousand times. */
const NODE_COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url))

/** What a process has left behind. */
export interface Finished {
  status: number | null
  stdout: string
  stderr: string
}

export interface ProcessOptions {
  cwd: string
  env?: NodeJS.ProcessEnv
  /** What comes from standard input; nothing by default. */
  input?: string
  /** Called with the process's id as soon as it runs. */
  onStart?(pid: number): void
  /** A program to run the bundle with, in place of this Node: `['sh', '-c', …]`. */
  wrapper?: string[]
}

/** A new empty folder with files in it. */
export async function makeFolder(files: Record<string, string | Buffer> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portgate-test-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

/** Starts one of the bundles with no environment but what is given, and what a process needs to start at all. */
export function runBundle(
  bundle: 'action' | 'cli',
  args: string[],
  { cwd, env, input = '', onStart, wrapper = [] }: ProcessOptions,
): Promise<Finished> {
  const { PATH, SystemRoot, TEMP } = process.env
  const command = [
    ...wrapper,
    process.env.BUNDLE_NODE ?? process.execPath,
    join(DIST, bundle, 'index.js'),
    ...args,
  ]
  const child = spawn(command[0] as string, command.slice(1), {
    cwd,
    env: { PATH, SystemRoot, TEMP, NODE_COMPILE_CACHE, ...env },
  })
  if (child.pid) onStart?.(child.pid)
  // Whoever reads only a part of it closes the pipe.
  child.stdin.on('error', () => {}).end(input)
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, stdout, stderr }))
  })
}

/** A run of the action, as the runner sees it. */
export interface ActionRun extends Finished {
  folder: string
  /** Workflow commands, in order: `error`, its properties, its message. */
  commands: { name: string; properties: Record<string, string>; message: string }[]
  /** stdout without the commands. */
  log: string
  outputs: Record<string, string>
  summary: string
}

/** Runs the action as a runner does: inputs and context in variables, outputs and summary in files. */
export async function runAction(
  inputs: Record<string, string>,
  {
    files = {},
    env = {},
    ...options
  }: { files?: Record<string, string | Buffer>; env?: NodeJS.ProcessEnv } & Partial<ProcessOptions> = {},
): Promise<ActionRun> {
  const folder = await makeFolder(files)
  const runner = await makeFolder({ output: '', summary: '' })
  const variables = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const finished = await runBundle('action', [], {
    cwd: folder,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
      GITHUB_OUTPUT: join(runner, 'output'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
      RUNNER_TEMP: runner,
      RUNNER_ENVIRONMENT: 'self-hosted',
      ...Object.fromEntries(variables),
      ...env,
    },
    ...options,
  })
  const lines = finished.stdout.split(/\r?\n/)
  return {
    ...finished,
    folder,
    commands: lines.filter((line) => line.startsWith('::')).map(parseCommand),
    log: lines.filter((line) => !line.startsWith('::')).join('\n'),
    outputs: parseOutputs(await readFile(join(runner, 'output'), 'utf8')),
    summary: await readFile(join(runner, 'summary'), 'utf8'),
  }
}

/** A workflow command as the runner reads it: `::name key=value,key=value::message`, `%0A` and the like undone. */
function parseCommand(line: string): ActionRun['commands'][number] {
  const [, name = '', list = '', message = ''] = /^::(\S+?)(?: (.*?))?::(.*)$/s.exec(line) ?? []
  const pairs = list
    .split(',')
    .map((pair) => [pair.split('=')[0], undoEscapes(pair.slice(pair.indexOf('=') + 1))])
  return { name, properties: Object.fromEntries(pairs), message: undoEscapes(message) }
}

function undoEscapes(text: string): string {
  const characters: Record<string, string> = { '%0A': '\n', '%0D': '\r', '%3A': ':', '%2C': ',', '%25': '%' }
  return text.replace(/%(0A|0D|3A|2C|25)/g, (code) => characters[code] ?? code)
}

/** `name<<delimiter`, the value, the delimiter. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  for (const [, name = '', , value = ''] of text.matchAll(/^([\w-]+)<<(\S+)\r?\n(.*?)\r?\n\2$/gms))
    outputs[name] = value
  return outputs
}

/** A server on loopback that does something with each connection, and its port. */
export interface Listening extends AsyncDisposable {
  port: number
}

/** Listens on a free port of 127.0.0.1. */
export async function listen(service: (socket: Socket) => void): Promise<Listening> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    service(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers PING as Redis does. */
export function redis(socket: Socket): void {
  socket.on('data', (chunk) =>
    socket.write(chunk.toString().startsWith('PING') ? '+PONG\r\n' : '-ERR unknown command\r\n'),
  )
}

/** Says an SSH server's first line. */
export function ssh(socket: Socket): void {
  socket.resume().write('SSH-2.0-OpenSSH_9.9\r\n')
}
