import { describe, expect, test } from 'vitest'
import { exampleOf, holdAnswer, readCall } from './description.ts'

/** A request as a line and a body. */
function read(line: string, body?: object, accept = 'application/vnd.github.v3+json') {
  const [method = '', target = ''] = line.split(' ')
  const url = new URL(target, 'http://127.0.0.1')
  const headers = { accept, 'content-type': body && 'application/json; charset=utf-8' }
  const text = body ? JSON.stringify(body) : ''
  return readCall({ method, path: url.pathname, query: url.searchParams, headers, body: text })
}

describe("what GitHub's description knows is read", () => {
  test.each<[line: string, operation: string, parameters: object, body?: object]>([
    [
      'GET /repos/o/r/issues/1/comments?per_page=100',
      'issues/list-comments',
      { issue_number: 1, per_page: 100 },
    ],
    [
      'GET /repos/o/r/contents/.github%2Fa.yml?ref=b',
      'repos/get-content',
      { path: '.github/a.yml', ref: 'b' },
    ],
    ['PATCH /repos/o/r/issues/comments/7', 'issues/update-comment', { comment_id: 7 }, { body: 'x' }],
  ])('%s', (line, operation, parameters, body) => {
    const call = read(line, body)
    expect(call).toMatchObject({ operation: { operationId: operation }, parameters, body: body ?? {} })
    holdAnswer(call.operation, { status: 200, body: exampleOf(call.operation, 200) })
  })
})

describe('what it does not know is a fault', () => {
  test.each<[line: string, said: string, body?: object, accept?: string]>([
    ['GET /repos/o/r/issue/1', 'no such operation'],
    ['PUT /repos/o/r/issues/1', 'no such operation'],
    ['GET /repos/o/r/issues/1/comments?perpage=100', 'must NOT have additional properties'],
    ['GET /repos/o/r/issues/one/comments', 'issue_number must be integer'],
    ['GET /repos/o/r/issues?state=ajar', 'state must be equal to one of the allowed values'],
    ['GET /repos/o/r/issues', 'has no body', { a: 1 }],
    ['POST /repos/o/r/issues', 'must have required property', { titel: 'x' }],
    ['POST /repos/o/r/issues', 'must NOT have additional properties', { title: 'x', text: 'y' }],
    ['PATCH /repos/o/r/issues/1', 'state must be equal', { state: 'shut' }],
    ['GET /repos/o/r/contents/a', 'has no answer of type', undefined, 'application/vnd.github.v3.raw'],
  ])('%s: %s', (line, said, body, accept) => {
    expect(() => read(line, body, accept)).toThrow(said)
  })

  test.each<[answer: Parameters<typeof holdAnswer>[1], said: string]>([
    [{ status: 202, body: [] }, 'never answers 202'],
    [{ status: 200, body: [{ id: 'one' }] }, 'must have required property'],
    [{ status: 200 }, 'answers 200 with a body'],
    [{ status: 503, body: { message: 1 } }, 'message must be string'],
  ])('answering %j: %s', (answer, said) => {
    expect(() => holdAnswer(read('GET /repos/o/r/issues').operation, answer)).toThrow(said)
  })
})
