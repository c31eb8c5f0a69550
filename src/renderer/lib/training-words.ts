// Trainings and their figures in words.
import type { JoinRule, ModelDetail, TrainProgress } from '../../contract/index.ts';
import { formatPercent } from './format.ts';

export const STAGE_NAMES: Record<TrainProgress['stage'], string> = {
  listen: 'Listening to the labelled tracks',
  finetune: 'Training the network',
  embed: 'Hearing with the new network',
  head: 'Learning your genres',
  evaluate: 'Testing',
  done: 'Done',
};

export const JOIN_NAMES: Record<JoinRule, string> = {
  mean: 'mean',
  geometricMean: 'geometric mean',
  majorityVote: 'majority vote',
  nearestNeighbours: 'nearest neighbours',
};

/** "better beyond chance (p < 0.001)" */
export function chanceInWords(p: number): string {
  const shown = p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
  return p < 0.05 ? `a difference beyond chance (${shown})` : `a difference that may be chance (${shown})`;
}

/** What a person most wants to know of a new model, in one sentence. */
export function headline({ evaluation }: ModelDetail): string {
  if (!evaluation) return 'The model that came with Stemscape. It was not trained on your labels.';
  const right = `Right for ${formatPercent(evaluation.accuracy)} of the tracks it had not learned from`;
  const { comparison } = evaluation;
  if (!comparison) return `${right}.`;
  return `${right}; ${comparison.otherName}: ${formatPercent(comparison.otherAccuracy)}, ${chanceInWords(comparison.pValue)}.`;
}
