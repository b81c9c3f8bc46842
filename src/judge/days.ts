/** How long before its end something that ends is mentioned. */
export const SOON_DAYS = 14

export const DAY_MS = 86_400_000
