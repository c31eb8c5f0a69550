// Where in a track to listen: the window that speaks most clearly for a genre.
import type { StoredAnalysis } from '../db/analysis-row.ts';

/** Seconds from the start; of a genre that the bundled model does not know, the window most like the whole track. */
export function tellingWindow(heard: StoredAnalysis | null, genre: string | null): number {
  if (!heard || heard.windows.length === 0) return 0;
  const place = genre === null ? -1 : heard.genres.indexOf(genre);
  const clarity = heard.windows.map(({ logits, embedding }) =>
    place >= 0 ? margin(logits, place) : -distance(embedding, heard.embedding),
  );
  return heard.windows[clarity.indexOf(Math.max(...clarity))]!.startSec;
}

/** By how much a class leads the best other one. */
function margin(logits: Float32Array, place: number): number {
  return (
    logits[place]! - logits.reduce((best, logit, i) => (i === place ? best : Math.max(best, logit)), Number.NEGATIVE_INFINITY)
  );
}

function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}
