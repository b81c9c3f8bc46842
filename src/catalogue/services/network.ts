import type { CatalogueEntry } from '../../model.ts'

/** Names, routes, and the devices that carry them. */
export const network: CatalogueEntry[] = [
  {
    service: 'echo',
    name: 'Echo',
    ports: [7],
    category: 'network',
    severity: 'low',
    why: 'A test service that nothing needs; joined with chargen on another host it keeps both busy (CVE-1999-0103).',
    remedy:
      'Disable the simple services in inetd, xinetd, the router (no service tcp-small-servers) or Windows.',
    sources: ['https://www.rfc-editor.org/rfc/rfc862', 'https://nvd.nist.gov/vuln/detail/CVE-1999-0103'],
  },
  {
    service: 'chargen',
    name: 'Character generator',
    ports: [19],
    category: 'network',
    severity: 'low',
    why: 'A test service that nothing needs; it sends without end, and its UDP side amplifies floods.',
    remedy:
      'Disable the simple services in inetd, xinetd, the router (no service tcp-small-servers) or Windows.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc864',
      'https://www.cisa.gov/news-events/alerts/2014/01/17/udp-based-amplification-attacks',
    ],
  },
  {
    service: 'domain',
    name: 'DNS',
    ports: [53],
    category: 'network',
    severity: 'medium',
    why: 'A server that answers strangers for any name amplifies floods, one that allows zone transfers lists your hosts, and Windows DNS had SIGRed (CVE-2020-1350), code without a login.',
    remedy:
      'Let resolvers answer your own networks only. On authoritative servers turn recursion off and name who may transfer zones.',
    sources: ['https://www.rfc-editor.org/rfc/rfc5358', 'https://nvd.nist.gov/vuln/detail/CVE-2020-1350'],
  },
  {
    service: 'finger',
    name: 'Finger',
    ports: [79],
    category: 'network',
    severity: 'medium',
    why: 'Tells who has an account and who is logged in, which is half of a password guess. The Morris worm of 1988 came in through it.',
    remedy: 'Disable fingerd: nothing needs it. Otherwise block port 79 at the firewall.',
    sources: ['https://www.rfc-editor.org/rfc/rfc1288', 'https://www.rfc-editor.org/rfc/rfc1135'],
  },
  {
    service: 'auth',
    name: 'Ident',
    ports: [113],
    category: 'network',
    severity: 'low',
    why: 'Tells which user of the host holds a connection. Only some IRC networks still ask.',
    remedy: 'Stop identd and let the firewall refuse the port with a reset, so that nobody waits for it.',
    sources: ['https://www.rfc-editor.org/rfc/rfc1413'],
  },
  {
    service: 'bgp',
    name: 'BGP',
    ports: [179],
    category: 'network',
    severity: 'medium',
    why: 'A router that takes connections from strangers can be kept busy or, with a forged reset, cut off from its peers.',
    remedy:
      'Accept port 179 from configured peers only. Protect sessions with TCP-AO or MD5 and the TTL check (GTSM).',
    sources: ['https://www.rfc-editor.org/rfc/rfc7454'],
  },
  {
    service: 'fgfm',
    name: 'FortiManager (FGFM)',
    ports: [541],
    category: 'network',
    severity: 'high',
    why: 'In 2024 strangers registered devices of their own here and took the configuration of whole fleets (FortiJump, CVE-2024-47575).',
    remedy:
      'Let only your own FortiGates connect (local-in policy). Update, set fgfm-deny-unknown and use certificates of your own.',
    sources: [
      'https://www.fortiguard.com/psirt/FG-IR-24-423',
      'https://nvd.nist.gov/vuln/detail/CVE-2024-47575',
    ],
    over: 'tls',
  },
  {
    service: 'smart-install',
    name: 'Cisco Smart Install',
    ports: [4786],
    category: 'network',
    severity: 'critical',
    why: "It asks for no password: whoever connects reads and replaces the switch's configuration and software. States and vandals have done so since 2017 (CVE-2018-0171).",
    remedy:
      'Run no vstack on the switch. Where that is not possible, allow port 4786 from the director only.',
    sources: [
      'https://www.cisa.gov/news-events/alerts/2018/04/16/russian-state-sponsored-cyber-actors-targeting-network-infrastructure-devices',
      'https://nvd.nist.gov/vuln/detail/CVE-2018-0171',
    ],
  },
  {
    service: 'cwmp',
    name: 'Router management by the provider (TR-069)',
    ports: [7547],
    category: 'network',
    severity: 'high',
    why: 'In November 2016 a Mirai variant used this port to attack home routers, and took some 900,000 lines of Deutsche Telekom down (CVE-2016-10372 is the flaw it tried).',
    remedy: "Let only the provider's management server connect, or turn TR-069 off. Update the router.",
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2016-10372'],
    over: 'http',
  },
  {
    service: 'winbox',
    name: 'MikroTik WinBox',
    ports: [8291],
    category: 'network',
    severity: 'high',
    why: 'CVE-2018-14847 handed the password file to anybody, and hundreds of thousands of routers became proxies, spies and parts of the Meris botnet.',
    remedy:
      'Limit WinBox to the management network (/ip service set winbox address=) or a VPN. Update RouterOS and change passwords that older versions had.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2018-14847'],
  },
]
