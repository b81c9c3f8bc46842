import type { CatalogueEntry } from '../../model.ts'

export const monitoring: CatalogueEntry[] = [
  {
    service: 'snmp',
    name: 'SNMP',
    ports: [161],
    category: 'monitoring',
    severity: 'high',
    why: 'Versions 1 and 2c know only a community string, often public or private, that reads and sets the device. APT28 used it in 2021 to break into Cisco routers (CVE-2017-6742).',
    remedy:
      'Allow it from the monitoring hosts only. Use version 3 with authPriv, remove default communities and all write access.',
    sources: [
      'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-108',
      'https://nvd.nist.gov/vuln/detail/CVE-2017-6742',
      'https://www.rfc-editor.org/rfc/rfc3414',
    ],
  },
  {
    service: 'grafana',
    name: 'Grafana, or a development server',
    ports: [3000],
    category: 'monitoring',
    severity: 'medium',
    why: 'Grafana starts with admin and admin, and in 2021 gave any file of the host to anybody (CVE-2021-43798). Node and Rails development servers listen here too, unhardened.',
    remedy:
      'Put it behind a VPN or a proxy with single sign-on, change the password and disable anonymous access. Bind development servers to loopback.',
    sources: [
      'https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/',
      'https://nvd.nist.gov/vuln/detail/CVE-2021-43798',
    ],
    over: 'http',
  },
  {
    service: 'logstash-beats',
    name: 'Logstash (Beats)',
    ports: [5044],
    category: 'monitoring',
    severity: 'medium',
    why: 'Takes log lines from anybody by default, so that strangers can forge or drown the evidence.',
    remedy:
      'Let only your own shippers connect. Set ssl_enabled with ssl_client_authentication => "required" on the input.',
    sources: ['https://www.elastic.co/docs/reference/logstash/plugins/plugins-inputs-beats'],
  },
  {
    service: 'kibana',
    name: 'Kibana or OpenSearch Dashboards',
    ports: [5601],
    category: 'monitoring',
    severity: 'critical',
    why: 'Before version 8 it asked for no password by default: its console passes any command on, deletions too. CVE-2019-7609, on the list of those exploited, ran code on the host.',
    remedy:
      'Set server.host to loopback and put a VPN or a proxy with single sign-on in front. Turn on the security features of Elasticsearch.',
    sources: [
      'https://www.elastic.co/docs/deploy-manage/security',
      'https://nvd.nist.gov/vuln/detail/CVE-2019-7609',
    ],
    over: 'http',
  },
  {
    service: 'nrpe',
    name: 'Nagios NRPE',
    ports: [5666],
    category: 'monitoring',
    severity: 'medium',
    why: 'Runs checks on the host for whoever may connect; where arguments are allowed they have been a way to a shell (CVE-2013-1362).',
    remedy:
      'Name the monitoring server in allowed_hosts and in the firewall. Leave dont_blame_nrpe=0 and use client certificates.',
    sources: [
      'https://github.com/NagiosEnterprises/nrpe/blob/master/SECURITY.md',
      'https://nvd.nist.gov/vuln/detail/CVE-2013-1362',
    ],
  },
  {
    service: 'splunkd',
    name: 'Splunk management',
    ports: [8089],
    category: 'monitoring',
    severity: 'medium',
    why: 'The REST interface to all logs, for whoever has a password. On deployment servers it could send code to every forwarder (CVE-2022-32158).',
    remedy:
      'Bind it to loopback on forwarders (mgmtHostPort = 127.0.0.1:8089). On servers allow it from the Splunk hosts and administrators only.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2022-32158'],
    over: 'http',
  },
  {
    service: 'prometheus',
    name: 'Prometheus',
    ports: [9090],
    category: 'monitoring',
    severity: 'medium',
    why: "Shows all metrics, targets and labels to anybody; in 2024 some 300,000 such servers and exporters were found leaking names and secrets. Openfire's console here was exploited in 2023.",
    remedy:
      'Listen on loopback (--web.listen-address) and put a proxy with a login in front. Otherwise set basic_auth_users and TLS in web.yml.',
    sources: [
      'https://prometheus.io/docs/operating/security/',
      'https://www.aquasec.com/blog/300000-prometheus-servers-and-exporters-exposed-to-dos-attacks/',
      'https://nvd.nist.gov/vuln/detail/CVE-2023-32315',
    ],
    over: 'http',
  },
  {
    service: 'node-exporter',
    name: 'Prometheus node exporter, or a raw printer port',
    ports: [9100],
    category: 'monitoring',
    severity: 'medium',
    why: 'The exporter shows kernel, disks, networks and services of the host to anybody. A printer on this port prints whatever it is sent, and lists and alters its settings.',
    remedy:
      "Let only the monitoring server connect, or set basic_auth_users and TLS in the exporter's web.yml. Keep printers inside, behind a print server.",
    sources: [
      'https://prometheus.io/docs/operating/security/',
      'https://www.aquasec.com/blog/300000-prometheus-servers-and-exporters-exposed-to-dos-attacks/',
    ],
    over: 'http',
  },
  {
    service: 'zabbix-agent',
    name: 'Zabbix agent',
    ports: [10050],
    category: 'monitoring',
    severity: 'medium',
    why: 'Answers questions about files, processes and users of the host; with AllowKey=system.run[*] it runs any command.',
    remedy:
      'Name the Zabbix server in Server= and in the firewall. Use TLS with a pre-shared key, and leave system.run denied.',
    sources: ['https://www.zabbix.com/documentation/current/en/manual/encryption'],
  },
  {
    service: 'zabbix-trapper',
    name: 'Zabbix server',
    ports: [10051],
    category: 'monitoring',
    severity: 'medium',
    why: 'Takes values and registrations from agents. A flaw in it ran code on the server without a login (CVE-2020-11800).',
    remedy:
      'Let only agents and proxies connect, through a VPN where they are far. Require TLS with pre-shared keys or certificates.',
    sources: [
      'https://www.zabbix.com/documentation/current/en/manual/encryption',
      'https://nvd.nist.gov/vuln/detail/CVE-2020-11800',
    ],
  },
]
