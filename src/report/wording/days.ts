import { say, type Text } from './text.ts'

/** How soon a day is. */
export function sayDays(days: number): Text {
  if (days === 0) return ['today']
  return days === 1 ? ['tomorrow'] : say`in ${days} days`
}
