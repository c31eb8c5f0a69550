// Trainings and their figures in words.
import {
  BUNDLED_MODEL_ID,
  type JoinRule,
  type ModelDetail,
  type ModelSummary,
  type Suggestion,
  type TrainMode,
} from '../../contract/index.ts';
import { formatCount, formatPercent } from './format.ts';
import { dateLocale, t } from './language.ts';

export function joinName(rule: JoinRule): string {
  return t(`teach.join_${rule}`);
}

/** The bundled model is named in the window's language, the others as a person named them. */
export function modelName({ id, name }: Pick<ModelSummary, 'id' | 'name'>): string {
  return id === BUNDLED_MODEL_ID ? t('teach.bundledModel') : name;
}

/** "Quick, 21 Nov, 214 labels": the name of a model that its owner gave none. */
export function unnamedModel(mode: TrainMode, atMs: number, nLabels: number): string {
  const date = new Date(atMs).toLocaleDateString(dateLocale(), { day: 'numeric', month: 'short' });
  return t(`teach.named_${mode}`, { date, n: nLabels });
}

/** "a difference beyond chance (p < 0.001)" */
export function chanceInWords(p: number): string {
  const shown = p < 0.001 ? `p < ${formatCount(0.001, 3)}` : `p = ${formatCount(p, 3)}`;
  return t(p < 0.05 ? 'teach.beyondChance' : 'teach.maybeChance', { p: shown });
}

/** What a person most wants to know of a new model, in one sentence. */
export function headline({ evaluation }: ModelDetail): string {
  if (!evaluation) return t('teach.headBundled');
  const percent = formatPercent(evaluation.accuracy);
  const { comparison } = evaluation;
  if (!comparison) return t('teach.headAlone', { percent });
  const { otherName: other, otherAccuracy, pValue } = comparison;
  const otherPercent = formatPercent(otherAccuracy);
  return t('teach.headAgainst', { percent, other, otherPercent, chance: chanceInWords(pValue) });
}

/** Why the queue asks about a track. */
export function whyAsked({ why, nAlike, guesses }: Suggestion): string {
  return t(`teach.why_${why}`, { n: nAlike, first: guesses[0]?.name ?? '', second: guesses[1]?.name ?? '' });
}
