import type { CatalogueEntry } from '../../model.ts'

/** Plants, buildings and medical devices. */
export const industrial: CatalogueEntry[] = [
  {
    service: 'iso-tsap',
    name: 'Siemens S7',
    ports: [102],
    category: 'industrial',
    severity: 'critical',
    why: 'Most S7 controllers obey whoever connects: start, stop, read and write the program. In 2020 NSA and CISA told operators to take such devices off the internet.',
    remedy:
      'Put controllers behind a firewall and a VPN, never on a public address. Set an access password and protection level, and disable PUT/GET.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa20-205a',
      'https://www.rfc-editor.org/rfc/rfc1006',
    ],
  },
  {
    service: 'mbap',
    name: 'Modbus',
    ports: [502],
    category: 'industrial',
    severity: 'critical',
    why: 'The protocol has no login: whoever connects reads and sets the process. In January 2024 FrostyGoop cut the heating of 600 buildings in Lviv with it.',
    remedy:
      'Put controllers behind a firewall and a VPN, never on a public address. Between networks use a gateway that passes reads only.',
    sources: [
      'https://www.modbus.org/docs/Modbus_Messaging_Implementation_Guide_V1_0b.pdf',
      'https://hub.dragos.com/hubfs/Reports/Dragos-FrostyGoop-ICS-Malware-Intel-Brief-0724_r2.pdf',
    ],
  },
  {
    service: 'iec-104',
    name: 'IEC 60870-5-104',
    ports: [2404],
    category: 'industrial',
    severity: 'critical',
    why: 'The protocol of substations has no login: Industroyer (CrashOverride) opened breakers in Kyiv with it in December 2016.',
    remedy:
      'Put substations behind a VPN, never on a public address. Use IEC 62351 security where devices know it.',
    sources: ['https://www.cisa.gov/news-events/alerts/2017/06/12/crashoverride-malware'],
  },
  {
    service: 'opcua-tcp',
    name: 'OPC UA',
    ports: [4840],
    category: 'industrial',
    severity: 'high',
    why: 'Reads and sets a plant, often with the security mode None. The Pipedream tools of 2022 were made to browse and write it.',
    remedy:
      'Keep it on the plant network, behind a VPN. Require SignAndEncrypt with certificates you trust one by one, and disable anonymous logins.',
    sources: ['https://www.cisa.gov/news-events/cybersecurity-advisories/aa22-103a'],
  },
  {
    service: 'atg',
    name: 'Tank gauge (Veeder-Root)',
    ports: [10001],
    category: 'industrial',
    severity: 'critical',
    why: 'Gauges of fuel tanks answer without a password: levels, alarms and shut-offs can be read and changed. In 2015 over 5,000 stood open.',
    remedy:
      'Put the gauge behind a VPN or a serial server with a login. Set its six-digit code as well, which is weak alone.',
    sources: ['https://www.rapid7.com/blog/post/2015/01/22/the-internet-of-gas-station-tank-gauges/'],
  },
  {
    service: 'dicom',
    name: 'DICOM medical images',
    ports: [11112],
    category: 'industrial',
    severity: 'high',
    why: 'Archives answer whoever knows a title, which is no secret: images and records of millions of patients have been found open.',
    remedy:
      'Keep archives inside or behind a VPN. Otherwise require TLS with client certificates for every peer.',
    sources: ['https://aplite.de/research/millions-of-patient-records-at-risk'],
  },
  {
    service: 'dnp',
    name: 'DNP3',
    ports: [20000],
    category: 'industrial',
    severity: 'critical',
    why: 'Operates substations and waterworks, and without its rarely used secure authentication obeys whoever connects.',
    remedy:
      'Put outstations behind a VPN, never on a public address. Use DNP3 secure authentication or TLS where devices know it.',
    sources: ['https://www.cisa.gov/news-events/cybersecurity-advisories/aa20-205a'],
  },
  {
    service: 'unitronics-pcom',
    name: 'Unitronics PCOM',
    ports: [20256],
    category: 'industrial',
    severity: 'critical',
    why: "Controllers shipped with the password 1111 or none. In November 2023 attackers of Iran's IRGC defaced those of US waterworks through this port.",
    remedy:
      'Take the controller off the internet, behind a firewall and a VPN. Set a password and update VisiLogic and the firmware.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-335a',
      'https://nvd.nist.gov/vuln/detail/CVE-2023-6448',
    ],
  },
  {
    service: 'ethernet-ip',
    name: 'EtherNet/IP (Rockwell and others)',
    ports: [44818],
    category: 'industrial',
    severity: 'critical',
    why: "Controllers obey whoever connects. Where Rockwell's tools guarded them, one key shared by all products let strangers in (CVE-2021-22681).",
    remedy:
      'Put controllers behind a firewall and a VPN, never on a public address. Use CIP Security, and turn the key switch to RUN.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2021-22681'],
  },
]
