// A track's stored waveform, read once it is drawn somewhere.
import type { Api } from './api.ts';

/** Hands over its peaks when they arrive; without them the track still plays. @returns a function that stops the reading */
export function readPeaks(api: Api, id: number, take: (peaks: Uint8Array) => void): () => void {
  const stop = new AbortController();
  void fetch(api.mediaUrl({ kind: 'waveform', id }), { signal: stop.signal })
    .then(async (response) => {
      if (response.ok) take(await response.bytes());
    })
    .catch(() => {});
  return () => stop.abort();
}
