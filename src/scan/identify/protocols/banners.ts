import type { Protocol } from './protocol.ts'

/** The longest first words that are looked at, in bytes. */
const ENOUGH = 512

/**
 * A server that speaks first, told by how it begins. Nothing is ever sent to it.
 *
 * @param pattern of all that was said so far, from the start; its first group is what the server calls itself
 */
function banner(service: string, pattern: RegExp): Protocol {
  return {
    service,
    recognise(heard) {
      const found = pattern.exec(heard.toString('latin1', 0, ENOUGH))
      return found ? { product: found[1] } : undefined
    },
  }
}

/** Services that say what they are as soon as somebody connects. The first that fits wins. */
export const banners: Protocol[] = [
  // RFC 959, 5.4 and RFC 5321, 4.2: both begin with 220, and say in words which they are.
  banner('vmware-authd', /^220 (VMware Authentication Daemon[^\r\n,]*)/),
  banner('smtp', /^220[ -][^\r\n]*?\bE?SMTP\b[ ;:]*([^\r\n]*)\r?\n/),
  banner('smtp', /^220[ -][^\r\n]*?\b((?:Postfix|Exim|Sendmail)[^\r\n]*)\r?\n/i),
  banner('smtp', /^(?:421|554)[ -][^\r\n]*\b(E?SMTP)\b[^\r\n]*\r?\n/),
  // OpenSSH to whom it will not talk now.
  banner('ssh', /^(?:Exceeded MaxStartups|Not allowed at this time)\r?\n/),
  banner('ftp', /^220[ -][^\r\n]*?\(?((?:[\w-]*ftpd?|FileZilla)\b[^\r\n)]*)/i),
  banner('ftp', /^(?:220-[^\r\n]*\r?\n){1,8}220[ -][^\r\n]*?((?:[\w-]*ftpd?|FileZilla)\b[^\r\n)]*)/i),
  // RFC 1939, 4; ManageSieve (RFC 5804) and IMAP (RFC 9051, 7.1) are told by how they begin as well.
  banner('pop3', /^\+OK(?: ([^\r\n]*))?\r?\n/),
  banner('imap', /^\* (?:OK|PREAUTH|BYE)(?: \[[^\]\r\n]*\])? ?([^\r\n]*)\r?\n/),
  banner('sieve', /^"IMPLEMENTATION" "([^"\r\n]*)"/),
  // RFC 3977, 5.1.
  banner('nntp', /^20[01] [^\r\n]*?((?:InterNetNews|INN\b|NNTP)[^\r\n]*)\r?\n/i),
  // RFC 6143, 7.1.1.
  banner('rfb', /^RFB (\d{3}\.\d{3})\n/),
  // RFC 854: IAC, then WILL, WON'T, DO or DON'T, and an option.
  banner('telnet', /^(?:\xff[\xfb-\xfe][\s\S]){1,}/),
  // rsync(1), `csprotocol.txt`.
  banner('rsync', /^@RSYNCD: (\d+(?:\.\d+)?)/),
  // https://docs.nats.io/reference/reference-protocols/nats-protocol
  banner('nats', /^INFO \{"server_id":.*?"version":"([^"]*)"/),
  // https://svn.apache.org/repos/asf/subversion/trunk/subversion/libsvn_ra_svn/protocol
  banner('svn', /^\( success \( \d+ \d+ \( /),
  banner('munin', /^# munin node at/),
  banner('asterisk-ami', /^Asterisk Call Manager\/([\d.]+)\r?\n/),
  banner('checkmk-agent', /^<<<check_mk>>>\nVersion: ([\w.]+)/),
  // RFC 2812, 2.3.1: a notice before the registration.
  banner('ircu', /^(?::[\w.-]+ )?NOTICE (?:AUTH|\*) :/),
  // A frame's length and type, then its magic word:
  // https://activemq.apache.org/components/classic/documentation/openwire-version-2-specification
  banner('activemq', /^[\s\S]{5}ActiveMQ[\s\S]{4}/),
]
