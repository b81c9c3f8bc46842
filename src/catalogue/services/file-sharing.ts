import type { CatalogueEntry } from '../../model.ts'

export const fileSharing: CatalogueEntry[] = [
  {
    service: 'ftp',
    name: 'FTP',
    ports: [21],
    category: 'file sharing',
    severity: 'medium',
    why: 'Passwords and files cross the network in the clear, anonymous uploads get filled with malware, and a flaw in ProFTPD (2015) copied files without a login.',
    remedy:
      'Replace it by SFTP or HTTPS. If it has to stay, require explicit TLS, forbid anonymous writing and limit the source addresses.',
    sources: ['https://www.rfc-editor.org/rfc/rfc2577', 'https://nvd.nist.gov/vuln/detail/CVE-2015-3306'],
  },
  {
    service: 'sunrpc',
    name: 'RPC portmapper',
    ports: [111],
    category: 'file sharing',
    severity: 'medium',
    why: 'Tells anybody which RPC services run and where, NFS among them, and its UDP side is used to amplify floods.',
    remedy:
      'Stop rpcbind where no NFS version before 4 is used. Otherwise allow ports 111 and 2049 from known clients only.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc1833',
      'https://www.cisa.gov/news-events/alerts/2014/01/17/udp-based-amplification-attacks',
    ],
  },
  {
    service: 'epmap',
    name: 'Windows RPC endpoint mapper',
    ports: [135],
    category: 'file sharing',
    severity: 'high',
    why: 'The door to the remote administration of Windows (WMI, DCOM, the task scheduler). The Blaster worm of 2003 spread through it.',
    remedy:
      'Block it at the edge of the network. Where it is needed, allow it from the management network or a VPN only.',
    sources: [
      'https://learn.microsoft.com/en-us/troubleshoot/windows-server/networking/service-overview-and-network-port-requirements',
      'https://nvd.nist.gov/vuln/detail/CVE-2003-0352',
    ],
  },
  {
    service: 'netbios-ns',
    name: 'NetBIOS names',
    ports: [137],
    category: 'file sharing',
    severity: 'medium',
    why: 'Tells names, domain and logged-in users to whoever asks, and can be fooled into sending logins to the wrong host.',
    remedy:
      'Disable NetBIOS over TCP/IP: nothing current needs it. Otherwise block ports 137 to 139 at the edge of the network.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc1002',
      'https://www.cisa.gov/news-events/alerts/2017/01/16/smb-security-best-practices',
    ],
  },
  {
    service: 'netbios-dgm',
    name: 'NetBIOS datagrams',
    ports: [138],
    category: 'file sharing',
    severity: 'medium',
    why: 'Carries the old Windows network neighbourhood: names and roles of hosts, without any proof of who says so.',
    remedy:
      'Disable NetBIOS over TCP/IP: nothing current needs it. Otherwise block ports 137 to 139 at the edge of the network.',
    sources: [
      'https://www.rfc-editor.org/rfc/rfc1002',
      'https://www.cisa.gov/news-events/alerts/2017/01/16/smb-security-best-practices',
    ],
  },
  {
    service: 'netbios-ssn',
    name: 'SMB over NetBIOS',
    ports: [139],
    category: 'file sharing',
    severity: 'high',
    why: 'The same file sharing as on port 445 under its older transport, and exposed to the same password guessing and the same worms.',
    remedy:
      'Disable NetBIOS over TCP/IP and SMB 1, and block ports 137 to 139 and 445 at the edge. Share files through a VPN.',
    sources: [
      'https://www.cisa.gov/news-events/alerts/2017/01/16/smb-security-best-practices',
      'https://nvd.nist.gov/vuln/detail/CVE-2017-0144',
    ],
  },
  {
    service: 'microsoft-ds',
    name: 'SMB',
    ports: [445],
    category: 'file sharing',
    severity: 'high',
    why: 'WannaCry and NotPetya (2017) went around the world through this port in hours, and ransomware still arrives by guessed SMB passwords.',
    remedy:
      'Block it at the edge of the network and share files through a VPN or SMB over QUIC. Disable SMB 1 and require signing in any case.',
    sources: [
      'https://learn.microsoft.com/en-us/windows-server/storage/file-server/smb-secure-traffic',
      'https://www.cisa.gov/news-events/alerts/2017/01/16/smb-security-best-practices',
      'https://nvd.nist.gov/vuln/detail/CVE-2017-0144',
    ],
  },
  {
    service: 'printer',
    name: 'LPD printing',
    ports: [515],
    category: 'file sharing',
    severity: 'medium',
    why: "Takes print jobs without a login: paper, toner, and with some daemons the machine itself are anybody's.",
    remedy:
      'Turn off LPD in the printer or the print server. Otherwise put printers on a network of their own, reachable from inside only.',
    sources: ['https://www.rfc-editor.org/rfc/rfc1179'],
  },
  {
    service: 'afpovertcp',
    name: 'Apple file sharing (AFP)',
    ports: [548],
    category: 'file sharing',
    severity: 'high',
    why: 'Shares whole disks for a password. A flaw in Netatalk, which most storage boxes use for it, gave code without a login (CVE-2018-1160).',
    remedy:
      'Turn AFP off: macOS itself has moved to SMB. If it is still needed, allow it from inside or through a VPN only.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2018-1160'],
  },
  {
    service: 'http-rpc-epmap',
    name: 'Windows RPC over HTTP',
    ports: [593],
    category: 'file sharing',
    severity: 'medium',
    why: 'A second door to the Windows RPC endpoint mapper: it lists what runs on the host, and was patched along with port 135 after Blaster.',
    remedy:
      'Block it at the edge of the network. Where it is needed, allow it from the management network or a VPN only.',
    sources: [
      'https://learn.microsoft.com/en-us/troubleshoot/windows-server/networking/service-overview-and-network-port-requirements',
      'https://nvd.nist.gov/vuln/detail/CVE-2003-0352',
    ],
  },
  {
    service: 'ipp',
    name: 'Internet printing (IPP, CUPS)',
    ports: [631],
    category: 'file sharing',
    severity: 'medium',
    why: 'Lists and takes print jobs, mostly without a login. In 2024 flaws in CUPS let a stranger install a printer that ran commands when used.',
    remedy:
      'Bind CUPS to loopback (Listen localhost:631) and disable cups-browsed. Otherwise allow it from the local network only and require TLS with a login.',
    sources: [
      'https://openprinting.github.io/cups/doc/security.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2024-47176',
    ],
    over: 'http',
  },
  {
    service: 'rsync',
    name: 'rsync daemon',
    ports: [873],
    category: 'file sharing',
    severity: 'high',
    why: 'A module asks for no password unless one is set, and may hold whole backups. A heap overflow found in 2024 (CVE-2024-12084) gave code to anonymous readers.',
    remedy:
      'Run rsync over SSH instead of the daemon. Otherwise set hosts allow, auth users and read only for each module, and update to 3.4.0 or later.',
    sources: [
      'https://download.samba.org/pub/rsync/rsyncd.conf.5',
      'https://nvd.nist.gov/vuln/detail/CVE-2024-12084',
    ],
  },
  {
    service: 'ftps',
    name: 'FTP over TLS',
    ports: [990],
    category: 'file sharing',
    severity: 'low',
    why: 'Encrypted, so what is left is password guessing and the flaws of the server. Its data connections need a wide range of further open ports.',
    remedy:
      'Prefer SFTP or HTTPS, which need one port. Otherwise narrow the passive range and limit the source addresses.',
    sources: ['https://www.rfc-editor.org/rfc/rfc4217'],
    over: 'tls',
  },
  {
    service: 'nfs',
    name: 'NFS',
    ports: [2049],
    category: 'file sharing',
    severity: 'high',
    why: 'Without Kerberos the server believes whatever user number a client claims, so an export open to the world is readable, and often writable, as any user.',
    remedy:
      'Allow it from known clients inside only. Use NFS 4 with sec=krb5p, list hosts in /etc/exports and keep root_squash.',
    sources: ['https://www.rfc-editor.org/rfc/rfc2623', 'https://nvd.nist.gov/vuln/detail/CVE-1999-0554'],
  },
  {
    service: 'iscsi-target',
    name: 'iSCSI',
    ports: [3260],
    category: 'file sharing',
    severity: 'high',
    why: 'Hands out raw disks. Authentication is optional and the name of the initiator, which is often all that is checked, can be chosen freely.',
    remedy:
      'Keep storage on a network of its own. Otherwise require mutual CHAP for every target, inside IPsec or a VPN.',
    sources: ['https://www.rfc-editor.org/rfc/rfc7143'],
  },
]
