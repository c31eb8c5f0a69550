// Calls that come too often, thinned: `debounce` waits for silence, `throttle` runs at most once an interval.

export interface Limited {
  (): void;
  cancel(): void;
}

export function debounce(run: () => void, delayMs: number): Limited {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limited = (): void => {
    clearTimeout(timer);
    timer = setTimeout(run, delayMs);
  };
  return Object.assign(limited, { cancel: () => clearTimeout(timer) });
}

/** Runs right after the first call, once the caller is done, and once more after the last one of a burst. */
export function throttle(run: () => void, intervalMs: number): Limited {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let planned: object | null = null;
  let lastMs = -Infinity;
  const limited = (): void => {
    if (planned) return;
    const mine = {};
    planned = mine;
    const start = (): void => {
      if (planned !== mine) return;
      planned = null;
      lastMs = Date.now();
      run();
    };
    const waitMs = lastMs + intervalMs - Date.now();
    // A timer of no time at all may still be milliseconds late.
    if (waitMs > 0) timer = setTimeout(start, waitMs);
    else queueMicrotask(start);
  };
  const cancel = (): void => {
    clearTimeout(timer);
    planned = null;
  };
  return Object.assign(limited, { cancel });
}
