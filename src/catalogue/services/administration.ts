import type { CatalogueEntry } from '../../model.ts'

export const administration: CatalogueEntry[] = [
  {
    service: 'svrloc',
    name: 'Service Location Protocol',
    ports: [427],
    category: 'administration',
    severity: 'high',
    why: 'On VMware ESXi this was the way in for ESXiArgs, which encrypted thousands of hypervisors in 2023 through a flaw patched two years before.',
    remedy:
      'Stop slpd (on ESXi /etc/init.d/slpd stop, then chkconfig slpd off) and keep the management network off the internet. Otherwise block port 427 and patch.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-039a',
      'https://nvd.nist.gov/vuln/detail/CVE-2021-21974',
    ],
  },
  {
    service: 'oob-ws-http',
    name: 'Out-of-band management (IPMI, Intel AMT)',
    ports: [623],
    category: 'administration',
    severity: 'high',
    why: 'Controls the hardware below the operating system. A flaw in Intel AMT (2017) let anybody in who sent an empty password hash.',
    remedy:
      'Connect management controllers to a network of their own and reach it through a VPN. Otherwise switch the feature off in the firmware, or update that.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2017-5689'],
    over: 'http',
  },
  {
    service: 'rmiregistry',
    name: 'Java RMI and JMX',
    ports: [1099],
    category: 'administration',
    severity: 'high',
    why: 'Java objects sent here are deserialised, which has meant remote code again and again (CVE-2016-3427 is on the list of those exploited), and JMX without a password loads code by design.',
    remedy:
      'Bind it to loopback and use an SSH tunnel. Otherwise set com.sun.management.jmxremote.authenticate and .ssl to true, and a serial filter.',
    sources: [
      'https://docs.oracle.com/en/java/javase/17/management/monitoring-and-management-using-jmx-technology.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2016-3427',
    ],
  },
  {
    service: 'cpanel',
    name: 'cPanel',
    ports: [2082, 2083],
    category: 'administration',
    severity: 'medium',
    why: 'A login page to the web sites, mail and databases of an account, and so a place to try stolen passwords; 2082 takes them in the clear.',
    remedy:
      'Limit the source addresses (cPHulk, Host Access Control) and require a second factor. Redirect 2082 to 2083 at the least.',
    sources: [
      'https://docs.cpanel.net/knowledge-base/general-systems-administration/how-to-configure-your-firewall-for-cpanel-services/',
      'https://nvd.nist.gov/vuln/detail/CVE-2023-29489',
    ],
    over: 'http',
  },
  {
    service: 'whm',
    name: 'cPanel WHM',
    ports: [2086, 2087],
    category: 'administration',
    severity: 'medium',
    why: 'A login page for the root of a hosting server with all its accounts; 2086 takes the password in the clear.',
    remedy:
      'Limit it to the addresses of its administrators and require a second factor. Redirect 2086 to 2087 at the least.',
    sources: [
      'https://docs.cpanel.net/knowledge-base/general-systems-administration/how-to-configure-your-firewall-for-cpanel-services/',
    ],
    over: 'http',
  },
  {
    service: 'salt-master',
    name: 'Salt master',
    ports: [4505, 4506],
    category: 'administration',
    severity: 'high',
    why: 'Commands every machine of the fleet as root. In May 2020 exposed masters were taken over within days of an authentication bypass becoming known.',
    remedy:
      'Allow both ports from the minions only. Keep Salt up to date, and use publisher_acl and signed minion keys.',
    sources: [
      'https://docs.saltproject.io/en/latest/topics/hardening.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2020-11651',
    ],
  },
  {
    service: 'proxmox',
    name: 'Proxmox VE',
    ports: [8006],
    category: 'administration',
    severity: 'medium',
    why: 'A login page for the root of a hypervisor: one guessed password is every virtual machine, its disks and its backups.',
    remedy:
      'Allow it from the management network or a VPN only. Otherwise require a second factor for every user and watch failed logins.',
    sources: ['https://pve.proxmox.com/wiki/Firewall', 'https://pve.proxmox.com/wiki/User_Management'],
    over: 'http',
  },
  {
    service: 'screenconnect',
    name: 'ConnectWise ScreenConnect',
    ports: [8040, 8041],
    category: 'administration',
    severity: 'high',
    why: 'Remote control of all machines of a company and its customers. In February 2024 a bypass that made anyone its administrator was used for ransomware within days.',
    remedy:
      'Limit the web page (8040) to the staff, by VPN or address, and require a second factor. Update to 23.9.8 or later.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2024-1709'],
    over: 'http',
  },
  {
    service: 'confluence',
    name: 'Atlassian Confluence',
    ports: [8090],
    category: 'administration',
    severity: 'high',
    why: 'Flaws that need no login were exploited within days, by criminals and by states, in 2021, 2022 and 2023 alike; CyberPanel, which uses the port too, was hit by ransomware in 2024.',
    remedy:
      'Put it behind a VPN or a proxy that asks for a login first. If it has to be public, install security updates on the day.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-289a',
      'https://nvd.nist.gov/vuln/detail/CVE-2022-26134',
      'https://nvd.nist.gov/vuln/detail/CVE-2024-51567',
    ],
    over: 'http',
  },
  {
    service: 'papercut',
    name: 'PaperCut',
    ports: [9191, 9192],
    category: 'administration',
    severity: 'high',
    why: 'In 2023 ransomware crews ran code as SYSTEM on public print servers through a login bypass, in schools above all.',
    remedy:
      'Allow it from inside only. Otherwise update it and limit the administration pages to known addresses.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-131a',
      'https://nvd.nist.gov/vuln/detail/CVE-2023-27350',
    ],
    over: 'http',
  },
  {
    service: 'veeam',
    name: 'Veeam Backup & Replication',
    ports: [9401],
    category: 'administration',
    severity: 'high',
    why: 'Through this port (CVE-2023-27532) ransomware crews took the stored passwords of the whole infrastructure, and the backups that would have undone the damage.',
    remedy:
      'Keep backup servers out of reach of everything but the hosts they back up. Update to a fixed build and turn off the Cloud Connect port where it is not used.',
    sources: ['https://www.veeam.com/kb4424', 'https://nvd.nist.gov/vuln/detail/CVE-2023-27532'],
    over: 'tls',
  },
  {
    service: 'webmin',
    name: 'Webmin',
    ports: [10000],
    category: 'administration',
    severity: 'high',
    why: 'Root on the host through a browser. Releases 1.890 to 1.920 carried a back door that botnets used from 2019 on; Backup Exec agents, which share the port, were exploited for ransomware too.',
    remedy:
      'Limit it to a VPN (allow= in miniserv.conf) or bind it to loopback and tunnel it. Keep it up to date and require a second factor.',
    sources: [
      'https://nvd.nist.gov/vuln/detail/CVE-2019-15107',
      'https://nvd.nist.gov/vuln/detail/CVE-2021-27877',
    ],
    over: 'http',
  },
  {
    service: 'amt-soap-http',
    name: 'Intel AMT',
    ports: [16992],
    category: 'administration',
    severity: 'high',
    why: 'Controls power, disks and screen below the operating system. A flaw found in 2017 let anybody in who sent an empty password hash.',
    remedy:
      'Disable AMT in the firmware, or unprovision it. Where it is used, keep it on a management network and update the firmware.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2017-5689'],
    over: 'http',
  },
  {
    service: 'amt-soap-https',
    name: 'Intel AMT over TLS',
    ports: [16993],
    category: 'administration',
    severity: 'high',
    why: 'Controls power, disks and screen below the operating system. A flaw found in 2017 let anybody in who sent an empty password hash.',
    remedy:
      'Disable AMT in the firmware, or unprovision it. Where it is used, keep it on a management network and update the firmware.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2017-5689'],
    over: 'http',
  },
]
