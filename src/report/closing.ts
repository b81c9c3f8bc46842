import { ALL_PORTS, subtractRanges } from '../port-ranges.ts'
import { nameHosts } from './alike-hosts.ts'

export interface Closing {
  /** Where, and what has to be known of it: `nftables`, `AWS security group`. */
  where: string
  /** For a shell; some have several lines. */
  command: string
}

/** Hosts that are named as those that the commands are for. */
const MOST_HOSTS = 3

/** What the commands do, and for which hosts. */
export function titleClosings(port: number, hosts: readonly string[]): string {
  const names = nameHosts(hosts, MOST_HOSTS)
  return `Commands that close port ${port}${names && ` on ${names}`}: one of these`
}

/** Services by which people reach the host itself. */
const WAYS_IN: readonly (string | undefined)[] = ['ssh', 'ssh-alt', 'ms-wbt-server']

/** Whether who closes a port may need it to open it again, by what answers there and what usually does. */
export function isWayIn(...services: (string | undefined)[]): boolean {
  return services.some((service) => WAYS_IN.includes(service))
}

export const MAY_LOCK_OUT = 'This may lock you out of the host: have another way in first.'

/** Docker publishes ports before the rules of these are asked. */
const NO_CONTAINER = 'it does not close what a container publishes, see Docker below'

/**
 * Commands that close a TCP port, for the firewalls and platforms in wide use. All that is filled in is the number of
 * the port; what is in capitals is for the reader to fill in.
 *
 * Sources: nft(8), ufw(8), firewalld.richlanguage(5), iptables-extensions(8), the references of the aws, gcloud, az, kubectl and
 * docker commands, and https://docs.docker.com/engine/network/packet-filtering-firewalls/. `test/lab/published.test.ts` tries
 * those for a container on the rules that Docker writes.
 */
export function listClosings(port: number): Closing[] {
  // Matches the port that clients connect to: after Docker's rewriting it is the container's own.
  const original = `-m conntrack --ctdir ORIGINAL --ctorigdstport ${port}`
  const revoke = 'aws ec2 revoke-security-group-ingress --group-id GROUP'
  return [
    {
      // Before Docker rewrites the address: a chain of the input hook never sees what goes on to a container.
      where: 'nftables: containers too, until the next start',
      command: [
        "nft '",
        'add table inet portgate',
        'add chain inet portgate early { type filter hook prerouting priority -300; }',
        `add rule inet portgate early iif != lo fib daddr type local tcp dport ${port} drop'`,
      ].join('\n'),
    },
    { where: `ufw: ${NO_CONTAINER}`, command: `ufw prepend deny ${port}/tcp` },
    {
      where: `firewalld: ${NO_CONTAINER}`,
      command: [
        `firewall-cmd --permanent --add-rich-rule='rule port port="${port}" protocol="tcp" drop'`,
        'firewall-cmd --reload',
      ].join('\n'),
    },
    {
      where: 'AWS security group: the rules for everybody, of IPv4 and IPv6',
      command: [
        `${revoke} --protocol tcp --port ${port} --cidr 0.0.0.0/0`,
        `${revoke} --ip-permissions \\`,
        `  'IpProtocol=tcp,FromPort=${port},ToPort=${port},Ipv6Ranges=[{CidrIpv6=::/0}]'`,
      ].join('\n'),
    },
    {
      where: 'Google Cloud',
      command: [
        `gcloud compute firewall-rules create deny-${port} --network=NETWORK --priority=100 \\`,
        `  --direction=INGRESS --action=DENY --rules=tcp:${port}`,
      ].join('\n'),
    },
    {
      where: 'Azure NSG',
      command: [
        'az network nsg rule create --resource-group GROUP --nsg-name NSG --priority 100 \\',
        `  --name deny-${port} --direction Inbound --access Deny --protocol Tcp \\`,
        `  --destination-port-ranges ${port}`,
      ].join('\n'),
    },
    {
      where: 'Kubernetes Service: none outside the cluster',
      command: `kubectl patch service NAME --patch '{"spec":{"type":"ClusterIP"}}'`,
    },
    {
      where:
        'Kubernetes NetworkPolicy: it allows and cannot deny, so it allows all else; other policies add to it',
      command: `kubectl apply --filename - <<'END'\n${renderNetworkPolicy(port)}\nEND`,
    },
    {
      where: 'Docker: a port that a container publishes, until the next start',
      command: ['iptables', 'ip6tables']
        .map((program) => `${program} -I DOCKER-USER -p tcp ${original} -j DROP`)
        .join('\n'),
    },
    {
      where: 'Docker, published anew: this host only',
      command: `docker run --publish 127.0.0.1:${port}:${port} IMAGE`,
    },
  ]
}

/**
 * A NetworkPolicy after which only pods of the same namespace reach a port of the pods that it selects, and everyone
 * who could reach their other ports still can. `endPort` is stable since Kubernetes 1.25.
 */
function renderNetworkPolicy(port: number): string {
  const others = subtractRanges([ALL_PORTS], [{ from: port, to: port }])
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    `metadata: { name: close-${port} }`,
    'spec:',
    '  podSelector: { matchLabels: { app: NAME } }',
    '  policyTypes: [Ingress]',
    '  ingress:',
    '    - from: [{ podSelector: {} }]',
    '    - ports:',
    ...others.map(({ from, to }) => `        - { protocol: TCP, port: ${from}, endPort: ${to} }`),
    '        - { protocol: UDP, port: 1, endPort: 65535 }',
  ].join('\n')
}

/** All of these as a script to pick from, each under a comment that says where. */
export function renderClosings(port: number): string[] {
  const blocks = listClosings(port).map(({ where, command }) => [`# ${where}`, ...command.split('\n')])
  return blocks.flatMap((block, index) => (index > 0 ? ['', ...block] : block))
}
