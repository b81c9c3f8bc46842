import type { CatalogueEntry } from '../../model.ts'

export const mail: CatalogueEntry[] = [
  {
    service: 'smtp',
    name: 'SMTP',
    ports: [25],
    category: 'mail',
    severity: 'medium',
    why: "A mail server that relays for strangers sends their spam, and flaws are exploited en masse: Exim's CVE-2019-10149 by a worm, and by Russia's Sandworm.",
    remedy:
      'Stop the mail server, or bind it to loopback (inet_interfaces = loopback-only in Postfix), on every host that is no MX. On an MX refuse to relay and offer STARTTLS.',
    sources: ['https://www.rfc-editor.org/rfc/rfc5321', 'https://nvd.nist.gov/vuln/detail/CVE-2019-10149'],
  },
  {
    service: 'pop3',
    name: 'POP3',
    ports: [110],
    category: 'mail',
    severity: 'medium',
    why: 'Passwords of mailboxes cross the network in the clear unless the client insists on STARTTLS, and are guessed here by the list.',
    remedy: 'Serve 995 only, as RFC 8314 asks. If 110 has to stay, refuse logins before STARTTLS.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8314', 'https://www.rfc-editor.org/rfc/rfc1939'],
  },
  {
    service: 'imap',
    name: 'IMAP',
    ports: [143],
    category: 'mail',
    severity: 'medium',
    why: 'Passwords of mailboxes cross the network in the clear unless the client insists on STARTTLS, and are guessed here by the list.',
    remedy: 'Serve 993 only, as RFC 8314 asks. If 143 has to stay, refuse logins before STARTTLS.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8314', 'https://www.rfc-editor.org/rfc/rfc9051'],
  },
  {
    service: 'submissions',
    name: 'Mail submission over TLS',
    ports: [465],
    category: 'mail',
    severity: 'low',
    why: 'Made for the public, but each guessed password of a mailbox sends spam in your name.',
    remedy:
      'Keep it where users send mail from outside, with limits on failed logins and on mails an hour. Close it elsewhere.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8314'],
    over: 'tls',
  },
  {
    service: 'submission',
    name: 'Mail submission',
    ports: [587],
    category: 'mail',
    severity: 'low',
    why: 'Made for the public, but each guessed password of a mailbox sends spam in your name; before STARTTLS it can be read on the way.',
    remedy:
      'Keep it where users send mail from outside, with TLS required and limits on failed logins; prefer 465. Close it elsewhere.',
    sources: ['https://www.rfc-editor.org/rfc/rfc6409', 'https://www.rfc-editor.org/rfc/rfc8314'],
  },
  {
    service: 'imaps',
    name: 'IMAP over TLS',
    ports: [993],
    category: 'mail',
    severity: 'low',
    why: 'Made for the public, but passwords are guessed here, and mail clients seldom ask for a second factor.',
    remedy:
      'Keep it where users read mail from outside, with limits on failed logins and with OAuth or application passwords. Close it elsewhere.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8314'],
    over: 'tls',
  },
  {
    service: 'pop3s',
    name: 'POP3 over TLS',
    ports: [995],
    category: 'mail',
    severity: 'low',
    why: 'Made for the public, but passwords are guessed here, and mail clients seldom ask for a second factor.',
    remedy:
      'Keep it where users fetch mail from outside, with limits on failed logins and with OAuth or application passwords. Close it elsewhere.',
    sources: ['https://www.rfc-editor.org/rfc/rfc8314'],
    over: 'tls',
  },
]
