import type { ScanPlan } from '../model.ts'

/** Finds the service that an allowance names for a port: the likeliest to answer there. */
export function findNamedServices({ endpoints }: ScanPlan): (port: number) => string | undefined {
  const rules = new Set(endpoints.flatMap(({ rules }) => rules))
  const named = [...rules].flatMap(({ allow }) => allow.filter(({ service }) => service !== undefined))
  return (port) =>
    named.find(({ ports }) => ports.some(({ from, to }) => from <= port && port <= to))?.service
}
