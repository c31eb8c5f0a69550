// The latent of the descriptors: an autoencoder learns it from the library, with the labels' genres beside the reconstruction.
import type { TrackVectors } from '../db/map-rows.ts';
import type { LibraryDb } from '../db/open.ts';
import { encodeTracks } from '../training/autoencoder/autoencoder.ts';
import { readAutoencoder, writeAutoencoder } from '../training/autoencoder/autoencoder-file.ts';
import { trainAutoencoder } from '../training/autoencoder/train-autoencoder.ts';
import { labelledClasses, type MapSpace } from './map-space.ts';

/** @param described the descriptors of every track, as measured */
export async function latentOf(
  db: LibraryDb,
  described: TrackVectors,
  seed: number,
  pulse: (fraction: number | null) => void,
): Promise<MapSpace> {
  const { trackIds, vectors } = described;
  const { classes, genres } = labelledClasses(db, trackIds);
  const { latent, autoencoder } = await trainAutoencoder({
    descriptors: vectors,
    n: trackIds.length,
    classes,
    nClasses: genres.length,
    seed,
    onProgress(fraction) {
      pulse(fraction);
      return true;
    },
  });
  const space = { trackIds, vectors: latent, size: latent.length / trackIds.length };
  return { space, coder: writeAutoencoder(autoencoder) };
}

/** The same latent for tracks that came later. */
export async function latentOfNew({ trackIds, vectors }: TrackVectors, stored: Uint8Array): Promise<TrackVectors> {
  const latent = await encodeTracks(readAutoencoder(stored), vectors, trackIds.length);
  return { trackIds, vectors: latent, size: latent.length / Math.max(1, trackIds.length) };
}
