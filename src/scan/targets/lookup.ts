import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'

/** Lookups at a time; the others wait here, where they can be cancelled. */
export const MOST_LOOKUPS = 16

/** What the process for lookups is asked. */
export interface Question {
  id: number
  name: string
  /** 4, 6, or 0 for both. */
  family: number
}

/** What it answers: addresses, or the code of the error. */
export interface Answer {
  id: number
  addresses?: string[]
  code?: string
}

/** Looks names up as the machine's own programs do. */
export interface Lookups {
  /**
   * The addresses of one family that a name has, or of both.
   *
   * @param family 4, 6, or 0 for both
   * @throws an error with the `code` of the lookup, or any error where the signal was aborted
   */
  lookUp(name: string, family: number, signal: AbortSignal): Promise<string[]>
  /** Ends the process; lookups under way get no answer. */
  end(): void
}

interface Waiting {
  question: Question
  settle(answer: Answer): void
}

/**
 * Lookups in a process of their own, which is started with the first. `getaddrinfo(3)` cannot be cancelled, and a process that
 * has one under way does not end before it does, `process.exit` or not: 10 s for each name whose server is silent (Node 20
 * and 24). A process of its own can be killed.
 */
export function createLookups(): Lookups {
  let child: ChildProcess | undefined
  let count = 0
  const queue = new Set<Waiting>()
  const running = new Map<number, Waiting>()

  function settle(answer: Answer): void {
    const waiting = running.get(answer.id)
    running.delete(answer.id)
    waiting?.settle(answer)
    sendNext()
    if (running.size === 0) child?.channel?.unref()
  }

  /** What was asked has failed; the next question starts another process. */
  function lose(code: string): void {
    child = undefined
    for (const id of [...running.keys()]) settle({ id, code })
  }

  function start(): ChildProcess {
    const here = import.meta.url
    const started = fork(new URL(`lookup-process${extname(here)}`, here), {
      // A debugger's port, for instance, is already in use.
      execArgv: [],
      // libuv gives lookups half of its threads (`uv__slow_work`, src/threadpool.c).
      env: { ...process.env, UV_THREADPOOL_SIZE: String(2 * MOST_LOOKUPS) },
      stdio: 'ignore',
    })
    const isGone = (code: string) => child === started && lose(code)
    started.on('message', settle)
    started.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => isGone(code))
    started.on('exit', () => isGone('the process for lookups has ended'))
    started.unref()
    return started
  }

  function sendNext(): void {
    for (const waiting of queue) {
      if (running.size >= MOST_LOOKUPS) return
      queue.delete(waiting)
      running.set(waiting.question.id, waiting)
      child ??= start()
      // Keeps this process alive as long as an answer is to come.
      child.channel?.ref()
      // If the process has ended meanwhile, its own events say so.
      child.send(waiting.question, () => {})
    }
  }

  return {
    lookUp(name, family, signal) {
      return new Promise((resolve, reject) => {
        const finish = ({ addresses, code }: Omit<Answer, 'id'>) => {
          signal.removeEventListener('abort', abort)
          if (addresses) resolve(addresses)
          else reject(Object.assign(new Error(`the lookup failed: ${code}`), { code }))
        }
        const waiting: Waiting = { question: { id: ++count, name, family }, settle: finish }
        const abort = () => {
          queue.delete(waiting)
          finish({ code: 'aborted' })
        }
        signal.addEventListener('abort', abort)
        if (signal.aborted) return abort()
        queue.add(waiting)
        sendNext()
      })
    },
    end() {
      const ended = child
      queue.clear()
      lose('aborted')
      ended?.kill('SIGKILL')
    },
  }
}
