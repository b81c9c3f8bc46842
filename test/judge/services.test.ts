import { expect, test } from 'vitest'
import { RECOGNISED_WITHOUT_FAIL } from '../../src/judge/services.ts'
import { SERVERS } from '../services/servers.ts'

test.each([...RECOGNISED_WITHOUT_FAIL].filter((service) => service !== 'tls'))(
  '%s, whose silence is held against it, is tried on a real server',
  (service) => expect(SERVERS.map((server) => server.service)).toContain(service),
)
