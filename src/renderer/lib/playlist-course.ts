// How tempo and energy run along a playlist, as shapes for a small drawing of width 1 a track.

import type { Course } from '../state/playlist-places.svelte.ts';
import { t } from './language.ts';

export interface CourseShapes {
  /** SVG path of the energies as steps from the ground, 0..1 upwards to y = 0. */
  energy: string;
  /** SVG path of the tempi, broken where one is not known. */
  tempo: string;
  slowestBpm: number | null;
  fastestBpm: number | null;
}

/** Room above and below the tempo line, as a share of the height. */
const MARGIN = 0.12;

/** @param height of the drawing in its own units */
export function courseShapes(course: readonly Course[], height: number): CourseShapes {
  const tempi = course.flatMap(({ tempoBpm }) => tempoBpm ?? []);
  const slowest = Math.min(...tempi);
  const fastest = Math.max(...tempi);
  const y = (share: number): number => Number((height * (1 - MARGIN - share * (1 - 2 * MARGIN))).toFixed(2));
  const tempoAt = (bpm: number): number =>
    fastest > slowest ? y(Math.log2(bpm / slowest) / Math.log2(fastest / slowest)) : y(0.5);
  const steps = course.map(
    ({ energy }, i) => `M${i + 0.08} ${height}V${(height * (1 - (energy ?? 0))).toFixed(2)}H${i + 0.92}V${height}`,
  );
  const line = course.map(({ tempoBpm }, i) => {
    if (tempoBpm === null) return '';
    const isJoined = i > 0 && course[i - 1]!.tempoBpm !== null;
    return `${isJoined ? 'L' : 'M'}${i + 0.5} ${tempoAt(tempoBpm)}`;
  });
  return {
    energy: steps.join(''),
    tempo: line.join(''),
    slowestBpm: tempi.length > 0 ? slowest : null,
    fastestBpm: tempi.length > 0 ? fastest : null,
  };
}

/** The same in words: where it begins and ends, and its range. */
export function courseWords(course: readonly Course[]): string {
  const energies = course.flatMap(({ energy }) => energy ?? []);
  const tempi = course.flatMap(({ tempoBpm }) => tempoBpm ?? []);
  return t('playlists.course', {
    energy: t('playlists.courseEnergy', ends(energies.map((energy) => 100 * energy))),
    tempo: t('playlists.courseTempo', ends(tempi)),
  });
}

function ends(values: readonly number[]) {
  const rounded = values.map(Math.round);
  return { known: values.length > 0 ? 'yes' : 'no', from: rounded[0] ?? '', to: rounded.at(-1) ?? '' };
}
