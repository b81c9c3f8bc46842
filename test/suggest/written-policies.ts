/** Policies as people write them: in every layout, with comments, quotes, anchors and merges. */
import fc from 'fast-check'

const HOSTS = [
  'web1.ex.com',
  'web2.ex.com',
  'api.ex.com',
  'app-a.ex.com',
  'db.a.ex.com',
  'web1.test',
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.9',
]

/** What a key of `hosts` says, after the key, where lines may be indented by `in`. */
const RULES: ((at: string) => string)[] = [
  () => ' [80, 443]   # the front',
  () => ' []',
  () => ' [ 22, ]',
  () => ' *web # as the others',
  () => ' &list [80]',
  () => ' *list',
  (at) => ` &list # shared\n${at}- 443 # its own\n${at}- { port: 22, service: ssh }`,
  () => ' { deny: [23], allow: &list [80, 443] }',
  () => ' { allow: [80], deny: [23] } # flow',
  () => ' { deny: [2222] }',
  () => ' { <<: *base, deny: [9200] }',
  () => ' { allow: *web }',
  (at) => `\n${at}- 80 # plain\n${at}- { port: 22, service: ssh }\n${at}# the last comment`,
  (at) => ` # a list\n\n${at}- port: 22\n${at}  service: ssh # its own\n${at}  reason: 'quoted, "twice"'`,
  (at) => `\n${at}allow:\n${at}  - 443\n${at}  # between\n${at}  - 80\n${at}require: [22]`,
  (at) => `\n${at}require:\n${at}  - 443 # required`,
  (at) => `\n${at}deny:\n${at}  - port: 6379\n${at}<<: *base`,
  (at) => `\n${at}allow: [\n${at}  80, # first\n${at}  443 # second\n${at}]`,
  (at) => `\n${at}- *port\n${at}- { port: 443, expires: 2020-01-01 }`,
]

const style = fc.record({
  hosts: fc.uniqueArray(fc.constantFrom(...HOSTS), { maxLength: 7 }),
  rules: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
  indent: fc.constantFrom('  ', '    '),
  layout: fc.constantFrom('block', 'block', 'block', 'flow', 'none', 'empty', 'shared'),
  environment: fc.constantFrom('none', 'none', 'own', 'shared', 'bare'),
  crlf: fc.boolean(),
  end: fc.constantFrom('\n', '', '\n# the end\n', '\n\n\n'),
})

/** The texts, each a valid policy. */
export const writtenPolicy: fc.Arbitrary<string> = style.map(
  ({ hosts, rules, indent, layout, environment, crlf, end }) => {
    const own = hosts.map((host, index) => {
      const write = RULES[(rules[index] ?? 0) % RULES.length] as (typeof RULES)[number]
      const key = (rules[index] ?? 0) % 3 === 0 ? JSON.stringify(host) : host
      return `${indent}${key}:${write(`${indent}  `)}`
    })
    // An alias comes after its anchor.
    const needsList = own.some((line) => line.endsWith(' *list'))
    const anchors = own.filter((line) => line.includes('&list'))
    const kept = own.map((line) =>
      line.includes('&list') && line !== anchors[0] ? line.replace(/&list ?/, '') : line,
    )
    kept.sort((a, b) => Number(b.includes('&list')) - Number(a.includes('&list')))
    const block = ['hosts: # who', ...kept]
    const written = {
      block: kept.length > 0 ? block : ['hosts: {}'],
      flow: ['hosts: { web1.ex.com: [80], "web2.ex.com": { allow: [22] } } # all of them'],
      none: [],
      empty: ['hosts: {}'],
      shared: ['x-hosts: &hosts { web1.ex.com: [80] }', 'hosts: *hosts'],
    }[layout]
    const environments = {
      none: [],
      own: [
        'environments:',
        '  production:',
        '    endpoints: [web1.ex.com, api.ex.com]',
        '    hosts:',
        '      web1.ex.com: [8080] # there',
      ],
      shared: ['environments:', '  staging: &env', '    endpoints: [web2.ex.com]', '  production: *env'],
      bare: ['environments:', '  production:', '    endpoints:', '      - web1.ex.com # first'],
    }[environment]
    const text = [
      '# A policy.',
      'version: 1',
      '',
      'x-web: &web [80, 443]',
      'x-port: &port 8080',
      'x-base: &base { allow: [22] } # merged',
      ...(needsList && anchors.length === 0 ? ['x-list: &list [80]'] : []),
      ...written,
      ...environments,
    ].join('\n')
    return (text + end).replaceAll('\n', crlf ? '\r\n' : '\n')
  },
)
