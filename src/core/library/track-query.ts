// Questions about the library: lists, one track, the summary. Rows become domain types here.
import { resolve } from 'node:path';
import type { AnalysisVersions } from '../db/analysis-store.ts';
import type { LibraryDb } from '../db/open.ts';
import type { TrackFilter } from '../db/track-listing.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { Album, FacetCounts, RangeCounts } from '../domain/facet.ts';
import type { Label } from '../domain/label.ts';
import type { FileTags, ListedTrack, Track, TrackDetail, TrackStatus } from '../domain/track.ts';
import { softmax } from '../nn/softmax.ts';
import { AUTO_GENRE_PREFIX, parseAutoGenreId } from '../playlists/auto-genre.ts';
import { createBrowser } from './browse.ts';
import { FacetIndex } from './facet-index.ts';
import { createTrackMapper, scoresOf, toListed } from './track-mapping.ts';
import type { FacetQuery, TrackQuery } from './track-question.ts';
import { inspectStart } from './walk.ts';

export type { TrackQuery };

export interface LibrarySummary {
  roots: { path: string; online: boolean; nTracks: number }[];
  counts: Record<TrackStatus, number>;
  outdated: number;
  durationSec: number;
  genres: { name: string; nTracks: number }[];
}

export interface TrackQueries {
  list(query: TrackQuery): { total: number; tracks: ListedTrack[] };
  /** Every track that a search, a genre or a playlist finds. @throws StemscapeError playlist.unknown */
  ids(query: Pick<TrackQuery, 'search' | 'genre' | 'playlistId'>): number[];
  /** The same for a list as it is sorted and narrowed. @throws StemscapeError playlist.unknown */
  idsInOrder(query: Omit<TrackQuery, 'offset' | 'limit'>): number[];
  /** Tracks by value of each facet and along each range. */
  facets(query: FacetQuery): Promise<{ facets: FacetCounts[]; ranges: RangeCounts[] }>;
  /** By artist and name. */
  albums(query: FacetQuery & { offset: number; limit: number }): Promise<{ total: number; albums: Album[] }>;
  /** Throws `track.unknown`. */
  get(id: number): TrackDetail;
  /** The id of a track named by id or path; throws `track.unknown`. */
  find(idOrPath: string): number;
  summary(): Promise<LibrarySummary>;
  /** Every track by id, read in steps: a scan may write meanwhile. */
  iterate(): IterableIterator<Track>;
}

export interface TrackQueryOptions {
  db: LibraryDb;
  versions: () => AnalysisVersions;
  minConfidence: () => number;
  /** Tracks of a playlist that a person keeps, in its order. @throws StemscapeError playlist.unknown */
  playlistIds?: (playlistId: string) => readonly number[];
  /** The classifier's calibration, for the scores of single windows. */
  temperature?: () => number;
}

const ITERATE_STEP = 500;

export function createTrackQueries(options: TrackQueryOptions): TrackQueries {
  const { db } = options;
  const toTrack = createTrackMapper();
  const index = new FacetIndex(db.facetRows);
  const browser = createBrowser(db, index);
  return {
    list(query) {
      const { total, rows } = browser.page(query) ?? db.listing.page(filterOf(options, query), query);
      return { total, tracks: rows.map((row) => toListed(row, toTrack)) };
    },
    ids: (query) => db.listing.ids(filterOf(options, { ...query, status: null })),
    idsInOrder: (query) => db.listing.idsInOrder(filterOf(options, query), query),
    facets: (query) => index.counts(browser.asked(query)),
    async albums({ offset, limit, ...query }) {
      const albums = await index.albums(browser.asked(query));
      return { total: albums.length, albums: albums.slice(offset, offset + limit) };
    },
    get: (id) => detailOf(options, id, toTrack),
    find: (idOrPath) => find(db, idOrPath),
    summary: () => summarize(options),
    *iterate() {
      let rows = db.listing.after(0, ITERATE_STEP);
      while (rows.length > 0) {
        yield* rows.map(toTrack);
        rows = db.listing.after(rows.at(-1)!.id, ITERATE_STEP);
      }
    },
  };
}

/** Throws `playlist.unknown` for a playlist that is none. */
function filterOf(
  options: TrackQueryOptions,
  query: Pick<TrackQuery, 'search' | 'genre' | 'status' | 'playlistId' | 'facets' | 'ranges' | 'ids'>,
): TrackFilter {
  const { playlistId, ids } = query;
  const { search, genre, status, facets = {}, ranges = {} } = query;
  const plain = { search, genre, status, facets, ranges, predicted: null };
  if (ids) return { ...plain, members: ids };
  if (playlistId === null) return plain;
  if (options.playlistIds && !playlistId.startsWith(AUTO_GENRE_PREFIX)) {
    return { ...plain, members: options.playlistIds(playlistId) };
  }
  const minConfidence = options.minConfidence();
  const name = parseAutoGenreId(playlistId, options.db.listing.predictedGenres(minConfidence));
  return { ...plain, predicted: { genre: name, minConfidence } };
}

function unknownTrack(name: string): StemscapeError {
  return new StemscapeError('track.unknown', `There is no track ${name} in this library.`);
}

function find(db: LibraryDb, idOrPath: string): number {
  const byId = /^\d{1,15}$/.test(idOrPath) ? db.tracks.byId(Number(idOrPath)) : undefined;
  const row = byId ?? db.tracks.byPath(idOrPath) ?? db.tracks.byPath(resolve(idOrPath));
  if (!row) throw unknownTrack(idOrPath);
  return row.id;
}

function detailOf(options: TrackQueryOptions, id: number, toTrack: ReturnType<typeof createTrackMapper>): TrackDetail {
  const { db } = options;
  const row = db.listing.one(id);
  if (!row) throw unknownTrack(String(id));
  const heard = db.analyses.get(id);
  const tags = db.tracks.tagsOf(id);
  const temperature = options.temperature?.() ?? 1;
  const windows = heard?.windows.map(({ startSec, lengthSec, logits }) => ({
    startSec,
    lengthSec,
    scores: scoresOf(heard.genres, softmax(logits, temperature)),
  }));
  return {
    ...toListed(row, toTrack),
    tags,
    labels: labelsOf(db, id, tags, row.modified_at_ms),
    sizeBytes: row.size_bytes,
    modifiedAtMs: row.modified_at_ms,
    analysedAtMs: heard?.analysedAtMs ?? null,
    loudnessRangeLu: heard?.loudnessRangeLu ?? null,
    tempoConfidence: heard?.tempoConfidence ?? null,
    keyConfidence: heard?.keyConfidence ?? null,
    spectral: heard?.spectral ?? null,
    stemShares: heard?.stemShares ?? null,
    windows: windows ?? [],
    separatorVersion: heard?.separatorVersion ?? null,
    profileId: heard?.profileId ?? null,
  };
}

/** What the person said, then what the file says. */
function labelsOf(db: LibraryDb, id: number, tags: FileTags, modifiedAtMs: number): Label[] {
  const fromTags = db.tagRules.reader().read(tags.genres);
  const tagLabels = fromTags.map((genre, i): Label => {
    const genreId = db.genres.byName(genre)?.id ?? null;
    return { genreId, genre, origin: 'tag', isPrimary: i === 0, atMs: modifiedAtMs };
  });
  return [...db.labels.ofTrack(id), ...tagLabels];
}

async function summarize({ db, versions }: TrackQueryOptions): Promise<LibrarySummary> {
  const counts: LibrarySummary['counts'] = { analysed: 0, failed: 0, missing: 0, pending: 0 };
  for (const { status, n } of db.listing.countByStatus()) counts[status] = n;
  const offline = new Set(db.skipped.all().map(({ path, reason }) => (reason.code === 'folder.missing' ? path : '')));
  const roots = db.roots.all().map(async ({ id, path }) => ({
    path,
    online: !offline.has(path) && (await isOnline(path)),
    nTracks: db.roots.countTracks(id),
  }));
  return {
    roots: await Promise.all(roots),
    counts,
    outdated: db.analyses.countOutdated(versions()),
    durationSec: db.listing.totalDurationSec(),
    genres: db.listing.genres().map(({ name, nTracks }) => ({ name, nTracks })),
  };
}

const REACH_TIMEOUT_MS = 1000;

/** A network drive that does not answer in time counts as offline. */
async function isOnline(path: string): Promise<boolean> {
  const { promise: late, resolve: giveUp } = Promise.withResolvers<false>();
  const timer = setTimeout(giveUp, REACH_TIMEOUT_MS, false);
  const reachable = inspectStart(path).then(
    () => true,
    () => false,
  );
  const online = await Promise.race([reachable, late]);
  clearTimeout(timer);
  return online;
}
