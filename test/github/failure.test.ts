import { expect, test } from 'vitest'
import { explainFailure, isDenied, isForbidden } from '../../src/github/failure.ts'

/** An error as Octokit throws it. */
function refusal(status: number, message: string, headers: Record<string, string> = {}): Error {
  return Object.assign(new Error(message), { status, response: { headers } })
}

const denial = 'Resource not accessible by integration'
const accept = (permissions: string) => refusal(403, denial, { 'x-accepted-github-permissions': permissions })

test.each<[accepted: Error, said: string]>([
  [refusal(403, denial), '`pull-requests: write`'],
  [accept(''), '`pull-requests: write`'],
  [accept('issues=read; pull_requests=read'), '`pull-requests: write`'],
  [accept('issues=write'), '`issues: write`'],
  [
    accept('contents=read,pull_requests=write; administration=read'),
    '`contents: read` and `pull-requests: write` or `administration: read`',
  ],
  [refusal(403, 'Resource not accessible by personal access token'), '`pull-requests: write`'],
])('%o: the missing permission is named', (error, said) => {
  expect(explainFailure(error, 'pull-requests: write')).toBe(`the token lacks the permission ${said} (403)`)
})

const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' }

test.each<[error: unknown, said: string]>([
  [refusal(401, 'Bad credentials'), 'GitHub does not accept the token (401): Bad credentials'],
  [refusal(429, 'slow down', reset), "GitHub's rate limit is used up until 2027-01-15 08:00 UTC"],
  [refusal(403, 'limit', { ...reset, 'x-ratelimit-reset': 'soon' }), "GitHub's rate limit is used up"],
  [
    refusal(403, 'secondary rate limit', { 'retry-after': '90' }),
    "GitHub's rate limit asks for a wait of 90 s",
  ],
  [refusal(403, 'secondary rate limit', { 'retry-after': 'later' }), "GitHub's rate limit is used up"],
  [refusal(500, 'a\n::error::b'), 'GitHub answered 500: a ::error::b'],
  [new Error('it is not a file'), 'it is not a file'],
  ['nothing', 'nothing'],
])('%o: %s', (error, said) => {
  expect(explainFailure(error, 'contents: read')).toBe(said)
})

test.each<[error: Error, forbidden: boolean, denied: boolean]>([
  [refusal(403, denial), true, true],
  [refusal(403, 'limit', reset), false, false],
  [refusal(404, 'Not Found'), false, true],
  [refusal(500, 'Server Error'), false, false],
])('%o: forbidden %s, denied %s', (error, forbidden, denied) => {
  expect([isForbidden(error), isDenied(error)]).toEqual([forbidden, denied])
})
