import type { CatalogueEntry } from '../../model.ts'

export const remoteAccess: CatalogueEntry[] = [
  {
    service: 'ssh',
    name: 'SSH',
    ports: [22],
    category: 'remote access',
    severity: 'medium',
    why: 'Public SSH servers are tried with guessed and stolen passwords all day, and a flaw in the daemon, such as regreSSHion in 2024, needs no password at all.',
    remedy:
      'Reach it through a VPN or a bastion. Otherwise accept keys only (PasswordAuthentication no, PermitRootLogin no), limit the source addresses and keep OpenSSH up to date.',
    sources: ['https://www.openssh.com/security.html', 'https://nvd.nist.gov/vuln/detail/CVE-2024-6387'],
  },
  {
    service: 'telnet',
    name: 'Telnet',
    ports: [23],
    category: 'remote access',
    severity: 'high',
    why: 'Passwords and sessions cross the network in the clear. The Mirai botnet of 2016 grew by trying 62 factory passwords on it.',
    remedy:
      'Turn it off and use SSH. Where a device speaks nothing else, put it behind a VPN and change its factory password.',
    sources: [
      'https://www.cisa.gov/news-events/alerts/2016/10/14/heightened-ddos-threat-posed-mirai-and-other-botnets',
      'https://www.rfc-editor.org/rfc/rfc854',
    ],
  },
  {
    service: 'exec',
    name: 'rexec',
    ports: [512],
    category: 'remote access',
    severity: 'high',
    why: 'It runs a command for whoever sends a user name and a password, both in the clear: easy to read on the way, and easy to guess.',
    remedy:
      'Disable rexec in inetd, xinetd or systemd and use SSH. Until then, block port 512 at the firewall.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-1999-0618'],
  },
  {
    service: 'login',
    name: 'rlogin',
    ports: [513],
    category: 'remote access',
    severity: 'high',
    why: 'It lets users of trusted hosts in without a password, on the word of an address that can be forged, and sends everything in the clear.',
    remedy:
      'Disable rlogind, delete every .rhosts and hosts.equiv, and use SSH. Until then, block port 513 at the firewall.',
    sources: ['https://www.rfc-editor.org/rfc/rfc1282', 'https://nvd.nist.gov/vuln/detail/CVE-1999-0651'],
  },
  {
    service: 'shell',
    name: 'rsh',
    ports: [514],
    category: 'remote access',
    severity: 'high',
    why: 'It runs commands without a password for whoever seems to come from a trusted host, and a careless .rhosts trusts every host.',
    remedy:
      'Disable rshd, delete every .rhosts and hosts.equiv, and use SSH. Until then, block port 514 at the firewall.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-1999-0651', 'https://www.rfc-editor.org/rfc/rfc1282'],
  },
  {
    service: 'pptp',
    name: 'PPTP VPN',
    ports: [1723],
    category: 'remote access',
    severity: 'medium',
    why: 'Its usual login, MS-CHAP v2, can be broken from a recording of one handshake, and with it the encryption of the whole tunnel.',
    remedy:
      'Move to WireGuard, IKEv2 or OpenVPN. In the meantime wrap MS-CHAP v2 in PEAP, as Microsoft advises.',
    sources: [
      'https://learn.microsoft.com/en-us/security-updates/securityadvisories/2012/2743314',
      'https://www.rfc-editor.org/rfc/rfc2637',
    ],
  },
  {
    service: 'ssh-alt',
    name: 'SSH, alternate port',
    ports: [2222],
    category: 'remote access',
    severity: 'medium',
    why: 'Usually an SSH server that was moved to be out of sight. Scanners look here as well, so it is attacked as on port 22.',
    remedy:
      'Reach it through a VPN or a bastion. Otherwise accept keys only (PasswordAuthentication no) and limit the source addresses.',
    sources: ['https://www.openssh.com/security.html'],
  },
  {
    service: 'ms-wbt-server',
    name: 'Remote Desktop (RDP)',
    ports: [3389],
    category: 'remote access',
    severity: 'high',
    why: 'Guessed or bought RDP passwords are one of the commonest ways in for ransomware, and flaws such as BlueKeep (2019) let attackers in without any.',
    remedy:
      'Publish it through a VPN or an RD Gateway with a second factor. At the least require Network Level Authentication, lock accounts after failures and limit the source addresses.',
    sources: [
      'https://www.cisa.gov/stopransomware/ransomware-guide',
      'https://nvd.nist.gov/vuln/detail/CVE-2019-0708',
    ],
  },
  {
    service: 'rfb',
    name: 'VNC',
    ports: [5900],
    category: 'remote access',
    severity: 'high',
    why: 'VNC hands over screen and keyboard for a password of at most eight characters, or for none. In 2025 CISA warned of attackers who operate plants through VNC left open like this.',
    remedy:
      'Bind it to loopback (for example Xvnc -localhost) and tunnel it over SSH or a VPN. If that cannot be, use a server with TLS and a user login, and limit the source addresses.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa25-343a',
      'https://www.rfc-editor.org/rfc/rfc6143',
    ],
  },
  {
    service: 'vnc-display',
    name: 'VNC, displays 1 to 3',
    ports: [5901, 5902, 5903],
    category: 'remote access',
    severity: 'high',
    why: 'Virtual desktops that VNC servers open beside the first one. They are guarded as poorly, and scanned for just the same.',
    remedy:
      'Bind them to loopback (for example Xvnc -localhost) and tunnel them over SSH or a VPN. If that cannot be, use TLS with a user login and limit the source addresses.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa25-343a',
      'https://www.rfc-editor.org/rfc/rfc6143',
    ],
  },
  {
    service: 'wsman',
    name: 'WinRM over HTTP',
    ports: [5985],
    category: 'remote access',
    severity: 'high',
    why: 'PowerShell remoting for whoever guesses a password. On Linux the same port was the way in for OMIGOD (2021), which gave root to requests without a login.',
    remedy:
      'Allow it from the management network only. Outside a domain disable the HTTP listener and use HTTPS with certificates.',
    sources: [
      'https://learn.microsoft.com/en-us/windows/win32/winrm/installation-and-configuration-for-windows-remote-management',
      'https://nvd.nist.gov/vuln/detail/CVE-2021-38647',
    ],
    over: 'http',
  },
  {
    service: 'wsmans',
    name: 'WinRM over HTTPS',
    ports: [5986],
    category: 'remote access',
    severity: 'high',
    why: 'PowerShell remoting for whoever guesses a password; TLS hides the guess and does not stop it. OMIGOD (2021) gave root on Linux through this port without a login.',
    remedy:
      'Allow it from the management network or a VPN only. Require certificates instead of Basic or NTLM, and update OMI on Linux to 1.6.8-1 or later.',
    sources: [
      'https://learn.microsoft.com/en-us/windows/win32/winrm/installation-and-configuration-for-windows-remote-management',
      'https://nvd.nist.gov/vuln/detail/CVE-2021-38647',
    ],
    over: 'http',
  },
  {
    service: 'x11',
    name: 'X11 display',
    ports: [6000, 6001, 6002, 6003, 6004, 6005],
    category: 'remote access',
    severity: 'high',
    why: 'Whoever may connect to an X server sees its screen, records its keyboard and types into its windows; after `xhost +` that is everybody.',
    remedy:
      'Start the X server with -nolisten tcp (the default of current ones) and use SSH with X forwarding. Never use xhost +.',
    sources: [
      'https://www.x.org/releases/current/doc/man/man7/Xsecurity.7.xhtml',
      'https://nvd.nist.gov/vuln/detail/CVE-1999-0526',
    ],
  },
  {
    service: 'anydesk',
    name: 'AnyDesk',
    ports: [7070],
    category: 'remote access',
    severity: 'medium',
    why: 'It accepts direct connections for remote control. Criminals have used it against US agencies to stay inside after phishing, so one that nobody asked for may be theirs.',
    remedy:
      'If nobody knows it, treat it as an intrusion. Otherwise turn off direct connections, or allow them from known addresses and require an access control list and a second factor.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-025a',
      'https://support.anydesk.com/docs/firewall',
    ],
  },
]
