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

/** Runs soon after the first call, and once more after the last one of a burst. */
export function throttle(run: () => void, intervalMs: number): Limited {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = -Infinity;
  const limited = (): void => {
    if (timer !== undefined) return;
    const waitMs = Math.max(0, lastMs + intervalMs - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      lastMs = Date.now();
      run();
    }, waitMs);
  };
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return Object.assign(limited, { cancel });
}
