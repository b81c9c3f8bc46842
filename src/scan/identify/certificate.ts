import { isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import ipaddr from 'ipaddr.js'
import type { TlsInfo } from '../../model.ts'
import { LONGEST_NAME, plainText } from './plain.ts'

/** Most names of one certificate that are kept. */
const MOST_NAMES = 20

/** One entry of `subjectaltname`: a kind, then plain text or, where that could be misread, a JSON string. */
const ALTERNATIVE_NAME = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy

/** One attribute of a distinguished name in Node's text: its short name and its value, with escapes (RFC 2253, 2.4). */
const ATTRIBUTE = /(?:^|\n| \+ )([\w.]+)=((?:\\[\s\S]|(?! \+ )[^\\\n])*)/g

/**
 * What a finished handshake shows of the server. Nothing in it has been verified. Node's `getPeerCertificate` is not asked: it
 * ends the whole process where a key is on a curve without a NIST name, such as secp256k1 or brainpool (Node 24.21).
 */
export function describeTls(secure: TLSSocket): TlsInfo {
  const certificate = secure.getPeerX509Certificate()
  const issuer = certificate?.issuer
  return {
    protocol: plainText(secure.getProtocol() ?? 'unknown', 20) ?? 'unknown',
    subject: attribute(certificate?.subject, 'CN'),
    issuer: attribute(issuer, 'CN') ?? attribute(issuer, 'O'),
    names: alternativeNames(certificate?.subjectAltName ?? ''),
    validTo: isoDate(certificate?.validTo),
  }
}

/**
 * Whether a certificate is a kubelet's: signed by the cluster for `system:node:NAME`, or made by the kubelet itself for
 * `NAME@SECONDS` (Kubernetes, client-go's util/cert; https://kubernetes.io/docs/reference/access-authn-authz/node/).
 * Its HTTP says no more than that it wants a login, or that there is no page.
 */
export function isKubelet({ subject = '', issuer = '' }: TlsInfo): boolean {
  if (subject.startsWith('system:node:')) return true
  const [, name] = /^([\w.-]+)@\d{10}$/.exec(subject) ?? []
  return name !== undefined && name !== 'localhost' && issuer.startsWith(`${name}-ca@`)
}

/** The first value that a distinguished name, in Node's text, has of an attribute; undefined if there is none. */
export function attribute(name: string | undefined, type: string): string | undefined {
  for (const [, found, value = ''] of (name ?? '').matchAll(ATTRIBUTE)) {
    if (found === type) return plainText(withoutEscapes(value), LONGEST_NAME)
  }
  return undefined
}

/** Control characters are two hex digits there, everything else stands for itself. */
function withoutEscapes(value: string): string {
  return value.replace(/\\(?:([0-9A-F]{2})|([\s\S]))/g, (_, hex?: string, plain = '') =>
    hex === undefined ? plain : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/**
 * The DNS names and addresses in Node's text of the subjectAltName extension, in their order, at most 20.
 * Whatever follows an entry that cannot be read is left out.
 */
export function alternativeNames(text: string): string[] {
  const names: string[] = []
  for (const [, kind, value = ''] of text.matchAll(ALTERNATIVE_NAME)) {
    const name = readName(kind, value)
    if (name !== undefined) names.push(name)
    if (names.length === MOST_NAMES) break
  }
  return names
}

function readName(kind: string | undefined, value: string): string | undefined {
  const text = unquote(value)
  if (kind === 'DNS') return plainText(text, LONGEST_NAME)
  // Node takes an address with a zone for one, and a certificate has none (RFC 5280, 4.2.1.6).
  if (kind === 'IP Address' && isIP(text) && !text.includes('%')) return ipaddr.parse(text).toString()
  return undefined
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value
  }
}

function isoDate(text: string | undefined): string | undefined {
  const date = new Date(text ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
