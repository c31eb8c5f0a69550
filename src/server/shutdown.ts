// Waits for Ctrl-C or a polite kill, so that a server can end with its library flushed.

/** Resolves at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process at once. */
export function shutdownRequested(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(130);
      asked = true;
      resolve(signal);
    });
  }
  return promise;
}
