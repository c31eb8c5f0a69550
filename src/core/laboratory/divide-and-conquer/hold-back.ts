// What a fold learns from, once more divided: most of it to learn, a part to choose the epoch by.
import { groupedFolds } from '../../training/evaluation/grouped-folds.ts';
import { pickClasses } from '../rows.ts';
import type { Study } from '../study.ts';

const N_PARTS = 5;

/** Int32Array each, places of recordings. */
export interface Sides {
  learned: Int32Array;
  /** Empty where a genre has too few recordings to be on both sides. */
  checked: Int32Array;
  tested: Int32Array;
}

export function holdBack(
  { split, classes, groups, request }: Pick<Study, 'split' | 'classes' | 'groups' | 'request'>,
  fold: number,
): Sides {
  const { learned, tested } = split.folds[fold]!;
  const own = pickClasses(classes, learned);
  const parts = groupedFolds(own, pickClasses(groups, learned), N_PARTS, request.seed + fold);
  const [kept, checked] = [learned.filter((_, i) => parts[i] !== 0), learned.filter((_, i) => parts[i] === 0)];
  const nGenres = (places: Int32Array) => new Set(pickClasses(classes, places)).size;
  const isWhole = nGenres(kept) === nGenres(learned) && nGenres(checked) === nGenres(learned);
  return isWhole ? { learned: kept, checked, tested } : { learned, checked: new Int32Array(0), tested };
}
