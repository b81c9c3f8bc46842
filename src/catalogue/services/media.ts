import type { CatalogueEntry } from '../../model.ts'

/** Telephony, chat, video and games. */
export const media: CatalogueEntry[] = [
  {
    service: 'rtsp',
    name: 'RTSP video',
    ports: [554],
    category: 'media',
    severity: 'medium',
    why: 'Mostly a camera: many show their picture without a login or for a factory password, and sites collect those that do.',
    remedy:
      'View cameras through a VPN or the recorder. Otherwise change the factory password, require digest authentication and update the firmware.',
    sources: ['https://www.rfc-editor.org/rfc/rfc7826'],
  },
  {
    service: 'sip',
    name: 'SIP telephony',
    ports: [5060],
    category: 'media',
    severity: 'medium',
    why: 'Guessed extensions call expensive numbers at your cost, and signalling in the clear shows who calls whom.',
    remedy:
      'Let only your provider and your networks connect, or use SIP over TLS with long secrets. Limit failed logins and foreign destinations.',
    sources: [
      'https://docs.asterisk.org/Deployment/Important-Security-Considerations/',
      'https://www.rfc-editor.org/rfc/rfc3261',
    ],
  },
  {
    service: 'xmpp-client',
    name: 'XMPP clients',
    ports: [5222],
    category: 'media',
    severity: 'low',
    why: 'Made for the public, but passwords are guessed here, and open registration fills a server with spam accounts.',
    remedy:
      'Keep it where users chat from outside, with TLS required and registration closed. Close it elsewhere.',
    sources: ['https://www.rfc-editor.org/rfc/rfc6120', 'https://www.rfc-editor.org/rfc/rfc7590'],
  },
  {
    service: 'ircu',
    name: 'IRC',
    ports: [6665, 6666, 6667, 6668, 6669],
    category: 'media',
    severity: 'medium',
    why: 'On a host that runs no chat it is often the control channel of a botnet. A back door in UnrealIRCd (CVE-2010-2075) ran any command sent to it.',
    remedy:
      'If nobody runs IRC there, treat the host as broken into. Otherwise serve TLS on 6697 (RFC 7194) and close the plain ports.',
    sources: ['https://www.rfc-editor.org/rfc/rfc7194', 'https://nvd.nist.gov/vuln/detail/CVE-2010-2075'],
  },
  {
    service: 'minecraft',
    name: 'Minecraft',
    ports: [25565],
    category: 'media',
    severity: 'low',
    why: 'Made for the public, but no part of most policies. Log4Shell (CVE-2021-44228) was first seen to be used against such servers, by a line of chat.',
    remedy:
      'Close the port. Where the server is wanted, keep an allow list of players and a current version.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2021-44228'],
  },
  {
    service: 'plex',
    name: 'Plex Media Server',
    ports: [32400],
    category: 'media',
    severity: 'medium',
    why: "A private media server with a login; an unpatched one at an engineer's home (CVE-2020-5741) was the way into LastPass in 2022.",
    remedy:
      'Reach it through a VPN. Otherwise keep it up to date, require secure connections and a second factor.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2020-5741'],
    over: 'http',
  },
]
