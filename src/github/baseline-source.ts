import { realpath } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import * as core from '@actions/core'
import { isInside } from '../files/paths.ts'
import { quote } from '../policy/problem.ts'
import { tracks } from '../repository/git/tracked.ts'
import { Unusable } from '../unusable.ts'
import { asker } from './ask.ts'
import { listCheckouts } from './checkouts.ts'
import type { Event } from './event.ts'
import type { Inputs } from './inputs.ts'
import { type Checkout, mayBeLaidOver } from './trust.ts'
import { findWhoseCode } from './whose-code.ts'

const REMEDY =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  'could supply a baseline that excuses its own violations: keep the baseline outside of the checkout, for example under `${{ runner.temp }}`.'

/**
 * Refuses a baseline that a fork may have written: one that lies in a fork's checkout or is reached through a link in it, or in any
 * checkout over which the event may have put a fork's files. One that the repository itself keeps is accepted, as its policy is.
 *
 * @throws {Unusable}
 */
export async function requireOwnBaseline(root: string, event: Event, inputs: Inputs): Promise<void> {
  const file = inputs.options.baseline?.trim()
  if (!file || event.name === '') return
  const path = resolve(root, file)
  const { named, all } = await listCheckouts(root, file)
  // Files that were checked out without git are in no repository, and may be a fork's all the same.
  const isHere = isInside(root, path) || isInside(await follow(root), await follow(path))
  const checkouts = [named, ...all].filter(
    ({ top, commit, problem }) => isHere || (top ?? commit ?? problem) !== undefined,
  )
  for (const checkout of checkouts) {
    const why = await findDoubt(event, checkout, inputs.token)
    if (why !== undefined)
      throw new Unusable(
        [`The baseline ${quote(file)} is in a checkout, and ${why}. A fork ${REMEDY}`],
        [],
        "UNUSABLE: The baseline may be a fork's",
      )
  }
  if ((event.pullRequest || event.mergeGroup) && (await isTracked(named, path)))
    core.info(
      `The baseline ${quote(file)} is part of the repository: a change that touches it can make violations known. Review it as you do the policy.`,
    )
}

/** Where a path really is; the path itself if nothing is there. */
function follow(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}

/** Why a checkout may hold a fork's files, as a clause. */
async function findDoubt(event: Event, checkout: Checkout, token: string): Promise<string | undefined> {
  if (mayBeLaidOver(event, checkout)) return `on \`${event.name}\` a fork's files may lie there`
  return (await findWhoseCode(event, checkout, asker(token))).whyFork
}

async function isTracked({ top }: Checkout, path: string): Promise<boolean> {
  if (top === undefined || !isInside(top, path)) return false
  return tracks(top, relative(top, path).split(sep).join('/')).catch(() => true)
}
