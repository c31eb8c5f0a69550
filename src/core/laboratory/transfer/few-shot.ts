// How far a few labels reach: so many of each genre drawn at random, a head on them, tested on all other recordings.
import type { LabTable } from '../../domain/laboratory.ts';
import { createRandom, shuffledOrder } from '../../training/random.ts';
import { figureOf, foldOf, published, type Study, scoresOf } from '../study.ts';
import { inGroups, stepPiece, workThrough } from '../work.ts';
import { featuresOf, KIND_NAMES, type Kinds } from './fine-tuning.ts';

const LABELS = [1, 3, 5, 10, 20];
const N_DRAWS = 10;
const QUICK = { labels: [1, 2], nDraws: 2 };
const BASELINE = [0.3, 0.43, 0.48, 0.55, 0.62];
const BASELINE_SOURCE = '350 librosa descriptors and a support vector classifier, on 399 excerpts of 2 to 3 s of ten genres';

/** Combining is what the application does: it too takes scales and directions from the tracks without labels. */
const WAYS: readonly { name: string; kinds: Kinds; usesUnlabelled: boolean }[] = [
  { name: `${KIND_NAMES.all}, as the application learns`, kinds: 'all', usesUnlabelled: true },
  ...(['all', 'descriptors', 'embedding'] as const).map((kinds) => ({
    name: `${KIND_NAMES[kinds]}, labelled tracks only`,
    kinds,
    usesUnlabelled: false,
  })),
];

/** Null when no genre has enough recordings for a single label and a test. */
export async function fewShotTable(study: Study): Promise<LabTable | null> {
  const { context, request } = study;
  const { labels, nDraws } = request.isQuick ? QUICK : { labels: LABELS, nDraws: N_DRAWS };
  const columns = labels.filter((k) => k < smallestGenre(study));
  if (columns.length === 0) return null;
  const asked = WAYS.flatMap((way) => {
    const features = featuresOf(study, 'windows', way.kinds);
    return columns.flatMap((k) =>
      Array.from({ length: nDraws }, (_, draw) => {
        const { learned, tested } = drawLabels(study, k, draw);
        const { name, usesUnlabelled } = way;
        const step = { name: 'head' as const, ...foldOf(study, learned, tested), features, usesUnlabelled, joins: false };
        return { tested, piece: stepPiece(`${k} labels of each genre, ${name}`, step, context) };
      }),
    );
  });
  const results = await workThrough(
    asked.map(({ piece }) => piece),
    context,
  );
  const accuracies = results.map(({ byRule }, i) => scoresOf(study, asked[i]!.tested, byRule.mean!).accuracy);
  const figures = inGroups(inGroups(accuracies, nDraws).map(figureOf), columns.length);
  const baseline = columns.map((k) => (LABELS.includes(k) ? published(BASELINE[LABELS.indexOf(k)]!) : null));
  return {
    id: 'few-shot',
    title: `Accuracy from a few labels (${nDraws} draws, tested on all other recordings)`,
    axis: 'Labels of each genre',
    columns: columns.map(String),
    rows: [
      ...WAYS.map(({ name }, i) => ({ name, figures: figures[i]!, source: null })),
      { name: 'Baseline', figures: baseline, source: BASELINE_SOURCE },
    ],
  };
}

/** k tracks of each genre, of as many artists as there are; tracks of the drawn artists are not tested. */
export function drawLabels(
  { classes, groups, genres, request }: Pick<Study, 'classes' | 'groups' | 'genres' | 'request'>,
  k: number,
  draw: number,
): { learned: Int32Array; tested: Int32Array } {
  const order = shuffledOrder(classes.length, createRandom(1000 * request.seed + 100 * draw + k));
  const left = new Int32Array(genres.length).fill(k);
  const taken = new Set<number>();
  const learned = order.filter((track) => {
    const genre = classes[track]!;
    if (left[genre]! === 0 || taken.has(groups[track]!)) return false;
    taken.add(groups[track]!);
    left[genre] = left[genre]! - 1;
    return true;
  });
  const tested = Int32Array.from([...classes.keys()].filter((track) => !taken.has(groups[track]!)));
  return { learned: learned.sort(), tested };
}

/** Artists of the genre that has fewest. */
function smallestGenre({ classes, groups }: Study): number {
  const byClass = Map.groupBy(classes.keys(), (i) => classes[i]!);
  return Math.min(...[...byClass.values()].map((members) => new Set(members.map((i) => groups[i]!)).size));
}
