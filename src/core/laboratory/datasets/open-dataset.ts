// The dataset a person names, whichever kind it is.
import { resolve } from 'node:path';
import type { LabRequest } from '../../domain/laboratory.ts';
import { type LabDataset, type LabTrack, quickPart, withoutSmallGenres } from './dataset.ts';
import { findFmaTable, readFma } from './fma.ts';
import { readGenreFolders } from './genre-folders.ts';

/**
 * @param libraryTracks the person's own labels
 * @throws StemscapeError folder.* | input.invalid | training.tooFewLabels
 */
export async function openDataset(
  { datasetDir, isQuick }: Pick<LabRequest, 'datasetDir' | 'isQuick'>,
  libraryTracks: () => LabTrack[],
): Promise<LabDataset> {
  const dataset = withoutSmallGenres(await read(datasetDir, libraryTracks));
  return isQuick ? quickPart(dataset) : dataset;
}

async function read(datasetDir: string | null, libraryTracks: () => LabTrack[]): Promise<LabDataset> {
  if (datasetDir === null) return { kind: 'library', dir: null, tracks: libraryTracks(), leftOut: [], officialSplit: null };
  const dir = resolve(datasetDir);
  const table = await findFmaTable(dir);
  return table === null ? readGenreFolders(dir) : readFma(dir, table);
}
