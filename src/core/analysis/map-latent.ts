// The latent of the descriptors: an autoencoder learns it from the library, with the labels' genres beside the reconstruction.
import type { TrackVectors } from '../db/map-rows.ts';
import type { LibraryDb } from '../db/open.ts';
import { decodeAutoencoder, encodeAutoencoder, trainAutoencoder } from '../training/autoencoder/autoencoder.ts';
import { labelledClasses } from './map-space.ts';

/** @param described the descriptors of every track, as measured */
export async function latentOf(
  db: LibraryDb,
  described: TrackVectors,
  seed: number,
  pulse: (fraction: number | null) => void,
): Promise<{ space: TrackVectors; coder: Uint8Array }> {
  const { trackIds, vectors } = described;
  const { classes, genres } = labelledClasses(db, trackIds);
  const coder = await trainAutoencoder({
    descriptors: vectors,
    n: trackIds.length,
    classes,
    nClasses: genres.length,
    seed,
    onProgress: pulse,
  });
  return { space: { trackIds, vectors: coder.latent, size: coder.latentSize }, coder: encodeAutoencoder(coder) };
}

/** The same latent for tracks that came later. */
export async function latentOfNew({ trackIds, vectors }: TrackVectors, stored: Uint8Array): Promise<TrackVectors> {
  const coder = decodeAutoencoder(stored);
  return { trackIds, vectors: await coder.encode(vectors, trackIds.length), size: coder.latentSize };
}
