// The genres that a person gave a track: by hand, else imported ones; the primary one first.
import type { TrackDetail } from '../../contract/index.ts';

export function ownGenres({ labels }: Pick<TrackDetail, 'labels'>): string[] {
  const byHand = labels.filter(({ origin }) => origin === 'hand');
  const own = byHand.length > 0 ? byHand : labels.filter(({ origin }) => origin === 'import');
  return own.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary)).map(({ genre }) => genre);
}
