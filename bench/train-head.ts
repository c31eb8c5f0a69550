// `node bench/train-head.ts [nTracks]`: seconds of the quick training and of scoring a library with the head, on synthetic tracks of
// 20 overlapping genres (10,000 labelled ones of 3 windows, 20,000 others in the background).
import { cpus } from 'node:os';
import type { HeadDataset } from '../src/core/domain/training.ts';
import { createHeadScorer } from '../src/core/training/head/head-scores.ts';
import { trainHead } from '../src/core/training/head/train-head.ts';
import { createRandom, normal } from '../src/core/training/random.ts';

const nTracks = Number(process.argv[2] ?? 10_000);
const N_BACKGROUND = 20_000;
const N_WINDOWS = 3;
const N_GENRES = 20;
const EMBEDDING_SIZE = 192;
const N_DESCRIPTORS = 518;
/** Directions in which tracks really differ; the features are mixtures of them and noise. */
const N_CAUSES = 60;
const TRACKS_PER_ARTIST = 4;
const SCORED = { nTracks: 100_000, chunk: 10_000 };

const random = createRandom(1);
const normals = (n: number) => Float32Array.from({ length: n }, () => normal(random));
const centres = normals(N_GENRES * N_CAUSES).map((value) => 0.5 * value);
const N_STEM_FEATURES = 4 * EMBEDDING_SIZE;
const N_OWN = N_DESCRIPTORS + N_STEM_FEATURES;
const mixes = { embedding: normals(N_CAUSES * EMBEDDING_SIZE), own: normals(N_CAUSES * N_OWN) };

function mixture(causes: Float32Array, mix: Float32Array, d: number): Float32Array {
  const out = normals(d).map((value) => 3 * value);
  for (const [c, cause] of causes.entries()) for (let j = 0; j < d; j++) out[j] = out[j]! + cause * mix[c * d + j]!;
  return out;
}

function tracksOf(n: number, nWindows: number) {
  const classes = Int32Array.from({ length: n }, () => random.below(N_GENRES));
  const embeddings = new Float32Array(n * nWindows * EMBEDDING_SIZE);
  const trackFeatures = new Float32Array(n * N_OWN);
  for (const [t, genre] of classes.entries()) {
    const causes = normals(N_CAUSES).map((value, c) => value + centres[genre * N_CAUSES + c]!);
    trackFeatures.set(mixture(causes, mixes.own, N_OWN), t * N_OWN);
    for (let w = 0; w < nWindows; w++) {
      const moment = causes.map((value) => value + 0.5 * normal(random));
      embeddings.set(mixture(moment, mixes.embedding, EMBEDDING_SIZE), (t * nWindows + w) * EMBEDDING_SIZE);
    }
  }
  return { classes, embeddings, trackFeatures, windowStart: Int32Array.from({ length: n + 1 }, (_, t) => t * nWindows) };
}

const labelled = tracksOf(nTracks, N_WINDOWS);
const dataset: HeadDataset = {
  ...labelled,
  genres: Array.from({ length: N_GENRES }, (_, c) => `Genre ${c + 1}`),
  trackIds: Int32Array.from({ length: nTracks }, (_, t) => t + 1),
  groups: Int32Array.from({ length: nTracks }, (_, t) => Math.floor(t / TRACKS_PER_ARTIST)),
  embeddingSize: EMBEDDING_SIZE,
  nDescriptors: N_DESCRIPTORS,
  nStemFeatures: N_STEM_FEATURES,
  stemEncoder: 'made up',
  background: tracksOf(N_BACKGROUND, 1),
};

console.log(`${nTracks} labelled tracks, ${N_WINDOWS} windows each, ${N_GENRES} genres, on ${cpus()[0]?.model}`);
const options = { seed: 1, join: 'auto', settings: null, incumbent: null } as const;
const start = performance.now();
let last = start;
const { head, evaluation } = trainHead(dataset, options, (fraction) => {
  const now = performance.now();
  console.log(`${(100 * fraction).toFixed(0).padStart(4)} %  ${((now - last) / 1000).toFixed(2)} s`);
  last = now;
});
console.log(`trained and evaluated in ${((performance.now() - start) / 1000).toFixed(2)} s`);
const { settings } = head;
console.log(`${settings.family} ${settings.regularization}, ${settings.nComponents} components, join ${head.join}`);
console.log(`accuracy ${evaluation.accuracy.toFixed(3)}, calibration error ${evaluation.calibrationError.toFixed(3)}`);

const retrained = { kind: 'retrained', name: 'before', classes: labelled.classes, settings } as const;
const again = performance.now();
trainHead(dataset, { ...options, incumbent: retrained });
console.log(`with another head trained beside it in every fold: ${((performance.now() - again) / 1000).toFixed(2)} s`);

const chunk = tracksOf(SCORED.chunk, N_WINDOWS);
const scoring = performance.now();
const scorer = createHeadScorer(head);
for (let t = 0; t < SCORED.nTracks; t += SCORED.chunk) scorer.trackProbabilities(chunk);
console.log(`${SCORED.nTracks} tracks scored in ${((performance.now() - scoring) / 1000).toFixed(2)} s`);
