// Chooses the analysis windows of a track: spread evenly over its whole length.

export interface AudioWindow {
  startSec: number;
  lengthSec: number;
}

/**
 * Windows with their centres at (i + 0.5) / n of the length. As many of the wanted ones as fit without overlap; a track shorter
 * than one window gets one window of its own length.
 * @param durationSec length of the track, > 0
 * @throws RangeError when a number is not positive
 */
export function planWindows(durationSec: number, nWindows: number, windowSec: number): AudioWindow[] {
  if (!(durationSec > 0 && nWindows >= 1 && windowSec > 0)) throw new RangeError('planWindows: every number must be positive');
  if (durationSec <= windowSec) return [{ startSec: 0, lengthSec: durationSec }];
  const n = Math.min(nWindows, Math.floor(durationSec / windowSec));
  return Array.from({ length: n }, (_, i) => {
    const centre = ((i + 0.5) / n) * durationSec;
    const startSec = Math.min(Math.max(0, centre - windowSec / 2), durationSec - windowSec);
    return { startSec, lengthSec: windowSec };
  });
}
