/** How long before it ends something is reported as ending soon. */
export const SOON_DAYS = 14

export const DAY_MS = 86_400_000
