// `node bench/neighbours.ts [LIBRARY]`: milliseconds for the 20 nearest of 100,000 tracks, by the whole sound and by stems, and how
// many of the truly nearest are among them. The tracks are made up: each lies near two real tracks of the library named, or, without
// one, near one of 40 centres.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LibraryDb, openLibrary } from '../src/core/db/open.ts';
import type { StemEmbeddings, TrackAnalysis } from '../src/core/domain/analysis.ts';
import { countingSources, joinDistances, SILENT_DISTANCE, type SoundQuery } from '../src/core/domain/neighbour.ts';
import { SOURCES, type Source, STEMS } from '../src/core/domain/stem.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import { createNeighbours } from '../src/core/neighbours/neighbours.ts';
import { cosineDistance, meanDirection, unit } from '../src/core/neighbours/unit-vector.ts';
import { createRandom, normal } from '../src/core/training/random.ts';

const [N_TRACKS, SIZE, N_QUERIES, LIMIT] = [100_000, 192, 40, 20];
/** Noise on top of two real tracks, as a share of their length. */
const NOISE = 0.2;
const random = createRandom(1);

type Sound = Record<Source, Float32Array | null>;

const dir = mkdtempSync(join(tmpdir(), 'stemscape-bench-'));
const db = openLibrary(join(dir, 'library.db'), { logger: SILENT_LOGGER });
try {
  const models = process.argv[2] ? realSounds(join(process.argv[2], 'library.db')) : madeUpSounds();
  console.log(`${models.length} sounds as models; ${N_TRACKS} tracks on ${cpus()[0]?.model}`);
  const sounds = fill(db, models);
  const neighbours = createNeighbours(db);
  for (const weights of [
    {},
    { drums: 1 },
    { drums: 1, vocals: -0.5 },
    { mixture: 1, bass: 0.5, vocals: 0.5 },
    { bass: 1, drums: 1, other: 1, vocals: 1 },
  ]) {
    for (const diversity of [0, 0.5]) measure(neighbours, sounds, weights, diversity);
  }
  measure(neighbours, sounds, {}, 0, 5);
} finally {
  db.close();
  rmSync(dir, { recursive: true });
}

function realSounds(file: string): Sound[] {
  const library = openLibrary(file, { logger: SILENT_LOGGER });
  const ids = [...library.fingerprints.all()].map(({ trackId }) => trackId);
  const sounds = ids.map(
    (id) => Object.fromEntries(SOURCES.map((source) => [source, library.vectors.vector(id, source)])) as Sound,
  );
  library.close();
  return sounds;
}

function madeUpSounds(): Sound[] {
  const centre = () => Float32Array.from({ length: SIZE }, () => normal(random));
  return Array.from({ length: 40 }, () => Object.fromEntries(SOURCES.map((source) => [source, centre()])) as Sound);
}

function fill(into: LibraryDb, models: Sound[]): Sound[] {
  const sounds = Array.from({ length: N_TRACKS }, () =>
    between(models[random.below(models.length)]!, models[random.below(models.length)]!),
  );
  into.transaction(() => {
    for (const [i, sound] of sounds.entries()) {
      const id = into.tracks.insert({ path: `/${i}`, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: null }, 1);
      into.analyses.put(id, analysisOf(sound), 1);
    }
  });
  return sounds;
}

/** Three quarters one track, a quarter the other, and noise. */
function between(a: Sound, b: Sound): Sound {
  const mixed = (source: Source): Float32Array | null => {
    const [u, v] = [a[source], b[source] ?? a[source]];
    if (!u || !v) return null;
    const noise = (NOISE * Math.hypot(...u)) / Math.sqrt(SIZE);
    return u.map((value, i) => 0.75 * value + 0.25 * v[i]! + noise * normal(random));
  };
  return Object.fromEntries(SOURCES.map((source) => [source, mixed(source)])) as Sound;
}

function analysisOf({ mixture, ...stems }: Sound): TrackAnalysis {
  const spectral = { centroidHz: 1, bandwidthHz: 1, rolloffHz: 1, flatness: 0, zeroCrossingRate: 0 };
  const none = { tempoBpm: null, key: null, loudnessLufs: null, loudnessRangeLu: null, samplePeakDbfs: null };
  const versions = { classifierVersion: 'bench', separatorVersion: 'bench', profileId: 'bench' };
  return {
    ...none,
    ...versions,
    durationSec: 200,
    windows: [],
    embedding: mixture!,
    probabilities: Float32Array.of(1),
    genres: ['None'],
    tempoConfidence: 0,
    keyConfidence: 0,
    energy: 0,
    spectral,
    stemShares: { bass: 0.25, drums: 0.25, other: 0.25, vocals: 0.25 },
    stemEmbeddings: Object.fromEntries(STEMS.map((stem) => [stem, stems[stem]])) as StemEmbeddings,
    descriptors: new Float32Array(518),
    fingerprint: new Uint32Array(0),
    waveform: new Uint8Array(1000),
    stageMs: { decode: 0, separate: 0, mel: 0, classify: 0, stems: 0, describe: 0 },
  };
}

function measure(
  neighbours: ReturnType<typeof createNeighbours>,
  sounds: Sound[],
  weights: SoundQuery['weights'],
  diversity: number,
  nSeeds = 1,
): void {
  const times: number[] = [];
  let [found, wanted] = [0, 0];
  for (let q = 0; q < N_QUERIES; q++) {
    const trackIds = Array.from({ length: nSeeds }, () => 1 + random.below(N_TRACKS)).filter((id) =>
      countingSources(weights).every(([source]) => sounds[id - 1]![source]),
    );
    if (trackIds.length === 0) continue;
    const start = performance.now();
    const answer = neighbours.similar({ trackIds, weights, limit: LIMIT, diversity, exclude: [] });
    times.push(performance.now() - start);
    if (diversity > 0 || q % 4 > 0) continue;
    const truth = new Set(nearestByForce(sounds, trackIds, weights));
    found += answer.filter(({ trackId }) => truth.has(trackId)).length;
    wanted += truth.size;
  }
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1]!.toFixed(1);
  const p95 = times[Math.floor(0.95 * times.length)]!.toFixed(1);
  const recall = wanted > 0 ? `, ${((100 * found) / wanted).toFixed(1)} % of the truly nearest` : '';
  console.log(
    `${JSON.stringify(weights)} diversity ${diversity}, like ${nSeeds}: median ${median} ms, 95 % within ${p95} ms${recall}`,
  );
}

function nearestByForce(sounds: Sound[], trackIds: number[], weights: SoundQuery['weights']): number[] {
  const sources = countingSources(weights);
  const wanted = sources.map(
    ([source]) => [source, meanDirection(trackIds.flatMap((id) => unit(sounds[id - 1]![source]!) ?? []))!] as const,
  );
  const all = sounds.map((sound, i) => {
    const bySource = Object.fromEntries(
      wanted.map(([source, direction]) => [
        source,
        sound[source] ? cosineDistance(direction, unit(sound[source])!) : SILENT_DISTANCE,
      ]),
    );
    return { trackId: i + 1, distance: joinDistances(bySource, sources) };
  });
  const asked = new Set(trackIds);
  return all
    .filter(({ trackId }) => !asked.has(trackId))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, LIMIT)
    .map(({ trackId }) => trackId);
}
