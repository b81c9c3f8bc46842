import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { waitPatiently } from './patience.ts'
import type { Recognition, Target } from './protocols/protocol.ts'

/** Most bytes that are kept of what one connection says, and how many there is room for at first. */
const MOST_BYTES = 16_384
const FIRST_BYTES = 1_024

/** How long an answer that has begun may take to become whole, in milliseconds. */
const WHOLE_ANSWER_MS = 1_500

/**
 * What was heard is looked at when it is half as long again as at the last look, a few times after a pause before that,
 * and at the end: who sends byte by byte does not choose how often.
 */
const GROWTH = 1.5
const PAUSE_MS = 30
const MOST_PAUSES = 8

/** The probe has just found the port open; a handshake that takes longer is lost, and Linux tries again after 1 s. */
const CONNECT_MS = 2_000

/** A service, with what its protocol has found. */
export interface Recognised extends Recognition {
  service: string
}

/** Looks at all that was heard so far. */
export type Recognise = (heard: Buffer) => Recognised | undefined

/** What a connection said while it was listened to. */
export interface Heard {
  /** At most 16 KiB; empty if it was silent. */
  bytes: Buffer
  recognised?: Recognised
  /** The other side has closed the connection. */
  ended: boolean
}

/** Connects, uses the connection and closes it, whatever happens; undefined if there was no connection. */
export async function withConnection<T>(
  target: Target,
  signal: AbortSignal,
  use: (socket: Socket) => Promise<T>,
): Promise<T | undefined> {
  await target.mayConnect?.()
  if (signal.aborted) return undefined
  const socket = connect({ host: target.address, port: target.port })
  socket.on('error', ignore)
  try {
    return (await happens(socket, 'connect', CONNECT_MS * (target.patience ?? 1), signal))
      ? await use(socket)
      : undefined
  } finally {
    socket.destroy()
  }
}

/** Whether the event comes before the time is up, the stream is closed or the signal is aborted. */
export function happens(
  stream: Duplex,
  event: string,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const succeed = () => finish(true)
    const fail = () => finish(false)
    const forget = waitPatiently(withinMs, fail)
    stream.once(event, succeed)
    stream.once('close', fail)
    signal.addEventListener('abort', fail)
    if (stream.destroyed || signal.aborted) fail()

    function finish(happened: boolean): void {
      forget()
      stream.off(event, succeed)
      stream.off('close', fail)
      signal.removeEventListener('abort', fail)
      resolve(happened)
    }
  })
}

/**
 * Listens until what is said is recognised as a whole, or until the first byte has not come in time, the answer has
 * not become whole in time, 16 KiB are full, the other side has ended, or the signal is aborted: what is known then
 * counts. The stream is paused afterwards.
 */
export function hear(
  stream: Duplex,
  patienceMs: number,
  recognise: Recognise,
  signal: AbortSignal,
): Promise<Heard> {
  return new Promise((resolve) => {
    let buffer = Buffer.allocUnsafe(FIRST_BYTES)
    let length = 0
    let looked = 0
    let pauses = 0
    let pause: NodeJS.Timeout | undefined
    let recognised: Recognised | undefined
    let forget = waitPatiently(patienceMs, finish)
    stream.on('data', take)
    stream.once('end', finish)
    stream.once('close', finish)
    signal.addEventListener('abort', finish)
    stream.resume()
    if (hasEnded() || signal.aborted) finish()

    function hasEnded(): boolean {
      return stream.destroyed || stream.readableEnded
    }

    function take(chunk: Buffer): void {
      if (length === 0) {
        forget()
        forget = waitPatiently(WHOLE_ANSWER_MS, finish)
      }
      makeRoom(length + chunk.length)
      length += chunk.copy(buffer, length)
      if (length === MOST_BYTES) finish()
      else if (length >= looked * GROWTH) lookAndFinish()
      else if (!pause && pauses < MOST_PAUSES) {
        pauses += 1
        pause = setTimeout(lookAndFinish, PAUSE_MS)
      }
    }

    function makeRoom(wanted: number): void {
      if (wanted <= buffer.length || buffer.length === MOST_BYTES) return
      const larger = Buffer.allocUnsafe(Math.min(MOST_BYTES, Math.max(wanted, 2 * buffer.length)))
      buffer.copy(larger, 0, 0, length)
      buffer = larger
    }

    function look(): void {
      clearTimeout(pause)
      pause = undefined
      if (looked === length) return
      looked = length
      recognised = recognise(buffer.subarray(0, length)) ?? recognised
    }

    function lookAndFinish(): void {
      look()
      if (recognised && !recognised.more) finish()
    }

    function finish(): void {
      forget()
      stream.off('data', take)
      stream.off('end', finish)
      stream.off('close', finish)
      signal.removeEventListener('abort', finish)
      stream.pause()
      look()
      resolve({ bytes: buffer.subarray(0, length), recognised, ended: hasEnded() })
    }
  })
}

/** For errors of a connection: its end says all that matters. */
export function ignore(): void {}
