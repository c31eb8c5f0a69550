// Cost and width of a support vector classifier, chosen by cross-validation inside the rows it learns from.
import { groupedFolds } from '../../training/evaluation/grouped-folds.ts';
import { learningSide, testSide } from '../../training/head/fit-linear.ts';
import { type DistanceTable, guessBySvc, type SvcSettings } from './support-vectors.ts';

const COSTS = [1, 4, 16, 64];
/** Of 1 / (dimensions x variance). */
const GAMMA_FACTORS = [0.25, 1, 4];
const N_FOLDS = 3;
export const FIRST_SVC = { cost: 4, gammaFactor: 1 };

export interface ChosenSvc extends SvcSettings {
  gammaFactor: number;
}

/** Of equals the lower cost, then the wider kernel. @param learned rows of the table; no other row is looked at */
export async function chooseSvc(
  table: DistanceTable,
  classes: Int32Array,
  groups: Int32Array,
  learned: Int32Array,
  seed: number,
  onProgress: () => void = () => {},
): Promise<ChosenSvc> {
  const [own, ownGroups] = [classes, groups].map((values) => Int32Array.from(learned, (id) => values[id]!)) as [
    Int32Array,
    Int32Array,
  ];
  const folds = groupedFolds(own, ownGroups, N_FOLDS, seed);
  const base = 1 / Math.max(Number.EPSILON, table.k * table.variance);
  const first = { ...FIRST_SVC, gamma: FIRST_SVC.gammaFactor * base };
  let best: ChosenSvc & { nRight: number } = { ...first, nRight: 0 };
  for (const cost of COSTS) {
    for (const gammaFactor of GAMMA_FACTORS) {
      const gamma = gammaFactor * base;
      let nRight = 0;
      for (let fold = 0; fold < N_FOLDS; fold++) {
        const fitted = Int32Array.from(learningSide(folds, own, fold), (i) => learned[i]!);
        const tested = Int32Array.from(testSide(folds, fold), (i) => learned[i]!);
        if (tested.length === 0) continue;
        const guesses = await guessBySvc(table, classes, fitted, tested, { cost, gamma });
        nRight += guesses.reduce((sum, guess, i) => sum + (guess === classes[tested[i]!] ? 1 : 0), 0);
      }
      onProgress();
      if (nRight > best.nRight) best = { cost, gammaFactor, gamma, nRight };
    }
  }
  const { cost, gamma, gammaFactor } = best;
  return { cost, gamma, gammaFactor };
}
