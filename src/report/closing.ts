/** A way to close a port. */
export interface Closing {
  /** Where: `nftables`, `AWS security group`. */
  where: string
  command: string
}

/**
 * Commands that close a TCP port, for the firewalls and platforms in wide use. All that is filled in is the number of
 * the port; what is in capitals is for the reader to fill in.
 *
 * Sources: nft(8), ufw(8), firewall-cmd(1), and the references of the aws, gcloud, az, kubectl and docker commands.
 */
export function listClosings(port: number): Closing[] {
  const nsg = `--resource-group GROUP --nsg-name NSG --name deny-${port} --priority 100`
  const rule = `--direction Inbound --access Deny --protocol Tcp --destination-port-ranges ${port}`
  return [
    { where: 'nftables', command: `nft insert rule inet filter input tcp dport ${port} drop` },
    { where: 'ufw', command: `ufw insert 1 deny ${port}/tcp` },
    {
      where: 'firewalld',
      command: `firewall-cmd --permanent --remove-port=${port}/tcp && firewall-cmd --reload`,
    },
    {
      where: 'AWS security group',
      command: `aws ec2 revoke-security-group-ingress --group-id GROUP --protocol tcp --port ${port} --cidr 0.0.0.0/0`,
    },
    {
      where: 'Google Cloud',
      command: `gcloud compute firewall-rules create deny-${port} --direction=INGRESS --action=DENY --rules=tcp:${port} --priority=100`,
    },
    { where: 'Azure NSG', command: `az network nsg rule create ${nsg} ${rule}` },
    {
      where: 'Kubernetes Service',
      command: `kubectl patch service NAME --patch '{"spec":{"type":"ClusterIP"}}'`,
    },
    { where: 'Docker', command: `docker run --publish 127.0.0.1:${port}:${port} IMAGE` },
  ]
}
