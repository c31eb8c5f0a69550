// What a training found out, as lines for a terminal.
import type { ModelComparison, ModelSummary } from '../core/domain/model.ts';
import type { Evaluation, TrainPlan } from '../core/domain/training.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function planLines(plan: TrainPlan): string[] {
  const lines = [`${plan.nTracks} labelled tracks of ${plan.genres.length} genres`];
  for (const { name, nTracks } of plan.genres) lines.push(`  ${name}: ${nTracks}`);
  for (const { name, nTracks, reason } of plan.leftOut) lines.push(`  left out: ${name} (${nTracks}). ${reason}`);
  if (plan.nUnheard > 0) lines.push(`  ${plan.nUnheard} labelled tracks have not been analysed and are left out.`);
  return lines;
}

export function evaluationLines(evaluation: Evaluation): string[] {
  return [
    ...headlines(evaluation),
    ...genreTable(evaluation),
    ...joinLines(evaluation),
    ...curveLines(evaluation),
    ...pairLines(evaluation),
    ...comparisonLines(evaluation),
  ];
}

function headlines(evaluation: Evaluation): string[] {
  const { method, nFolds, nTracks, nGroups, accuracy, accuracyLow, accuracyHigh, macroF1, calibrationError } = evaluation;
  const how = method === 'hold-out' ? 'on tracks held out of the training' : `in ${nFolds} folds, each on tracks it had not seen`;
  return [
    `Tested ${how}: ${nTracks} tracks of ${nGroups} artists or albums, none on both sides`,
    `  accuracy ${percent(accuracy)} (95 % interval ${percent(accuracyLow)} to ${percent(accuracyHigh)}), macro F1 ${percent(macroF1)}`,
    `  calibration error ${percent(calibrationError)}`,
    `  says "unknown" for ${percent(evaluation.unknownShare)}; of the rest ${percent(evaluation.accuracyOfKnown)} are right`,
  ];
}

function genreTable({ perGenre }: Evaluation): string[] {
  const width = Math.max(5, ...perGenre.map(({ name }) => name.length));
  const cell = (text: string) => text.padStart(10);
  const row = (name: string, cells: string[]) => `  ${name.padEnd(width)}${cells.map(cell).join('')}`;
  const lines = perGenre.map(({ name, nTracks, precision, recall, f1 }) =>
    row(name, [String(nTracks), ...(nTracks > 0 ? [precision, recall, f1].map(percent) : ['not tested', '', ''])]),
  );
  return [row('genre', ['tracks', 'precision', 'recall', 'F1']), ...lines];
}

function joinLines({ joins }: Evaluation): string[] {
  const names = {
    mean: 'mean',
    geometricMean: 'geometric mean',
    majorityVote: 'majority vote',
    nearestNeighbours: 'nearest neighbours',
  };
  return joins.length < 2
    ? []
    : [`Windows joined by: ${joins.map(({ rule, accuracy }) => `${names[rule]} ${percent(accuracy)}`).join(', ')}`];
}

function curveLines({ learningCurve, gains }: Evaluation): string[] {
  const curve = learningCurve.map(({ nTracks, accuracy }) => `${nTracks}: ${percent(accuracy)}`);
  const lines = curve.length > 0 ? [`Accuracy by number of labels: ${curve.join(', ')}`] : [];
  for (const { genre, moreLabels, points } of gains.filter((gain) => gain.points >= 0.5).slice(0, 3))
    lines.push(`  ${moreLabels} more labels of ${genre} would bring about +${points.toFixed(1)} points`);
  return lines;
}

function pairLines({ hardestPairs }: Evaluation): string[] {
  const pairs = hardestPairs.slice(0, 5).map(({ a, b, nConfused }) => `${a} and ${b} (${nConfused})`);
  return pairs.length > 0 ? [`Confused most: ${pairs.join(', ')}`] : [];
}

function comparisonLines({ comparison, accuracy }: Evaluation): string[] {
  if (comparison === null) return [];
  const { otherName, otherAccuracy, otherMacroF1, onlyThisRight, onlyOtherRight, pValue } = comparison;
  return [
    `Beside ${otherName} on the same tracks: ${percent(accuracy)} against ${percent(otherAccuracy)} (macro F1 ${percent(otherMacroF1)})`,
    `  only this one right: ${onlyThisRight}, only the other: ${onlyOtherRight}; ${significance(pValue)}`,
  ];
}

function significance(pValue: number): string {
  const p = pValue < 0.001 ? 'p < 0.001' : `p = ${pValue.toFixed(3)}`;
  return pValue < 0.05 ? `the difference is real (${p})` : `the difference may be chance (${p})`;
}

export function modelLine({ id, name, isActive, nTracks, genres, accuracy, nToHear }: ModelSummary): string {
  const figures =
    accuracy === null ? `${genres.length} genres` : `${genres.length} genres, ${nTracks} labels, accuracy ${percent(accuracy)}`;
  const hear = nToHear > 0 ? `, ${nToHear} tracks to hear first` : '';
  return `${isActive ? '*' : ' '} ${id.padEnd(12)} ${name}: ${figures}${hear}`;
}

export function modelComparisonLines(comparison: ModelComparison): string[] {
  const { a, b, nDifferent, nTracks, nShared, accuracyA, accuracyB, onlyARight, onlyBRight, pValue, shifts } = comparison;
  const lines = [`A: ${a.name}`, `B: ${b.name}`, `They say something else of ${nDifferent} of ${nTracks} tracks.`];
  if (nShared === 0 || accuracyA === null || accuracyB === null || pValue === null) {
    lines.push('There are no labelled tracks that both were tested on.');
  } else {
    lines.push(
      `On ${nShared} labelled tracks that neither had seen: A ${percent(accuracyA)}, B ${percent(accuracyB)}`,
      `  only A right: ${onlyARight}, only B right: ${onlyBRight}; ${significance(pValue)}`,
    );
  }
  for (const { genre, nA, nB } of shifts) if (nA !== nB) lines.push(`  ${genre}: ${nA} -> ${nB}`);
  return lines;
}
