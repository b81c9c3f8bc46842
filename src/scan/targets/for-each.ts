/** Runs a task for each item, a limited number at a time. */
export async function forEach<T>(
  items: T[],
  atATime: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const work = async () => {
    for (const item of left) await task(item)
  }
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, work))
}
