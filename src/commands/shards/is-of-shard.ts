/** Which part of which plan, as it was written. */
export interface ShardOptions {
  /** The file, from `root`. */
  plan?: string
  shard?: string
}

/** Whether a check is of a part of a plan. */
export function isOfShard({ plan, shard }: ShardOptions): boolean {
  return Boolean(plan?.trim() || shard?.trim())
}
