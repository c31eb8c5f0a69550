// Why a track has its genre, in words: what each stem adds to the genre's probability, in percentage points.
import type { Explanation } from '../../contract/index.ts';
import { t } from './language.ts';

/** A smaller change of the probability is not worth a word. */
const NOTABLE = 0.05;

/** "It is mostly the drums that say Jazz; the voices speak against it." */
export function verdictSentence({ genre, stems }: Pick<Explanation, 'genre' | 'stems'>): string {
  const strongest = stems.at(0);
  const weakest = stems.at(-1);
  const reason = reasonFor(genre, strongest);
  if (!weakest || weakest.contribution > -NOTABLE) return t('why.verdict', { reason });
  return t('why.verdictAgainst', { reason, stem: weakest.stem });
}

function reasonFor(genre: string, strongest: Explanation['stems'][number] | undefined): string {
  if (!strongest || strongest.contribution < NOTABLE) return t('why.together', { genre });
  const { stem, genreWithout } = strongest;
  return genreWithout === genre
    ? t('why.mostly', { stem, genre })
    : t('why.mostlyTurned', { stem, genre, instead: genreWithout });
}

/** 0.34 -> "+34", -0.08 -> "−8" */
export function signedPoints(contribution: number): string {
  const points = Math.round(100 * Math.abs(contribution));
  if (points === 0) return '0';
  return `${contribution < 0 ? '−' : '+'}${points}`;
}

/** "speaks for Jazz by 34 points" */
export function pointsInWords(contribution: number, genre: string): string {
  const n = Math.round(100 * Math.abs(contribution));
  if (n === 0) return t('why.saysNothing', { genre });
  return contribution < 0 ? t('why.speaksAgainst', { genre, n }) : t('why.speaksFor', { genre, n });
}
