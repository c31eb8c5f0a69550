// Many pieces of work, a few at a time.

/** After a failure nothing more is begun; it is thrown when all that was begun has ended. */
export async function inLanes<T>(items: Iterable<T>, nLanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  let failure: { error: unknown } | null = null;
  const lane = async () => {
    for (let next = queue.next(); !next.done && failure === null; next = queue.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: nLanes }, lane));
  if (failure !== null) throw (failure as { error: unknown }).error;
}
