import type { CatalogueEntry } from '../../model.ts'

/** Containers, what schedules them, and where they keep state and secrets. */
export const containers: CatalogueEntry[] = [
  {
    service: 'docker',
    name: 'Docker API',
    ports: [2375],
    category: 'containers',
    severity: 'critical',
    why: 'Without TLS it asks for nothing, and a container that mounts / is root on the host. Miners and worms have lived on it for years.',
    remedy:
      'Remove -H tcp:// and use the Unix socket, over SSH from afar (docker -H ssh://). Otherwise serve 2376 with --tlsverify and client certificates.',
    sources: [
      'https://docs.docker.com/engine/security/protect-access/',
      'https://www.wiz.io/blog/jinx-0132-cryptojacking-campaign',
    ],
    over: 'http',
  },
  {
    service: 'docker-s',
    name: 'Docker API over TLS',
    ports: [2376],
    category: 'containers',
    severity: 'high',
    why: 'Root on the host for whoever holds a client certificate, or for everybody if the daemon was started with --tls instead of --tlsverify.',
    remedy:
      'Use the Unix socket over SSH instead (docker -H ssh://). Otherwise make sure of --tlsverify and limit the source addresses.',
    sources: ['https://docs.docker.com/engine/security/protect-access/'],
    over: 'http',
  },
  {
    service: 'swarm',
    name: 'Docker Swarm managers',
    ports: [2377],
    category: 'containers',
    severity: 'medium',
    why: 'Guarded by certificates, but whoever gets hold of a join token becomes a node of the cluster, or a manager of it.',
    remedy:
      'Allow it between the nodes only. Rotate join tokens (docker swarm join-token --rotate) after they have been used.',
    sources: [
      'https://docs.docker.com/engine/swarm/swarm-tutorial/',
      'https://docs.docker.com/engine/swarm/how-swarm-mode-works/pki/',
    ],
    over: 'tls',
  },
  {
    service: 'etcd-client',
    name: 'etcd',
    ports: [2379],
    category: 'containers',
    severity: 'critical',
    why: 'It asks for no password by default and holds all of a Kubernetes cluster, secrets included: writing to it is being cluster administrator.',
    remedy:
      'Let only the API servers connect, on a private network. Require client certificates (--client-cert-auth, --trusted-ca-file) and encrypt secrets at rest.',
    sources: [
      'https://etcd.io/docs/v3.5/op-guide/security/',
      'https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/',
    ],
    over: 'http',
  },
  {
    service: 'etcd-server',
    name: 'etcd between members',
    ports: [2380],
    category: 'containers',
    severity: 'high',
    why: 'The members of the cluster trust what they hear here: without peer certificates a stranger can pose as one of them.',
    remedy:
      'Let only the members connect. Require certificates between them (--peer-client-cert-auth, --peer-trusted-ca-file).',
    sources: ['https://etcd.io/docs/v3.5/op-guide/security/'],
    over: 'http',
  },
  {
    service: 'nomad',
    name: 'HashiCorp Nomad',
    ports: [4646],
    category: 'containers',
    severity: 'critical',
    why: 'ACLs are off by default, so whoever connects submits jobs, which is code on every client. Miners were spread this way in 2025 (JINX-0132).',
    remedy:
      'Bind it to a private network and enable ACLs and mutual TLS. Reach the web page through a VPN or a proxy with a login.',
    sources: [
      'https://developer.hashicorp.com/nomad/docs/configuration/acl',
      'https://www.wiz.io/blog/jinx-0132-cryptojacking-campaign',
    ],
    over: 'http',
  },
  {
    service: 'docker-registry',
    name: 'Container registry, or a development server',
    ports: [5000],
    category: 'containers',
    severity: 'high',
    why: "A registry asks for no password by default: strangers pull the images with what is in them, or push their own. Flask's development server, also found here, runs code in its debugger.",
    remedy:
      'Put the registry behind TLS and token or htpasswd authentication, on a private network. Bind development servers to loopback.',
    sources: [
      'https://distribution.github.io/distribution/about/deploying/',
      'https://flask.palletsprojects.com/en/stable/debugging/',
    ],
    over: 'http',
  },
  {
    service: 'kube-apiserver',
    name: 'Kubernetes API',
    ports: [6443],
    category: 'containers',
    severity: 'high',
    why: 'One leaked token or one role bound to anonymous users is the whole cluster; CVE-2018-1002105 turned ordinary requests into ones with administrator rights.',
    remedy:
      'Use a private endpoint, or authorised networks if it must be public. Set --anonymous-auth=false, use short-lived tokens and review role bindings.',
    sources: [
      'https://kubernetes.io/docs/concepts/security/controlling-access/',
      'https://nvd.nist.gov/vuln/detail/CVE-2018-1002105',
    ],
    over: 'http',
  },
  {
    service: 'vault',
    name: 'HashiCorp Vault',
    ports: [8200],
    category: 'containers',
    severity: 'medium',
    why: 'Asks for a login, but behind it are all the secrets: one leaked token or a flaw in an authentication method opens them.',
    remedy:
      'Keep it on a private network and follow the production hardening guide. Otherwise put it behind a proxy that asks for client certificates.',
    sources: ['https://developer.hashicorp.com/vault/docs/concepts/production-hardening'],
    over: 'http',
  },
  {
    service: 'consul-rpc',
    name: 'Consul between nodes',
    ports: [8300, 8301, 8302],
    category: 'containers',
    severity: 'high',
    why: 'Unencrypted and open to all by default: a stranger can join the cluster and read or answer for its services.',
    remedy:
      'Allow it between the nodes only. Set a gossip key (encrypt) and verify_incoming, verify_outgoing and verify_server_hostname.',
    sources: ['https://developer.hashicorp.com/consul/docs/secure'],
  },
  {
    service: 'consul',
    name: 'HashiCorp Consul',
    ports: [8500],
    category: 'containers',
    severity: 'critical',
    why: 'Without ACLs, the default, whoever connects rewrites services and keys, and where script checks are on registers one that runs code, as miners do (JINX-0132, 2025).',
    remedy:
      'Leave client_addr on loopback. Otherwise enable ACLs with default_policy deny, serve 8501 with TLS, and use enable_local_script_checks at most.',
    sources: [
      'https://www.hashicorp.com/blog/protecting-consul-from-rce-risk-in-specific-configurations',
      'https://www.wiz.io/blog/jinx-0132-cryptojacking-campaign',
    ],
    over: 'http',
  },
  {
    service: 'kubelet',
    name: 'Kubernetes kubelet',
    ports: [10250],
    category: 'containers',
    severity: 'critical',
    why: 'With the defaults of its command line the kubelet lets anonymous requests run commands in every container of the node; the Hildegard malware (2021) came in through one.',
    remedy:
      'Let only the control plane connect. Set authentication.anonymous.enabled: false and authorization.mode: Webhook.',
    sources: [
      'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
      'https://unit42.paloaltonetworks.com/hildegard-malware-teamtnt/',
    ],
    over: 'http',
  },
  {
    service: 'kubelet-readonly',
    name: 'Kubernetes kubelet, read-only',
    ports: [10255],
    category: 'containers',
    severity: 'medium',
    why: 'Shows every pod of the node with its image and environment variables to anybody, without a login and without TLS.',
    remedy:
      "Set readOnlyPort: 0 in the kubelet's configuration. Until then let only the monitoring reach it.",
    sources: ['https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/'],
    over: 'http',
  },
]
