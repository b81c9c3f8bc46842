import type { CatalogueEntry } from '../../model.ts'

/** Relational databases and what stands in front of them. */
export const databases: CatalogueEntry[] = [
  {
    service: 'ms-sql-s',
    name: 'Microsoft SQL Server',
    ports: [1433],
    category: 'database',
    severity: 'high',
    why: 'Passwords of sa and others are guessed around the clock, and an administrator of the database can run commands on the host; the Mallox ransomware comes in this way.',
    remedy:
      'Take it off the internet: private network, private endpoint or VPN. Otherwise limit the source addresses, disable sa and xp_cmdshell and require encryption.',
    sources: [
      'https://learn.microsoft.com/en-us/sql/relational-databases/security/securing-sql-server',
      'https://unit42.paloaltonetworks.com/mallox-ransomware/',
    ],
  },
  {
    service: 'ms-sql-m',
    name: 'Microsoft SQL Server, dedicated administrator connection',
    ports: [1434],
    category: 'database',
    severity: 'high',
    why: 'A way in that SQL Server keeps for its administrators alone, and another place to guess the password of sa. Its UDP twin spread the Slammer worm in 2003.',
    remedy:
      "Turn it off with sp_configure 'remote admin connections', 0, which leaves it to loopback. Otherwise allow it from the management network only.",
    sources: [
      'https://learn.microsoft.com/en-us/sql/database-engine/configure-windows/remote-admin-connections-server-configuration-option',
      'https://nvd.nist.gov/vuln/detail/CVE-2002-0649',
    ],
  },
  {
    service: 'oracle-tns',
    name: 'Oracle Database listener',
    ports: [1521],
    category: 'database',
    severity: 'high',
    why: 'Accounts with well-known passwords are tried here, and an old listener lets strangers register themselves as the database and read what clients send (TNS poison, CVE-2012-1675).',
    remedy:
      'Keep the listener on a private network. Otherwise set valid node checking (TCP.VALIDNODE_CHECKING and for registration), use TCPS and lock default accounts.',
    sources: [
      'https://www.oracle.com/security-alerts/alert-cve-2012-1675.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2012-1675',
    ],
  },
  {
    service: 'gds_db',
    name: 'Firebird or InterBase',
    ports: [3050],
    category: 'database',
    severity: 'high',
    why: 'Many installations still have the factory login SYSDBA with masterkey, and a logged-in user could load code through external functions (CVE-2017-6369).',
    remedy:
      'Bind it to loopback (RemoteBindAddress in firebird.conf) or a private network. Change the password of SYSDBA and require WireCrypt.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2017-6369'],
  },
  {
    service: 'mysql',
    name: 'MySQL or MariaDB',
    ports: [3306],
    category: 'database',
    severity: 'high',
    why: 'Passwords are guessed around the clock; those who get in copy the tables, delete them and leave a ransom note.',
    remedy:
      'Bind it to loopback or a private address (bind-address). Otherwise limit the source addresses, require TLS and give no account the host %.',
    sources: [
      'https://dev.mysql.com/doc/refman/8.4/en/security-guidelines.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2012-2122',
    ],
  },
  {
    service: 'postgresql',
    name: 'PostgreSQL',
    ports: [5432],
    category: 'database',
    severity: 'high',
    why: 'Passwords are guessed by botnets such as PgMiner, which then use COPY FROM PROGRAM to run commands on the host.',
    remedy:
      'Set listen_addresses to loopback or a private address. Otherwise allow only hostssl lines with scram-sha-256 and known addresses in pg_hba.conf.',
    sources: [
      'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html',
      'https://unit42.paloaltonetworks.com/pgminer-postgresql-cryptocurrency-mining-botnet/',
    ],
  },
  {
    service: 'pgbouncer',
    name: 'PgBouncer',
    ports: [6432],
    category: 'database',
    severity: 'high',
    why: 'A PostgreSQL server behind another port: the same passwords are guessed, and it hides from the database where the guesses come from.',
    remedy:
      'Set listen_addr to loopback or a private address. Otherwise set client_tls_sslmode = require and auth_type = scram-sha-256, and limit the source addresses.',
    sources: ['https://www.pgbouncer.org/config.html'],
  },
  {
    service: 'cockroach',
    name: 'CockroachDB',
    ports: [26257],
    category: 'database',
    severity: 'high',
    why: 'SQL for whoever guesses a password. A cluster that was started with --insecure asks for none and lets anybody be root.',
    remedy:
      'Keep it on a private network or behind an allow list. Never use --insecure outside of a laptop; require client certificates.',
    sources: ['https://www.cockroachlabs.com/docs/stable/security-reference/security-overview'],
  },
  {
    service: 'mysqlx',
    name: 'MySQL X Protocol',
    ports: [33060],
    category: 'database',
    severity: 'high',
    why: 'The same MySQL server and accounts by a second protocol, on by default since MySQL 8 and often forgotten in the firewall.',
    remedy:
      'Turn it off with mysqlx=OFF, or bind it with mysqlx-bind-address to a private address. Otherwise limit the source addresses.',
    sources: ['https://dev.mysql.com/doc/refman/8.4/en/x-plugin-options-system-variables.html'],
  },
  {
    service: 'db2',
    name: 'IBM Db2',
    ports: [50000],
    category: 'database',
    severity: 'high',
    why: 'Db2 checks passwords of the operating system here, so guesses hit the host itself. SAP NetWeaver, which listens here too, was broken into through CVE-2025-31324.',
    remedy:
      'Keep it on a private network or a VPN. Otherwise use TLS only, limit the source addresses and lock accounts after failures.',
    sources: [
      'https://www.ibm.com/docs/en/db2/11.5?topic=security-db2-model',
      'https://nvd.nist.gov/vuln/detail/CVE-2025-31324',
    ],
  },
]
