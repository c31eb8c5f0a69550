// While a worker rewrites the whole library in one transaction, other writes wait here instead of blocking the engine on
// SQLite's lock.

export interface WriteGate {
  readonly isClosed: boolean;
  /** Resolves when nobody holds the gate. Write at once after it, without another `await` between. */
  pass(): Promise<void>;
  /** Closed while `work` runs; one at a time. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

export function createWriteGate(): WriteGate {
  let held: Promise<void> | null = null;
  async function pass(): Promise<void> {
    while (held !== null) await held;
  }
  return {
    get isClosed() {
      return held !== null;
    },
    pass,
    async hold(work) {
      // Looked at and taken in one go: another holder may wait for the same moment.
      while (held !== null) await held;
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      try {
        return await work();
      } finally {
        held = null;
        resolve();
      }
    },
  };
}
