import type { CatalogueEntry } from '../../model.ts'

/** Caches, document, graph, time series and search stores. */
export const dataStores: CatalogueEntry[] = [
  {
    service: 'couchdb',
    name: 'Apache CouchDB',
    ports: [5984],
    category: 'database',
    severity: 'high',
    why: 'Before version 3 everybody was administrator until one was named. Botnets used that and CVE-2017-12635 to run miners.',
    remedy:
      'Set bind_address to loopback or a private address. Otherwise put it behind an HTTPS proxy, set require_valid_user and run version 3.2.2 or later.',
    sources: [
      'https://docs.couchdb.org/en/stable/intro/security.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2017-12635',
    ],
    over: 'http',
  },
  {
    service: 'redis',
    name: 'Redis or Valkey',
    ports: [6379],
    category: 'database',
    severity: 'critical',
    why: 'It asks for no password by default. Botnets make it write SSH keys and cron jobs to disk, load modules, or escape its Lua sandbox (CVE-2022-0543): each means code on the host.',
    remedy:
      'Bind it to loopback or a private network and leave protected-mode on. Otherwise require ACL users with passwords, TLS and known source addresses.',
    sources: [
      'https://redis.io/docs/latest/operate/oss_and_stack/management/security/',
      'https://nvd.nist.gov/vuln/detail/CVE-2022-0543',
    ],
  },
  {
    service: 'neo4j',
    name: 'Neo4j over HTTP',
    ports: [7474],
    category: 'database',
    severity: 'high',
    why: "A query console for the whole graph behind one password, which starts as neo4j; procedures such as APOC's reach files and networks from there.",
    remedy:
      'Set server.default_listen_address to loopback or a private address. Otherwise use HTTPS only, allow-list procedures and limit the source addresses.',
    sources: ['https://neo4j.com/docs/operations-manual/current/security/checklist/'],
    over: 'http',
  },
  {
    service: 'bolt',
    name: 'Neo4j Bolt',
    ports: [7687],
    category: 'database',
    severity: 'high',
    why: 'Queries of the whole graph for whoever guesses the password, which starts as neo4j and is sent in the clear unless TLS is set up.',
    remedy:
      'Set server.bolt.listen_address to loopback or a private address. Otherwise set server.bolt.tls_level=REQUIRED and limit the source addresses.',
    sources: ['https://neo4j.com/docs/operations-manual/current/security/checklist/'],
  },
  {
    service: 'cassandra-jmx',
    name: 'Cassandra JMX',
    ports: [7199],
    category: 'database',
    severity: 'high',
    why: 'Administers the node and, where it was opened without a password, runs code as every open JMX port does.',
    remedy:
      'Leave LOCAL_JMX=yes, which keeps it on loopback. Otherwise turn on JMX authentication and TLS in cassandra-env.sh.',
    sources: ['https://cassandra.apache.org/doc/latest/cassandra/managing/operating/security.html'],
  },
  {
    service: 'influxdb',
    name: 'InfluxDB',
    ports: [8086],
    category: 'database',
    severity: 'critical',
    why: 'Version 1 asks for no password by default: whoever connects reads the measurements or drops the databases. Where one was set, CVE-2019-20933 went around it.',
    remedy:
      'Bind it to loopback or a private network. Otherwise set auth-enabled = true with a shared secret, or move to version 2 or later, and put TLS in front.',
    sources: [
      'https://docs.influxdata.com/influxdb/v1/administration/authentication_and_authorization/',
      'https://nvd.nist.gov/vuln/detail/CVE-2019-20933',
    ],
    over: 'http',
  },
  {
    service: 'clickhouse-http',
    name: 'ClickHouse over HTTP',
    ports: [8123],
    category: 'database',
    severity: 'critical',
    why: 'The user default has had no password for years. In January 2025 chat histories and keys of DeepSeek were open to everybody on this port.',
    remedy:
      'Set listen_host to loopback or a private address. Otherwise give the user default a password and a list of networks, and use HTTPS only.',
    sources: [
      'https://clickhouse.com/docs/guides/sre/network-ports',
      'https://www.wiz.io/blog/wiz-research-uncovers-exposed-deepseek-database-leak',
    ],
    over: 'http',
  },
  {
    service: 'solr',
    name: 'Apache Solr',
    ports: [8983],
    category: 'database',
    severity: 'critical',
    why: 'It asks for no password by default, and whoever may change its configuration runs code on the host (CVE-2019-17558, on the list of those exploited).',
    remedy:
      "Bind it to loopback (SOLR_JETTY_HOST=127.0.0.1), as Solr's own guide demands. Otherwise enable an authentication plugin and TLS, and limit the source addresses.",
    sources: [
      'https://solr.apache.org/guide/solr/latest/deployment-guide/securing-solr.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2019-17558',
    ],
    over: 'http',
  },
  {
    service: 'cassandra',
    name: 'Apache Cassandra (CQL)',
    ports: [9042],
    category: 'database',
    severity: 'critical',
    why: 'The default AllowAllAuthenticator lets everybody in to read, change and drop tables; the Meow attacks of 2020 wiped such clusters.',
    remedy:
      'Keep it on a private network. Otherwise set PasswordAuthenticator and CassandraAuthorizer, require client TLS and replace the account cassandra.',
    sources: [
      'https://cassandra.apache.org/doc/latest/cassandra/managing/operating/security.html',
      'https://www.bleepingcomputer.com/news/security/new-meow-attack-has-deleted-almost-4-000-unsecured-databases/',
    ],
  },
  {
    service: 'elasticsearch',
    name: 'Elasticsearch or OpenSearch',
    ports: [9200],
    category: 'database',
    severity: 'critical',
    why: 'Before version 8 it asked for no password by default. Thousands of open clusters have been copied, held to ransom or wiped, as in the Meow attacks of 2020.',
    remedy:
      'Set network.host to loopback or a private address. Otherwise turn on its security features (users, roles, TLS) and limit the source addresses.',
    sources: [
      'https://www.elastic.co/docs/deploy-manage/security',
      'https://www.bleepingcomputer.com/news/security/new-meow-attack-has-deleted-almost-4-000-unsecured-databases/',
      'https://nvd.nist.gov/vuln/detail/CVE-2015-1427',
    ],
    over: 'http',
  },
  {
    service: 'elasticsearch-transport',
    name: 'Elasticsearch between nodes',
    ports: [9300],
    category: 'database',
    severity: 'critical',
    why: 'Nodes trust each other here: without the security features whoever connects joins the cluster, and old versions ran what they were sent (CVE-2015-5377).',
    remedy:
      'Set transport.host to a private address that only the nodes reach. Otherwise enable TLS with client certificates between nodes.',
    sources: [
      'https://www.elastic.co/docs/deploy-manage/security',
      'https://nvd.nist.gov/vuln/detail/CVE-2015-5377',
    ],
  },
  {
    service: 'memcache',
    name: 'Memcached',
    ports: [11211],
    category: 'database',
    severity: 'high',
    why: 'Anybody may read, change and empty the cache, sessions included. Its UDP side was used to flood GitHub with 1.35 Tbit/s in 2018.',
    remedy:
      'Bind it to loopback or a private address (-l 127.0.0.1) and keep UDP off (-U 0). Otherwise enable TLS with client certificates or SASL.',
    sources: [
      'https://github.com/memcached/memcached/wiki/ConfiguringServer',
      'https://github.blog/news-insights/company-news/ddos-incident-report/',
    ],
  },
  {
    service: 'redis-sentinel',
    name: 'Redis Sentinel',
    ports: [26379],
    category: 'database',
    severity: 'high',
    why: 'Without a password, its default, whoever connects learns where the databases are and can order a failover or point clients elsewhere.',
    remedy:
      'Bind it to a private network. Otherwise set requirepass or ACL users and TLS in sentinel.conf, and limit the source addresses.',
    sources: ['https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/'],
  },
  {
    service: 'mongodb',
    name: 'MongoDB',
    ports: [27017],
    category: 'database',
    severity: 'critical',
    why: 'Access control is off unless somebody turns it on. Since 2017 open servers have been wiped by the tens of thousands, with a ransom note in their place.',
    remedy:
      'Bind it to loopback or a private address (net.bindIp). Otherwise set security.authorization: enabled, require TLS and limit the source addresses.',
    sources: [
      'https://www.mongodb.com/docs/manual/administration/security-checklist/',
      'https://www.mongodb.com/blog/post/how-to-avoid-a-malicious-attack-that-ransoms-your-data',
    ],
  },
  {
    service: 'mongodb-cluster',
    name: 'MongoDB shard and config servers',
    ports: [27018, 27019],
    category: 'database',
    severity: 'critical',
    why: 'The parts of a sharded MongoDB cluster hold the same data as its router and, like it, are open to all unless access control is turned on.',
    remedy:
      'Let only the members of the cluster connect. Otherwise set security.keyFile or x.509 for the members, authorization, and TLS.',
    sources: [
      'https://www.mongodb.com/docs/manual/reference/default-mongodb-port/',
      'https://www.mongodb.com/docs/manual/administration/security-checklist/',
    ],
  },
  {
    service: 'rethinkdb',
    name: 'RethinkDB',
    ports: [28015],
    category: 'database',
    severity: 'critical',
    why: 'The account admin has no password until one is set, so whoever connects reads, changes and drops every table.',
    remedy:
      'Bind the driver port to loopback or a private address (--bind, driver-port). Otherwise set a password for admin and TLS keys.',
    sources: ['https://rethinkdb.com/docs/security/'],
  },
]
