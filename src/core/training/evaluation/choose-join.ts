// Which way of joining windows the cross-validation prefers.
import { type Evaluation, JOIN_RULES, type JoinRule } from '../../domain/training.ts';
import { accuracyOf, guessesOf, macroF1Of } from './metrics.ts';

/** Accuracy and macro F1 of each rule on the tested tracks. */
export function joinFigures(
  byRule: ReadonlyMap<JoinRule, Float32Array>,
  tested: readonly number[],
  classes: Int32Array,
  nGenres: number,
): Evaluation['joins'] {
  const labels = Int32Array.from(tested, (track) => classes[track]!);
  return JOIN_RULES.map((rule) => {
    const guesses = guessesOf(byRule.get(rule)!, nGenres);
    const guessed = Int32Array.from(tested, (track) => guesses[track]!);
    return { rule, accuracy: accuracyOf(labels, guessed), macroF1: macroF1Of(labels, guessed, nGenres) };
  });
}

/** A lead over the mean of so many standard errors of the paired difference is more than luck. */
const LEAD_ERRORS = 2;

/** The most accurate rule, but the mean unless the lead over it is more than luck. */
export function preferredJoin(
  byRule: ReadonlyMap<JoinRule, Float32Array>,
  figures: Evaluation['joins'],
  tested: readonly number[],
  classes: Int32Array,
  nGenres: number,
): JoinRule {
  const best = figures.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  const [means, bests] = [byRule.get('mean')!, byRule.get(best.rule)!].map((probabilities) => guessesOf(probabilities, nGenres));
  const isRight = (guesses: Int32Array, track: number) => guesses[track] === classes[track];
  const nDifferent = tested.filter((track) => isRight(means!, track) !== isRight(bests!, track)).length;
  const lead = (best.accuracy - figures.find(({ rule }) => rule === 'mean')!.accuracy) * tested.length;
  return lead > LEAD_ERRORS * Math.sqrt(nDifferent) ? best.rule : 'mean';
}
