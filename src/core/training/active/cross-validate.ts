// Probabilities for every label from the labels of other artists and albums, by the light model: what doubts rest on before the
// first training.
import { groupedFolds } from '../evaluation/grouped-folds.ts';
import { fitLightModel, lightProbabilities } from './light-model.ts';

const N_FOLDS = 5;

/**
 * @param points Float32Array [n x k]
 * @param classes Int32Array [n], 0..nGenres - 1
 * @param groups Int32Array [n]; see groupTracks
 * @returns Float32Array [n x nGenres]; NaN for tracks that no fold could test
 */
export function crossValidated(
  points: Float32Array,
  k: number,
  classes: Int32Array,
  groups: Int32Array,
  nGenres: number,
  seed: number,
): Float32Array {
  const out = new Float32Array(classes.length * nGenres).fill(Number.NaN);
  const folds = groupedFolds(classes, groups, N_FOLDS, seed);
  for (let fold = 0; fold < N_FOLDS; fold++) {
    const tested = [...folds.keys()].filter((i) => folds[i] === fold);
    const learned = [...folds.keys()].filter((i) => folds[i] !== fold);
    const known = Int32Array.from(learned, (i) => classes[i]!);
    if (tested.length === 0 || new Set(known).size < 2) continue;
    const fit = fitLightModel(points, k, learned, known, nGenres);
    for (const i of tested) out.set(lightProbabilities(fit, points, k, i), i * nGenres);
  }
  return out;
}
