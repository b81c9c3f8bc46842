/** Common names of services that IANA, and so the catalogue, calls by another name. A policy may use any of them. */
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

/** Services that speak another service's protocol: they are queried and recognised as that service. */
export const spoken: ReadonlyMap<string, string> = new Map([
  ['cockroach', 'postgresql'],
  ['karaf-ssh', 'ssh'],
  ['mongodb-cluster', 'mongodb'],
  ['ms-sql-m', 'ms-sql-s'],
  ['msft-gc', 'ldap'],
  ['msft-gc-ssl', 'ldaps'],
  ['netbios-ssn', 'microsoft-ds'],
  ['netconf-ssh', 'ssh'],
  ['pgbouncer', 'postgresql'],
  ['redis-sentinel', 'redis'],
  ['ssh-alt', 'ssh'],
  ['submission', 'smtp'],
  ['terabase', 'mysql'],
  ['vnc-display', 'rfb'],
])

/** Services that serve another service's pages: over HTTP they are recognised as that service. */
export const answersAs: ReadonlyMap<string, string> = new Map([
  ['docker-s', 'docker'],
  ['etcd-server', 'etcd-client'],
  ['kube-controller-manager', 'kube-apiserver'],
  ['kube-scheduler', 'kube-apiserver'],
  ['whm', 'cpanel'],
])
