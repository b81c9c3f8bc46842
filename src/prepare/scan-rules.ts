import { isDelicate, protocolOf, riskOf, UNKNOWN_SEVERITY } from '../catalogue/catalogue.ts'
import { fitService } from '../catalogue/satisfies.ts'
import { createRequirements } from '../judge/rules.ts'
import { answerOf } from '../judge/services.ts'
import { isAtLeast } from '../judge/verdict.ts'
import type { HostMatcher, ScanPlan } from '../model.ts'
import { createExcludes } from '../policy/exclude.ts'
import { findNamedAnywhere, findNamedServices } from '../policy/named.ts'
import { leadsHome, namesLoopback, refuseAddress } from '../policy/scope.ts'
import type { ScanContext } from '../scan/context.ts'
import type { Loaded } from './load.ts'

/** Policy and catalogue as functions for the scan, which knows neither. */
export type ScanRules = Pick<
  ScanContext,
  | 'serviceOn'
  | 'createGuesses'
  | 'isDelicate'
  | 'isGrave'
  | 'refuses'
  | 'excludes'
  | 'listRequired'
  | 'isService'
>

/** @param scope what may be probed at all; undefined: whatever the policy names */
export function createScanRules(
  { policy, catalogue }: Loaded,
  plan: ScanPlan,
  scope: HostMatcher[] | undefined,
): ScanRules {
  const guess = (port: number, named?: string) => {
    const entry = riskOf(catalogue, port, named)
    return entry && protocolOf(entry)
  }
  const namedAnywhere = findNamedAnywhere(plan)
  const isLoopbackMeant = namesLoopback(policy, plan, scope)
  return {
    serviceOn: (port) => guess(port, namedAnywhere(port)),
    createGuesses: (planned, address) => {
      const namedOn = findNamedServices(planned, address)
      return (port) => {
        const named = namedOn(port)
        return { hint: guess(port, named), isNamed: named !== undefined }
      }
    },
    isDelicate: (port) => isDelicate(catalogue, port),
    isGrave: (port) => isAtLeast(riskOf(catalogue, port)?.severity ?? UNKNOWN_SEVERITY, 'high'),
    refuses: (address, name) =>
      refuseAddress(scope, address, name) !== undefined || (!isLoopbackMeant && leadsHome(address, name)),
    excludes: createExcludes(policy),
    listRequired: createRequirements(),
    isService: (found, service) => fitService(catalogue, answerOf(found), service) === 'fits',
  }
}
