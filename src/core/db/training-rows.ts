// What networks heard, many tracks at a time: the numbers that heads learn from and score. It only reads, also beside a writer.
import type Database from 'better-sqlite3';
import type { EncoderRef } from '../domain/model.ts';
import { STEMS, type Stem } from '../domain/stem.ts';
import { type FeatureShape, type HeadDataset, nTrackFeatures } from '../domain/training.ts';
import { fromBlob } from './vector-blob.ts';

/** Features of tracks, as in HeadDataset; tracks without a window of this encoder are left out. */
export type FeatureRows = Pick<HeadDataset, 'trackIds' | 'windowStart' | 'embeddings' | 'trackFeatures'> & {
  /** When each track was analysed: another time means another sound. */
  analysedAtMs: Float64Array;
};

/** Tracks by id: above `afterId`, up to `throughId`. */
export interface IdRange {
  afterId: number;
  throughId: number;
}

export interface TrackCredits {
  trackId: number;
  artist: string | null;
  albumArtist: string | null;
  album: string | null;
}

export interface TrainingRows {
  /** The first `limit` tracks of the range, and the last one looked at; null after the end. */
  step(encoder: EncoderRef, shape: FeatureShape, range: IdRange & { limit: number }): FeatureRows & { lastId: number | null };
  /** In the order of their ids. */
  ofTracks(encoder: EncoderRef, shape: FeatureShape, ids: readonly number[]): FeatureRows;
  /** Embeddings of a track's stems as heads read them, Float32Array [nStemFeatures]; NaN where a stem is silent or unknown. */
  stemsOf(trackId: number, shape: FeatureShape): Float32Array;
  /** Which of these tracks have been heard by it, by id. */
  heardIds(encoder: EncoderRef): Int32Array;
  /** Analysed tracks, present here, that it has not heard. */
  unheardIds(encoder: EncoderRef): number[];
  /** What the bundled network said of these tracks, by track. */
  bundledVerdicts(ids: readonly number[]): Map<number, { genres: string[]; probabilities: Float32Array }>;
  /** Who made these tracks, and what identifies their content, by track. */
  credits(ids: readonly number[]): Map<number, TrackCredits & { contentHash: string | null }>;
  /** Every analysed track as its neighbours see it, by id. */
  places(): (TrackCredits & { path: string })[];
  /** The library in n ranges of about equally many analysed tracks. */
  ranges(n: number): IdRange[];
}

interface TrackPart {
  track_id: number;
  analysed_at_ms: number;
  classifier_version: string;
  descriptors: Uint8Array | null;
}
interface WindowPart {
  track_id: number;
  embedding: Uint8Array;
}
interface StemPart {
  track_id: number;
  stem: Stem;
  embedding: Uint8Array;
}

const IN_RANGE = 'track_id > $afterId AND track_id <= $throughId';
const NAMED = 'track_id IN (SELECT value FROM json_each($ids))';
const IS_HEARD: Record<EncoderRef['kind'], string> = {
  // The plus keeps the planner on the ids, which come sorted.
  bundled: '+classifier_version = $version',
  own: 'EXISTS (SELECT 1 FROM encoder_window AS heard WHERE heard.track_id = analysis.track_id AND encoder = $version)',
};
const WINDOWS: Record<EncoderRef['kind'], string> = {
  bundled: 'analysis_window WHERE TRUE',
  own: 'encoder_window WHERE encoder = $version',
};

export function createTrainingRows(sqlite: Database.Database): TrainingRows {
  return { ...createReads(sqlite), ...createCensus(sqlite), ...createFacts(sqlite) };
}

type Bound = { version: string } & Partial<IdRange> & { limit?: number; ids?: string };

function createReads(sqlite: Database.Database): Pick<TrainingRows, 'step' | 'ofTracks' | 'stemsOf'> {
  const prepare = (kind: EncoderRef['kind'], which: string, limit = '') => ({
    tracks: sqlite.prepare<Bound, TrackPart>(
      `SELECT track_id, analysed_at_ms, classifier_version, descriptors FROM analysis WHERE ${IS_HEARD[kind]} AND ${which} ORDER BY track_id ${limit}`,
    ),
    windows: sqlite.prepare<Bound, WindowPart>(
      `SELECT track_id, embedding FROM ${WINDOWS[kind]} AND ${which} ORDER BY track_id, position`,
    ),
  });
  const prepareStems = (which: string) =>
    sqlite.prepare<Omit<Bound, 'version'>, StemPart>(
      `SELECT track_id, stem, embedding FROM stem_embedding WHERE ${which} ORDER BY track_id`,
    );
  const inRange = { bundled: prepare('bundled', IN_RANGE, 'LIMIT $limit'), own: prepare('own', IN_RANGE, 'LIMIT $limit') };
  const named = { bundled: prepare('bundled', NAMED), own: prepare('own', NAMED) };
  const stems = { inRange: prepareStems(IN_RANGE), named: prepareStems(NAMED) };
  const heardBy = sqlite.prepare<[number], string>('SELECT classifier_version FROM analysis WHERE track_id = ?').pluck();
  const readStems = (which: keyof typeof stems, shape: FeatureShape, bound: Omit<Bound, 'version'>) =>
    shape.nStemFeatures > 0 ? stems[which].all(bound) : [];
  return {
    step({ kind, version }, shape, { afterId, throughId, limit }) {
      const tracks = inRange[kind].tracks.all({ version, afterId, throughId, limit });
      const lastId = tracks.at(-1)?.track_id ?? null;
      const range = { afterId, throughId: lastId ?? afterId };
      const windows = inRange[kind].windows.all({ version, ...range });
      return { ...join({ tracks, windows, stems: readStems('inRange', shape, range) }, shape), lastId };
    },
    ofTracks({ kind, version }, shape, ids) {
      const which = { ids: JSON.stringify(ids) };
      const [tracks, windows] = [named[kind].tracks.all({ version, ...which }), named[kind].windows.all({ version, ...which })];
      return join({ tracks, windows, stems: readStems('named', shape, which) }, shape);
    },
    stemsOf(trackId, shape) {
      const found = new Float32Array(shape.nStemFeatures).fill(Number.NaN);
      if (heardBy.get(trackId) !== shape.stemEncoder) return found;
      for (const part of readStems('named', shape, { ids: JSON.stringify([trackId]) })) copyStem(part, found, 0, shape);
      return found;
    },
  };
}

function createCensus(sqlite: Database.Database): Pick<TrainingRows, 'heardIds' | 'unheardIds' | 'ranges'> {
  const heard = (condition: string) =>
    sqlite.prepare<Bound, number>(`SELECT track_id FROM analysis WHERE ${condition} ORDER BY track_id`).pluck();
  // By its index alone: the table's rows are large.
  const heardBy = { bundled: heard('classifier_version = $version'), own: heard(IS_HEARD.own) };
  const unheard = (kind: EncoderRef['kind']) =>
    sqlite
      .prepare<Bound, number>(
        `SELECT track_id FROM analysis JOIN track ON track.id = track_id
         WHERE NOT (${IS_HEARD[kind]}) AND is_missing = 0 ORDER BY track_id`,
      )
      .pluck();
  const unheardBy = { bundled: unheard('bundled'), own: unheard('own') };
  const edges = sqlite
    .prepare<[number], number>(
      'SELECT max(track_id) FROM (SELECT track_id, ntile(?) OVER (ORDER BY track_id) AS part FROM analysis) GROUP BY part ORDER BY part',
    )
    .pluck();
  return {
    heardIds: ({ kind, version }) => Int32Array.from(heardBy[kind].all({ version })),
    unheardIds: ({ kind, version }) => unheardBy[kind].all({ version }),
    ranges(n) {
      const ends = edges.all(Math.max(1, n));
      return ends.map((throughId, i) => ({ afterId: i === 0 ? 0 : ends[i - 1]!, throughId }));
    },
  };
}

interface VerdictPart {
  track_id: number;
  genres_json: string;
  probabilities: Uint8Array;
}
type CreditPart = TrackCredits & { contentHash: string | null };

function createFacts(sqlite: Database.Database): Pick<TrainingRows, 'bundledVerdicts' | 'credits' | 'places'> {
  const verdicts = sqlite.prepare<{ ids: string }, VerdictPart>(
    `SELECT track_id, genres_json, probabilities FROM analysis JOIN class_list ON class_list.id = class_list_id WHERE ${NAMED}`,
  );
  const credits = sqlite.prepare<{ ids: string }, CreditPart>(
    `SELECT id AS trackId, file_tags.artist, album_artist AS albumArtist, file_tags.album, content_hash AS contentHash
     FROM track LEFT JOIN file_tags ON file_tags.track_id = id WHERE id IN (SELECT value FROM json_each($ids))`,
  );
  const places = sqlite.prepare<[], TrackCredits & { path: string }>(
    `SELECT track.id AS trackId, file_tags.artist, album_artist AS albumArtist, file_tags.album, path
     FROM analysis JOIN track ON track.id = analysis.track_id LEFT JOIN file_tags ON file_tags.track_id = track.id ORDER BY track.id`,
  );
  return {
    bundledVerdicts(ids) {
      const rows = verdicts.all({ ids: JSON.stringify(ids) });
      return new Map(
        rows.map((row) => [
          row.track_id,
          { genres: JSON.parse(row.genres_json) as string[], probabilities: fromBlob(row.probabilities) },
        ]),
      );
    },
    credits: (ids) => new Map(credits.all({ ids: JSON.stringify(ids) }).map((row) => [row.trackId, row])),
    places: () => places.all(),
  };
}

/** All sorted by track. Windows and stems of tracks that are not among them are passed over, tracks without a fitting window too. */
function join(
  { tracks, windows, stems }: { tracks: readonly TrackPart[]; windows: readonly WindowPart[]; stems: readonly StemPart[] },
  shape: FeatureShape,
): FeatureRows {
  const { embeddingSize, nDescriptors, stemEncoder } = shape;
  const nOwn = nTrackFeatures(shape);
  const embeddings = new Float32Array(windows.length * embeddingSize);
  const trackFeatures = new Float32Array(tracks.length * nOwn).fill(Number.NaN);
  const trackIds = new Int32Array(tracks.length);
  const analysedAtMs = new Float64Array(tracks.length);
  const windowStart = new Int32Array(tracks.length + 1);
  let [nTracks, nWindows, at, atStem] = [0, 0, 0, 0];
  for (const track of tracks) {
    while (at < windows.length && windows[at]!.track_id < track.track_id) at++;
    const first = nWindows;
    for (; windows[at]?.track_id === track.track_id; at++) {
      if (copyBlob(windows[at]!.embedding, embeddings, nWindows * embeddingSize, embeddingSize)) nWindows++;
    }
    if (nWindows === first) continue;
    const own = nTracks * nOwn;
    if (track.descriptors) copyBlob(track.descriptors, trackFeatures, own, nDescriptors);
    while (atStem < stems.length && stems[atStem]!.track_id < track.track_id) atStem++;
    for (; stems[atStem]?.track_id === track.track_id; atStem++)
      if (track.classifier_version === stemEncoder) copyStem(stems[atStem]!, trackFeatures, own + nDescriptors, shape);
    trackIds[nTracks] = track.track_id;
    analysedAtMs[nTracks] = track.analysed_at_ms;
    windowStart[++nTracks] = nWindows;
  }
  return {
    trackIds: trackIds.slice(0, nTracks),
    analysedAtMs: analysedAtMs.slice(0, nTracks),
    windowStart: windowStart.slice(0, nTracks + 1),
    embeddings: embeddings.slice(0, nWindows * embeddingSize),
    trackFeatures: trackFeatures.slice(0, nTracks * nOwn),
  };
}

function copyStem({ stem, embedding }: StemPart, out: Float32Array, offset: number, { nStemFeatures }: FeatureShape): void {
  const size = nStemFeatures / STEMS.length;
  copyBlob(embedding, out, offset + STEMS.indexOf(stem) * size, size);
}

/** False, and nothing copied, when the blob holds another count of numbers. */
function copyBlob(blob: Uint8Array, out: Float32Array, offset: number, length: number): boolean {
  if (blob.byteLength !== 4 * length) return false;
  new Uint8Array(out.buffer, out.byteOffset + 4 * offset, 4 * length).set(blob);
  return true;
}
