import { beforeEach, describe, expect, it } from 'vitest';
import type { LibraryDb } from '../../../src/core/db/open.ts';
import type { TrackAnalysis } from '../../../src/core/domain/analysis.ts';
import { countingSources, joinDistances, type Neighbour, type SoundQuery } from '../../../src/core/domain/neighbour.ts';
import { createNeighbours, type Neighbours } from '../../../src/core/neighbours/neighbours.ts';
import { scaleOf, writeSound } from '../../../src/core/neighbours/sound-space.ts';
import { cosineDistance, meanDirection, unit } from '../../../src/core/neighbours/unit-vector.ts';
import { createRandom } from '../../../src/core/training/random.ts';
import { analysisOf, fillLibrary, openHeard, vector } from '../../support/heard-library.ts';
import { tempDir } from '../../support/temp-dir.ts';

const N_TRACKS = 300;
const ask = (query: Partial<SoundQuery>): SoundQuery => ({
  trackIds: [1],
  weights: {},
  limit: 10,
  diversity: 0,
  exclude: [],
  ...query,
});
const newlyHeard = (): TrackAnalysis => analysisOf(vector(192, createRandom(1)), createRandom(2));
const idsOf = (found: readonly Neighbour[]): number[] => found.map(({ trackId }) => trackId);

let db: LibraryDb;
let neighbours: Neighbours;

beforeEach(() => {
  db = openHeard(tempDir());
  fillLibrary(db, { nTracks: N_TRACKS });
  neighbours = createNeighbours(db);
  return () => db.close();
});

/** Embedding and standardised descriptors, half each, of every track. */
function wholeSounds(): Map<number, Float32Array> {
  const heard = new Map([...Array(N_TRACKS).keys()].map((i) => [i + 1, db.analyses.get(i + 1)!]));
  const described = Float32Array.from([...heard.values()].flatMap(({ descriptors }) => [...descriptors!]));
  const scale = scaleOf(described, N_TRACKS, 518);
  const sounds = new Map<number, Float32Array>();
  for (const [id, { embedding, descriptors }] of heard) {
    const vector = new Float32Array(192 + 518);
    writeSound(embedding, descriptors!, scale, vector, 0);
    sounds.set(id, unit(vector)!);
  }
  return sounds;
}

/** Every distance from the vectors in the library. */
function byForce({ trackIds, weights, limit, exclude }: SoundQuery): Neighbour[] {
  const sources = countingSources(weights);
  const sounds = wholeSounds();
  const unitOf = (id: number, source: (typeof sources)[number][0]) =>
    source === 'mixture' ? sounds.get(id)! : unit(db.vectors.vector(id, source)!)!;
  const all = Array.from({ length: N_TRACKS }, (_, i): Neighbour => {
    const bySource = Object.fromEntries(
      sources.map(([source]) => {
        const wanted = meanDirection(trackIds.map((id) => unitOf(id, source)))!;
        return [source, cosineDistance(wanted, unitOf(i + 1, source))];
      }),
    );
    return { trackId: i + 1, distance: joinDistances(bySource, sources), bySource };
  });
  const left = new Set([...trackIds, ...exclude]);
  return all
    .filter(({ trackId }) => !left.has(trackId))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit);
}

describe('similar', () => {
  it.each<Partial<SoundQuery>>([
    {},
    { trackIds: [4, 7, 9] },
    { weights: { drums: 1 } },
    { weights: { drums: 1, bass: -0.5 } },
    { weights: { mixture: 0.3, bass: 1, other: 0.2 } },
    { exclude: [4, 10, 16], limit: 40 },
  ])('finds what comparing with every track finds: %o', (part) => {
    const query = ask(part);
    const found = neighbours.similar(query);
    expect(idsOf(found)).toEqual(idsOf(byForce(query)));
    for (const [i, { distance }] of byForce(query).entries()) expect(found[i]!.distance).toBeCloseTo(distance, 5);
  });

  it('finds the same genre by sound, and another one by unlikeness', () => {
    const genre = (id: number) => (id - 1) % 3;
    expect(idsOf(neighbours.similar(ask({ trackIds: [1, 4, 7] }))).every((id) => genre(id) === 0)).toBe(true);
    expect(idsOf(neighbours.similar(ask({ weights: { mixture: -1 } }))).some((id) => genre(id) === 0)).toBe(false);
  });

  it('follows the library: removed, missing and newly heard tracks', () => {
    const far = byForce(ask({ limit: N_TRACKS })).at(-1)!.trackId;
    const [first, second, third] = idsOf(neighbours.similar(ask({})));
    db.tracks.remove(first!);
    db.tracks.setMissing(second!, true);
    expect(idsOf(neighbours.similar(ask({})))[0]).toBe(third);
    db.analyses.remove(third!);
    expect(idsOf(neighbours.similar(ask({})))).not.toContain(third);
    const { embedding, descriptors } = db.analyses.get(1)!;
    db.analyses.put(far, { ...newlyHeard(), embedding, descriptors }, 9);
    expect(neighbours.similar(ask({}))[0]).toMatchObject({ trackId: far, distance: expect.closeTo(0, 6) });
  });

  it('answers though most of the nearest files are missing', () => {
    for (const id of idsOf(byForce(ask({ limit: 290 })))) db.tracks.setMissing(id, true);
    expect(neighbours.similar(ask({}))).toHaveLength(9);
  });

  it('leaves out tracks that another network heard', () => {
    const [first] = idsOf(neighbours.similar(ask({})));
    const other = { ...newlyHeard(), classifierVersion: 'another 2' };
    db.analyses.put(first!, { ...other, embedding: db.vectors.vector(1, 'mixture')! }, 9);
    expect(idsOf(neighbours.similar(ask({ limit: N_TRACKS })))).not.toContain(first);
  });

  it('says why there is no answer', () => {
    expect(() => neighbours.similar(ask({ trackIds: [9999] }))).toThrow(expect.objectContaining({ code: 'track.unknown' }));
    expect(() => neighbours.similar(ask({ weights: { vocals: 1 } }))).toThrow(/vocals are not known/);
    db.analyses.remove(1);
    expect(() => neighbours.similar(ask({}))).toThrow(expect.objectContaining({ code: 'track.notAnalysed' }));
    expect(neighbours.vector(1)).toBeNull();
  });

  it('counts a silent stem as unrelated', () => {
    const heard = newlyHeard();
    db.analyses.put(2, { ...heard, stemEmbeddings: { ...heard.stemEmbeddings, drums: null } }, 9);
    const all = neighbours.similar(ask({ weights: { drums: 1 }, limit: N_TRACKS }));
    expect(all.find(({ trackId }) => trackId === 2)).toMatchObject({ distance: 1, bySource: { drums: 1 } });
  });
});

describe('diversity', () => {
  const spreadOf = (found: readonly Neighbour[]): number => {
    const units = found.map(({ trackId }) => neighbours.vector(trackId)!);
    return Math.min(...units.flatMap((a, i) => units.slice(0, i).map((b) => cosineDistance(a, b))));
  };

  it('takes the nearest track first whatever it is, and then others that lie further apart', () => {
    const [nearest, varied] = [0, 0.7].map((diversity) => neighbours.similar(ask({ diversity })));
    expect(varied).toHaveLength(10);
    expect(varied![0]).toEqual(nearest![0]);
    expect(spreadOf(varied!)).toBeGreaterThan(spreadOf(nearest!));
    const distances = varied!.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });
});
