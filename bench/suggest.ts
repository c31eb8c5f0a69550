// `node bench/suggest.ts`: milliseconds to rank what to label next again after ten answers: 3,000 open and 2,000 labelled tracks of 20
// genres, warm start as in the application; and of the first ranking.
import { cpus } from 'node:os';
import { rankSuggestions } from '../src/core/training/active/rank-suggestions.ts';
import { typicality } from '../src/core/training/active/typicality.ts';
import { createRandom, normal } from '../src/core/training/random.ts';

const [N_OPEN, N_LABELLED, N_GENRES, K, N_ROUNDS] = [3000, 2000, 20, 64, 20];
const n = N_OPEN + N_LABELLED;
const random = createRandom(1);
const centres = Float32Array.from({ length: N_GENRES * K }, () => 0.12 * normal(random));
const truth = Int32Array.from({ length: n }, () => random.below(N_GENRES));
/** Components vary less and less, and add up to the variance of the application's own: 2. */
const spread = Array.from({ length: K }, (_, j) => 0.4 / (1 + j / 6));
const points = Float32Array.from({ length: n * K }, (_, at) => {
  const [i, j] = [Math.floor(at / K), at % K];
  return centres[truth[i]! * K + j]! + spread[j]! * normal(random);
});
const classes = Int32Array.from(truth, (genre, i) => (i < N_LABELLED ? genre : -1));
const pool = {
  points,
  k: K,
  typicality: typicality(points, K, createRandom(1)),
  classes,
  nGenres: N_GENRES,
  isOpen: new Uint8Array(n).fill(1),
  artists: Array.from(truth, (_, i) => `Artist ${i % 700}`),
  albums: Array.from(truth, (_, i) => `Album ${i % 1500}`),
};

let { ranked, fit } = timed('first ranking', () => rankSuggestions(pool, 10, createRandom(1)));
const times: number[] = [];
for (let round = 0; round < N_ROUNDS; round++) {
  for (const { row } of ranked) classes[row] = truth[row]!;
  const start = performance.now();
  ({ ranked, fit } = rankSuggestions(pool, 10, createRandom(1), fit));
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
console.log(
  `ranked again after 10 answers: median ${times[N_ROUNDS / 2]!.toFixed(0)} ms, slowest ${times.at(-1)!.toFixed(0)} ms`,
);
console.log(`${N_OPEN} open and ${N_LABELLED} labelled tracks, ${N_GENRES} genres, on ${cpus()[0]?.model}`);

function timed<T>(name: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  console.log(`${name}: ${(performance.now() - start).toFixed(0)} ms`);
  return result;
}
