/** What people call services that IANA, and so the catalogue, calls otherwise: any of these may stand in a policy. */
export const aliases: ReadonlyMap<string, string> = new Map([
  ['dns', 'domain'],
  ['elastic', 'elasticsearch'],
  ['etcd', 'etcd-client'],
  ['kubernetes', 'kube-apiserver'],
  ['mariadb', 'mysql'],
  ['memcached', 'memcache'],
  ['modbus', 'mbap'],
  ['mongo', 'mongodb'],
  ['msrpc', 'epmap'],
  ['mssql', 'ms-sql-s'],
  ['oracle', 'oracle-tns'],
  ['portmapper', 'sunrpc'],
  ['postgres', 'postgresql'],
  ['rabbitmq', 'amqp'],
  ['rdp', 'ms-wbt-server'],
  ['rpcbind', 'sunrpc'],
  ['samba', 'microsoft-ds'],
  ['smb', 'microsoft-ds'],
  ['valkey', 'redis'],
  ['vnc', 'rfb'],
])

/** Services that speak the protocol of another, so that they are greeted as that. */
export const spoken: ReadonlyMap<string, string> = new Map([
  ['cockroach', 'postgresql'],
  ['ms-sql-m', 'ms-sql-s'],
  ['msft-gc', 'ldap'],
  ['msft-gc-ssl', 'ldaps'],
  ['pgbouncer', 'postgresql'],
  ['ssh-alt', 'ssh'],
  ['submission', 'smtp'],
  ['terabase', 'mysql'],
  ['vnc-display', 'rfb'],
])
