import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { policyJsonSchema } from '../../src/policy/json-schema.ts'
import { parseText } from './parse-text.ts'

const schema = policyJsonSchema()

describe('an editor and the parser agree', () => {
  const editor = z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema)

  it.each([
    'version: 1',
    'version: 1\nhosts: { a.com: [], b.com: {}, "*.c.com": [80, https, "8000-8010"] }',
    'version: 1\nhosts: { a.com: { allow: [80], require: [{ port: 443 }], deny: [23, telnet] } }',
    'version: 1\nhosts: { "::1": [], "[::1:1]": [], 10.0.0.0/8: [], "2001:db8::/32": [], 192.0.2.1: [] }',
    'version: 1\nhosts: { "{www,api}.a.com": [], "web?.a.com": [], "**": [], bücher.example: [], a.com.: [] }',
    'version: 1\nhosts: { a: [{ port: ssh, service: ssh, reason: r, owner: "@o", expires: 2027-01-31 }] }',
    'version: 1\nhosts: { "**": { deny: [{ port: 22, except: [a.com, "*.b.com"] }] } }',
    'version: 1\nexclude: [10.20.0.5, 10.20.9.0/24, "2001:db8::1", "[::1]", "2001:db8::/64"]',
    'version: 1\nignore: [{ finding: unreachable-host, hosts: ["*.a.com"], reason: r, owner: "@o", expires: 2027-01-31 }]',
    'version: 1\nignore: [{ finding: silent-run, reason: r, expires: 2027-01-31 }, { finding: unused-allowance, reason: r }]',
    'version: 1\nx-web: &web [80]\nx-: ~\nhosts: { a.com: *web }',
    'version: 1\nscan: { ports: common }',
    'version: 1\nscan: { ports: 22, ip: 4, identify: false, max-rate: 4000, time-limit: 1h30m, canary: "a.com:443" }',
    'version: 1\nscan: { ports: [22, https, "8000-8010"], ip: "6", time-limit: 500ms, canary: "[::1]:443" }',
    'version: 1\nfail-on: never\non-doubt: warn',
    'version: 1\nenvironments: { e: { endpoints: [a.com, 10.0.0.0/30, "::1", "https://a.com:8443/x?y=*"] } }',
    'version: 1\nenvironments: { e: { endpoints: [{ host: a.com, ports: all, ip: both }], fail-on: info } }',
    'version: 1\nenvironments: { e: { hosts: { a.com: [] }, scan: { ip: auto }, on-doubt: fail } }',
    'version: 1\ncatalogue: { 8080: { service: dev proxy, severity: high, why: w, remedy: r }, "22": { severity: low } }',
    'version: 1\ncatalogue: .github/port-catalogue.yml',
    'version: 1\nrisky-allowances: { from: high, need: [reason, owner, expires], max-days: 90 }',
    'version: 1\nrisky-allowances: { from: info, need: [owner] }',
  ])('that this is good: %s', (text) => {
    expect(parseText(text).diagnostics).toBeUndefined()
    expect(editor.safeParse(parse(text)).error).toBeUndefined()
  })

  it.each([
    'hosts: {}',
    'version: 2',
    'version: "1"',
    'version: 1\nhots: {}',
    'version: 1\nhosts: []',
    'version: 1\nhosts: { a.com: }',
    'version: 1\nhosts: { a.com: 80 }',
    'version: 1\nhosts: { a.com: [0] }',
    'version: 1\nhosts: { a.com: [65536] }',
    'version: 1\nhosts: { a.com: [80.5] }',
    'version: 1\nhosts: { a.com: ["22,80"] }',
    'version: 1\nhosts: { a.com: [[80]] }',
    'version: 1\nhosts: { a.com: [true] }',
    'version: 1\nhosts: { a.com: { alow: [80] } }',
    'version: 1\nhosts: { a.com: { deny: [{ port: 80 }] } }',
    'version: 1\nhosts: { a.com: { deny: [{ port: 80, except: [] }] } }',
    'version: 1\nhosts: { a.com: { deny: [{ except: [a.com] }] } }',
    'version: 1\nexclude: 10.0.0.1',
    'version: 1\nexclude: [db.example.com]',
    'version: 1\nignore: [{ finding: unexpected-open-port, hosts: [a.com], reason: r, expires: 2027-01-31 }]',
    'version: 1\nignore: [{ finding: policy-loosened, reason: r, expires: 2027-01-31 }]',
    'version: 1\nignore: [{ finding: silent-run, expires: 2027-01-31 }]',
    'version: 1\ny-web: [80]',
    'version: 1\nenvironments: { e: { x-web: [80] } }',
    'version: 1\nhosts: { a.com: [{ reason: r }] }',
    'version: 1\nhosts: { a.com: [{ port: 80, reason: "" }] }',
    'version: 1\nhosts: { a.com: [{ port: 80, expires: 31.01.2027 }] }',
    'version: 1\nhosts: { a.com: [{ port: 80, expires: 2027-13-01 }] }',
    'version: 1\nhosts: { a.com: [{ port: 80, service: "no service" }] }',
    'version: 1\nhosts: { "https://a.com": [] }',
    'version: 1\nhosts: { "a.com:443": [] }',
    'version: 1\nhosts: { "a.com/24": [] }',
    'version: 1\nhosts: { "fe80::1%eth0": [] }',
    'version: 1\nhosts: { "a b": [] }',
    'version: 1\nscan: []',
    'version: 1\nscan: { ports: [] }',
    'version: 1\nscan: { ip: 5 }',
    'version: 1\nscan: { identify: "yes" }',
    'version: 1\nscan: { max-rate: 0 }',
    'version: 1\nscan: { max-rate: 1000001 }',
    'version: 1\nscan: { time-limit: 90 }',
    'version: 1\nscan: { time-limit: 1.5h }',
    'version: 1\nscan: { time-limit: "" }',
    'version: 1\nscan: { canary: a.com }',
    'version: 1\nfail-on: hihg',
    'version: 1\non-doubt: ignore',
    'version: 1\nenvironments: []',
    'version: 1\nenvironments: { "": {} }',
    'version: 1\nenvironments: { e: }',
    'version: 1\nenvironments: { e: { endpoints: [] } }',
    'version: 1\nenvironments: { e: { endpoints: a.com } }',
    'version: 1\nenvironments: { e: { endpoints: ["*.a.com"] } }',
    'version: 1\nenvironments: { e: { endpoints: [{ ports: all }] } }',
    'version: 1\ncatalogue: { 80: {} }',
    'version: 1\ncatalogue: { 0: { why: w } }',
    'version: 1\ncatalogue: { 80-90: { why: w } }',
    'version: 1\ncatalogue: { 80: { severity: bad } }',
    'version: 1\ncatalogue: /etc/catalogue.yml',
    'version: 1\ncatalogue: ""',
    'version: 1\nrisky-allowances: {}',
    'version: 1\nrisky-allowances: { from: high, need: [] }',
    'version: 1\nrisky-allowances: { from: high, need: [owner], max-days: 0 }',
  ])('that this is bad: %s', (text) => {
    expect(parseText(text).diagnostics).not.toHaveLength(0)
    expect(editor.safeParse(parse(text)).success).toBe(false)
  })
})

it('explains every key to an editor', () => {
  const bare: string[] = []
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      if (path.endsWith('/properties') && !describes(value)) bare.push(`${path}/${key}`)
      visit(value, `${path}/${key}`)
    }
  }
  visit(schema, '')
  expect(bare).toEqual([])
})

/** Whether a schema, or the one that it refers to, has a description. */
function describes(node: unknown): boolean {
  return /"description"|"\$ref"/.test(JSON.stringify(node))
}
