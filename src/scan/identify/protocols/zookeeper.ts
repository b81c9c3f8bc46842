import type { Protocol } from './protocol.ts'

/** ZooKeeper's four-letter words; since 3.5.3 most are refused, in words that tell it too (ZooKeeper Administrator's Guide). */
export const zookeeper: Protocol = {
  service: 'zookeeper',
  recognise(heard) {
    return /^(?:imok|ruok is not executed because)/.test(heard.toString('latin1', 0, 40)) ? {} : undefined
  },
  greeting: { parts: () => ['ruok'], patienceMs: 700 },
}
