import type { CatalogueEntry } from '../../model.ts'

/** Message brokers and what coordinates them. */
export const messaging: CatalogueEntry[] = [
  {
    service: 'mqtt',
    name: 'MQTT',
    ports: [1883],
    category: 'messaging',
    severity: 'medium',
    why: 'Passwords and messages travel in the clear, and brokers that allow anonymous clients let strangers read sensors and switch devices.',
    remedy:
      'Serve MQTT over TLS on 8883 with client certificates. If 1883 stays, set allow_anonymous false and an ACL, and limit it to the local network.',
    sources: [
      'https://mosquitto.org/documentation/authentication-methods/',
      'https://nvd.nist.gov/vuln/detail/CVE-2017-7650',
    ],
  },
  {
    service: 'zookeeper',
    name: 'Apache ZooKeeper',
    ports: [2181],
    category: 'messaging',
    severity: 'critical',
    why: 'It asks for no password by default: whoever connects reads and deletes the configuration that Kafka, Hadoop and others live by.',
    remedy:
      'Set clientPortAddress to a private address. Otherwise require SASL or client certificates, set ACLs, and narrow 4lw.commands.whitelist.',
    sources: [
      'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2023-44981',
    ],
  },
  {
    service: 'nats',
    name: 'NATS',
    ports: [4222],
    category: 'messaging',
    severity: 'high',
    why: 'It asks for no password by default, so that strangers can read and send messages on every subject.',
    remedy:
      'Listen on a private address. Otherwise configure accounts with NKeys or JWT, and TLS with verified clients.',
    sources: ['https://docs.nats.io/running-a-nats-service/configuration/securing_nats'],
  },
  {
    service: 'epmd',
    name: 'Erlang port mapper',
    ports: [4369],
    category: 'messaging',
    severity: 'high',
    why: "Tells where Erlang nodes (RabbitMQ, CouchDB) listen for each other; there one shared cookie gives code. CouchDB's default cookie was exploited in 2022 (CVE-2022-24706).",
    remedy:
      'Bind it to loopback or a private address (ERL_EPMD_ADDRESS) and block 4369 together with the distribution ports. Otherwise use TLS for the distribution and a long random cookie.',
    sources: [
      'https://www.erlang.org/doc/apps/erts/epmd_cmd.html',
      'https://nvd.nist.gov/vuln/detail/CVE-2022-24706',
    ],
  },
  {
    service: 'amqps',
    name: 'AMQP over TLS (RabbitMQ)',
    ports: [5671],
    category: 'messaging',
    severity: 'medium',
    why: "The broker's queues behind a password: TLS hides the guesses and does not stop them.",
    remedy:
      'Allow it from the applications that need it. Otherwise require client certificates (fail_if_no_peer_cert) and delete the user guest.',
    sources: ['https://www.rabbitmq.com/docs/ssl', 'https://www.rabbitmq.com/docs/production-checklist'],
    over: 'tls',
  },
  {
    service: 'amqp',
    name: 'AMQP (RabbitMQ)',
    ports: [5672],
    category: 'messaging',
    severity: 'medium',
    why: 'Passwords and messages travel in the clear, and whoever guesses one reads, fills or empties the queues.',
    remedy:
      'Keep it on a private network. Otherwise serve 5671 with TLS only (listeners.tcp = none) and delete the user guest.',
    sources: [
      'https://www.rabbitmq.com/docs/production-checklist',
      'https://www.rabbitmq.com/docs/access-control',
    ],
  },
  {
    service: 'activemq-console',
    name: 'ActiveMQ web console',
    ports: [8161],
    category: 'messaging',
    severity: 'high',
    why: 'Shipped with the login admin and admin, and with a file server through which code was uploaded (CVE-2016-3088, on the list of those exploited).',
    remedy:
      'Bind it to loopback in jetty.xml, the default since 5.16. Otherwise change the passwords, put TLS in front and limit the source addresses.',
    sources: [
      'https://activemq.apache.org/components/classic/documentation/web-console',
      'https://nvd.nist.gov/vuln/detail/CVE-2016-3088',
    ],
    over: 'http',
  },
  {
    service: 'secure-mqtt',
    name: 'MQTT over TLS',
    ports: [8883],
    category: 'messaging',
    severity: 'medium',
    why: 'The broker behind TLS: that hides passwords and messages, but a broker that allows anonymous clients still lets strangers read and switch devices.',
    remedy:
      'Require client certificates (require_certificate true in Mosquitto) or passwords, with an ACL for each device. Otherwise limit the source addresses.',
    sources: [
      'https://mosquitto.org/documentation/authentication-methods/',
      'https://nvd.nist.gov/vuln/detail/CVE-2017-7650',
    ],
    over: 'tls',
  },
  {
    service: 'kafka',
    name: 'Apache Kafka',
    ports: [9092],
    category: 'messaging',
    severity: 'critical',
    why: 'The default listener is plain text without a login: whoever connects reads every topic, writes to it or deletes it.',
    remedy:
      'Let listeners and advertised.listeners name private addresses only. Otherwise use SASL_SSL or client certificates, with an authorizer and ACLs.',
    sources: ['https://kafka.apache.org/documentation/#security'],
  },
  {
    service: 'rocketmq',
    name: 'Apache RocketMQ',
    ports: [9876, 10911],
    category: 'messaging',
    severity: 'critical',
    why: 'Name server and broker ask for no password by default. Botnets have used a configuration update to run commands on brokers since 2023 (CVE-2023-33246).',
    remedy:
      'Keep 9876 and 10911 on a private network. Otherwise enable ACLs and TLS, and run 5.1.1, 4.9.6 or later.',
    sources: ['https://nvd.nist.gov/vuln/detail/CVE-2023-33246'],
  },
  {
    service: 'rabbitmq-management',
    name: 'RabbitMQ management',
    ports: [15672],
    category: 'messaging',
    severity: 'medium',
    why: 'A login page for the whole broker: who guesses a password sees and empties queues and makes users.',
    remedy:
      'Bind it to loopback or a private address (management.tcp.ip). Otherwise put TLS and a second login in front, and delete the user guest.',
    sources: [
      'https://www.rabbitmq.com/docs/management',
      'https://www.rabbitmq.com/docs/production-checklist',
    ],
    over: 'http',
  },
  {
    service: 'rabbitmq-dist',
    name: 'RabbitMQ between nodes',
    ports: [25672],
    category: 'messaging',
    severity: 'high',
    why: 'Erlang distribution: whoever has the cookie, a secret that all nodes share, runs any code on the node.',
    remedy:
      'Let only the nodes of the cluster and the hosts of its tools connect. Otherwise use TLS for the distribution and a long random cookie.',
    sources: ['https://www.rabbitmq.com/docs/networking', 'https://www.rabbitmq.com/docs/clustering-ssl'],
  },
  {
    service: 'stomp',
    name: 'STOMP',
    ports: [61613],
    category: 'messaging',
    severity: 'medium',
    why: 'Another door to the queues of RabbitMQ or ActiveMQ, with passwords and messages in the clear.',
    remedy:
      'Disable the STOMP connector where nobody uses it. Otherwise serve it over TLS (61614) and allow it from the applications that need it.',
    sources: ['https://www.rabbitmq.com/docs/stomp'],
  },
  {
    service: 'activemq',
    name: 'ActiveMQ OpenWire',
    ports: [61616],
    category: 'messaging',
    severity: 'critical',
    why: 'The classic broker asks for no password by default, and one packet ran code on it (CVE-2023-46604): ransomware crews used that within days.',
    remedy:
      'Keep it on a private network. Otherwise enable an authentication plugin and TLS, and run 5.15.16, 5.16.7, 5.17.6, 5.18.3 or later.',
    sources: [
      'https://activemq.apache.org/security-advisories.data/CVE-2023-46604-announcement.txt',
      'https://nvd.nist.gov/vuln/detail/CVE-2023-46604',
    ],
  },
]
