import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { memoizeFor } from '../../src/memo.ts'

/** A request as it came over the wire. */
export interface Request {
  method: string
  /** Without the query, and without the prefix of an Enterprise Server; as it was sent, `%2F` and all. */
  path: string
  query: URLSearchParams
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** An answer, of which the body is JSON unless it has a type of its own. */
export interface Answer {
  status: number
  body?: unknown
  type?: string
  headers?: Record<string, string>
}

/** What the description says of one method of one path. */
interface Operation {
  operationId: string
  description?: string
  parameters?: (Parameter | Ref)[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, { content?: Content } | Ref>
}

interface Parameter {
  name: string
  in: 'path' | 'query'
  required?: boolean
  schema: object
}

type Content = Record<string, { schema: object; examples?: Record<string, { value?: unknown } | Ref> }>

interface Ref {
  $ref: string
}

/** What a request asks for, once it has been found to keep to the description. */
export interface Call {
  operation: Operation
  /** Parameters of the path and the query, of the type that the description gives them. */
  parameters: Record<string, string | number>
  body: Record<string, unknown>
}

const require = createRequire(import.meta.url)
const file = require.resolve('@octokit/openapi/generated/api.github.com.json')
const description: {
  paths: Record<string, Record<string, Operation>>
  components: object
} = JSON.parse(readFileSync(file, 'utf8'))

admitNull(description.paths)
admitNull(description.components)
const options = { strict: false, validateSchema: false } as const
const json = new Ajv(options)
const text = new Ajv({ ...options, coerceTypes: true })
for (const ajv of [json, text]) {
  formats.default(ajv)
  ajv.addSchema(description, 'github')
}

/** The description is OpenAPI 3.0: JSON Schema, but for `nullable`, which Ajv understands only beside a `type`. */
function admitNull(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  for (const value of Object.values(node)) admitNull(value)
  const schema = node as Record<string, unknown>
  if (schema.nullable !== true || schema.type !== undefined) return
  const { nullable, ...rest } = schema
  for (const key of Object.keys(rest)) delete schema[key]
  delete schema.nullable
  schema.anyOf = [{ type: 'null' }, rest]
}

/** Every path with what it looks like, the most literal first. */
const paths = Object.entries(description.paths)
  .map(([template, methods]) => ({ template, methods, pattern: toPattern(template) }))
  .sort((a, b) => countParameters(a.template) - countParameters(b.template))

function countParameters(template: string): number {
  return template.split('{').length
}

function toPattern(template: string): RegExp {
  const escaped = template.replace(/[.+]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, (_, name) => `(?<${name}>[^/]+)`)}$`)
}

/**
 * Reads a request as the description says.
 *
 * @throws where it breaks the description: a path, parameter or body that it does not know
 */
export function readCall({ method, path, query, headers, body }: Request): Call {
  const found = paths.find(({ pattern, methods }) => pattern.test(path) && methods[method.toLowerCase()])
  const operation = found?.methods[method.toLowerCase()]
  if (!found || !operation) throw new Error(`${method} ${path}: no such operation`)
  const values = Object.entries(found.pattern.exec(path)?.groups ?? {})
  const given = Object.fromEntries([
    ...values.map(([name, value]) => [name, decodeURIComponent(value)]),
    ...query,
  ])
  hold(`${operation.operationId}: parameters`, parametersOf(operation), given)
  holdAccept(operation, String(headers.accept))
  return { operation, parameters: given, body: readBody(operation, body, headers) }
}

// What is compiled is kept: it takes far longer than to hold something against it.

const parametersOf = memoizeFor(({ parameters = [] }: Operation) =>
  text.compile(schemaOf(parameters.map((parameter) => resolve<Parameter>(parameter)))),
)

/** Without additional properties, or a misspelt one would pass. */
const bodyOf = memoizeFor((schema: object) =>
  json.compile({ ...absolute(schema), additionalProperties: false }),
)

const answerOf = memoizeFor((schema: object) => json.compile(absolute(schema)))

/** What any refusal may be. */
const BASIC_ERROR: Content = { 'application/json': { schema: { $ref: '#/components/schemas/basic-error' } } }

function schemaOf(parameters: Parameter[]): object {
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, absolute(schema)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

function readBody(
  { operationId, requestBody }: Operation,
  body: string,
  headers: Request['headers'],
): Call['body'] {
  if (!requestBody) {
    if (body) throw new Error(`${operationId}: has no body`)
    return {}
  }
  const type = String(headers['content-type']).split(';')[0] ?? ''
  const schema = requestBody.content[type]?.schema as { properties?: object } | undefined
  if (!schema) throw new Error(`${operationId}: has no body of type ${type}`)
  const value = JSON.parse(body)
  hold(`${operationId}: body`, bodyOf(schema), value)
  return value
}

function holdAccept({ operationId, description, responses }: Operation, accept: string): void {
  const known = Object.values(responses).flatMap((response) =>
    Object.keys(resolve<{ content?: Content }>(response).content ?? {}),
  )
  const general = ['application/vnd.github.v3+json', 'application/vnd.github+json']
  const isKnown = [...general, ...known].includes(accept) || description?.includes(`\`${accept}\``)
  if (!isKnown) throw new Error(`${operationId}: has no answer of type ${accept}`)
}

/**
 * Holds an answer against the description of what it answers.
 *
 * @throws where GitHub would not answer so
 */
export function holdAnswer({ operationId, responses }: Operation, { status, body, type }: Answer): void {
  const described = responses[status]
  // Any request may be refused, held back or fail, which the description does not say each time.
  if (!described && status < 400) throw new Error(`${operationId}: never answers ${status}`)
  const content = described ? resolve<{ content?: Content }>(described).content : BASIC_ERROR
  if (type !== undefined || body === undefined) {
    if (body === undefined && content) throw new Error(`${operationId}: answers ${status} with a body`)
    return
  }
  const schema = content?.['application/json']?.schema
  if (!schema) throw new Error(`${operationId}: answers ${status} without JSON`)
  hold(`${operationId}: answer ${status}`, answerOf(schema), body)
}

/** The example that the description gives of an answer: what a stand-in begins with. */
export function exampleOf<T>({ responses }: Operation, status: number): T {
  const response = resolve<{ content: Content }>(responses[status] as Ref)
  const [example] = Object.values(response.content['application/json']?.examples ?? {})
  if (!example) throw new Error(`there is no example of ${status}`)
  return structuredClone(resolve<{ value: T }>(example as Ref).value)
}

function hold(what: string, validate: ValidateFunction, value: unknown): void {
  if (!validate(value)) throw new Error(`${what}: ${json.errorsText(validate.errors)}`)
}

/** References of the description point into it, wherever they stand. */
function absolute<T extends object>(schema: T): T {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/'))
}

function resolve<T>(value: T | Ref): T {
  if (!(value as Ref).$ref) return value as T
  const keys = (value as Ref).$ref.slice(2).split('/')
  // biome-ignore lint/suspicious/noExplicitAny: the description is a tree of anything
  return keys.reduce<any>((tree, key) => tree[key.replaceAll('~1', '/').replaceAll('~0', '~')], description)
}
