// What genre a track sounds like along its time: the windows' scores, blended between the middles of neighbouring windows.
import type { WindowScores } from '../../contract/index.ts';

export interface GenreMoment {
  name: string;
  /** 0..1 */
  probability: number;
}

/** @param windows in their order in time @returns the likeliest genre at each of `count` even places; empty without windows */
export function genreCourse(windows: readonly WindowScores[], durationSec: number, count: number): GenreMoment[] {
  if (windows.length === 0 || durationSec <= 0) return [];
  return Array.from({ length: count }, (_, place) => likeliest(scoresAt(windows, ((place + 0.5) / count) * durationSec)));
}

/** Before the first middle and after the last one their scores stay. */
export function scoresAt(windows: readonly WindowScores[], atSec: number): Record<string, number> {
  const middles = windows.map(({ startSec, lengthSec }) => startSec + lengthSec / 2);
  const after = middles.findIndex((middle) => middle > atSec);
  if (after === 0) return windows[0]!.scores;
  if (after < 0) return windows.at(-1)!.scores;
  const [left, right] = [windows[after - 1]!.scores, windows[after]!.scores];
  const share = (atSec - middles[after - 1]!) / (middles[after]! - middles[after - 1]!);
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, (1 - share) * (left[name] ?? 0) + share * (right[name] ?? 0)]));
}

export function likeliest(scores: Record<string, number>): GenreMoment {
  let best: GenreMoment = { name: '', probability: 0 };
  for (const [name, probability] of Object.entries(scores)) if (probability > best.probability) best = { name, probability };
  return best;
}
