import type { CatalogueEntry } from '../../model.ts'

/** Who is who: accounts and logins of a whole network. */
export const directory: CatalogueEntry[] = [
  {
    service: 'kerberos',
    name: 'Kerberos',
    ports: [88],
    category: 'directory',
    severity: 'medium',
    why: 'Shows that a domain controller stands here, tells which users exist, and takes guesses of their passwords; CVE-2014-6324 made any user a domain administrator.',
    remedy:
      'Keep domain controllers off the internet, and reach them through a VPN. Otherwise use a KDC proxy over HTTPS.',
    sources: ['https://www.rfc-editor.org/rfc/rfc4120', 'https://nvd.nist.gov/vuln/detail/CVE-2014-6324'],
  },
  {
    service: 'ldap',
    name: 'LDAP',
    ports: [389],
    category: 'directory',
    severity: 'high',
    why: 'The accounts of a network, with passwords sent in the clear and guessed in bulk; on Windows CVE-2024-49112 was remote code. Over UDP it amplifies floods.',
    remedy:
      'Keep directories inside or behind a VPN. Otherwise refuse anonymous binds, require TLS and signing, and limit the source addresses.',
    sources: ['https://www.rfc-editor.org/rfc/rfc4513', 'https://nvd.nist.gov/vuln/detail/CVE-2024-49112'],
  },
  {
    service: 'ldaps',
    name: 'LDAP over TLS',
    ports: [636],
    category: 'directory',
    severity: 'high',
    why: 'The accounts of a network; TLS hides the password guesses and does not stop them.',
    remedy:
      'Keep directories inside or behind a VPN. Otherwise refuse anonymous binds, require client certificates and limit the source addresses.',
    sources: ['https://www.rfc-editor.org/rfc/rfc4513', 'https://nvd.nist.gov/vuln/detail/CVE-2024-49112'],
    over: 'tls',
  },
  {
    service: 'msft-gc',
    name: 'Active Directory global catalogue',
    ports: [3268],
    category: 'directory',
    severity: 'high',
    why: 'LDAP to all domains of a forest at once: the accounts of a company, in the clear, for whoever guesses a password.',
    remedy: 'Keep domain controllers off the internet, and reach them through a VPN.',
    sources: [
      'https://learn.microsoft.com/en-us/troubleshoot/windows-server/networking/service-overview-and-network-port-requirements',
    ],
  },
  {
    service: 'msft-gc-ssl',
    name: 'Active Directory global catalogue over TLS',
    ports: [3269],
    category: 'directory',
    severity: 'high',
    why: 'LDAP to all domains of a forest at once: the accounts of a company for whoever guesses a password.',
    remedy: 'Keep domain controllers off the internet, and reach them through a VPN.',
    sources: [
      'https://learn.microsoft.com/en-us/troubleshoot/windows-server/networking/service-overview-and-network-port-requirements',
    ],
    over: 'tls',
  },
]
