// Waits for Ctrl-C or a polite kill, so that a server can end with its library flushed.

/** A terminal and the program that started us may both pass on the same key press. */
const SAME_PRESS_MS = 1000;

/** Resolves at the first SIGINT, SIGTERM or SIGHUP; another one later ends the process at once. */
export function shutdownRequested(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let askedAtMs = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (askedAtMs > 0 && Date.now() - askedAtMs > SAME_PRESS_MS) process.exit(130);
      askedAtMs ||= Date.now();
      resolve(signal);
    });
  }
  return promise;
}
