// A made-up library in which artists, albums, years, keys, tempi and formats vary as in a real one: for lists, facets and searches of
// any size. Nothing was decoded and no file exists.
import { mkdirSync } from 'node:fs';
import type { LibraryDb } from '../../src/core/db/open.ts';
import { NO_TAGS } from '../../src/core/db/track-row.ts';
import { CAMELOT_BY_KEY } from '../../src/core/domain/camelot.ts';
import { createRandom, type Random } from '../../src/core/training/random.ts';
import { analysisOf, EMBEDDING_SIZE, openHeard, vector } from './heard-library.ts';

const TRACKS_PER_ALBUM = 11;
const ALBUMS_PER_ARTIST = 3;
const GENRES = ['Blues', 'Jazz', 'Rock'];
const CODECS = ['MPEG 1 Layer 3', 'MPEG 1 Layer 3', 'FLAC', 'AAC', 'Vorbis I'];
const FIRST =
  'amber blue cold drift echo far gold hollow iron june kind low moon north open pale quiet red silver tall under vast wild'.split(
    ' ',
  );
const SECOND =
  'birds city dream engine fields garden harbour island kites lights mirror night orchard paper rain stone tide valley water'.split(
    ' ',
  );
const ROLES = ['Band', 'Trio', 'Ensemble', 'Sound', 'Quartet', 'Project'];
const KEYS = [...CAMELOT_BY_KEY.keys()];

const pick = <T>(values: readonly T[], random: Random): T => values[Math.floor(random.next() * values.length)]!;
const cased = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
const wordsOf = (random: Random): string => `${cased(pick(FIRST, random))} ${cased(pick(SECOND, random))}`;

/** Makes such a library in a folder, closed again. */
export function makeVaried(dir: string, nTracks: number): void {
  mkdirSync(dir, { recursive: true });
  const db = openHeard(dir);
  fillVaried(db, nTracks);
  db.close();
}

/** Track ids are 1.. in order; every twentieth is labelled by hand, a third of these otherwise than the model hears. */
export function fillVaried(db: LibraryDb, nTracks: number, seed = 1): void {
  const random = createRandom(seed);
  const centre = vector(EMBEDDING_SIZE, random);
  const heard = analysisOf(centre, random, { nWindows: 3 });
  let [artist, album, year, codec] = ['', '', 2000, CODECS[0]!];
  db.transaction(() => {
    for (let i = 0; i < nTracks; i++) {
      if (i % (TRACKS_PER_ALBUM * ALBUMS_PER_ARTIST) === 0) artist = `${wordsOf(random)} ${pick(ROLES, random)}`;
      if (i % TRACKS_PER_ALBUM === 0) {
        album = wordsOf(random);
        year = 1960 + Math.floor(random.next() * 64);
        codec = pick(CODECS, random);
      }
      const path = `/music/${artist}/${album}/${i}.mp3`;
      const id = db.tracks.insert(
        { path, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `hash-${i}` },
        1e12 + i * 1e6,
      );
      const tags = { ...NO_TAGS, title: `${wordsOf(random)} ${i}`, artist, albumArtist: artist, album, year, codec };
      db.tracks.setTags(id, { ...tags, bitRateBps: 256_000, durationSec: 180, trackNumber: (i % TRACKS_PER_ALBUM) + 1 });
      const [a, b] = [random.next(), random.next()].sort() as [number, number];
      db.analyses.put(
        id,
        {
          ...heard,
          probabilities: Float32Array.of(a, b - a, 1 - b),
          genres: GENRES,
          tempoBpm: 70 + 110 * random.next(),
          key: pick(KEYS, random),
          energy: random.next(),
          loudnessLufs: -24 + 16 * random.next(),
        },
        1000 + i,
      );
      if (i % 20 === 0)
        db.labels.set(id, [i % 60 === 0 ? 'Ska' : GENRES[[a, b - a, 1 - b].indexOf(Math.max(a, b - a, 1 - b))]!], 'hand', 1);
      db.tracks.refreshListing(id);
    }
  });
}
