// A genre's colour, as a hue: lightness and chroma come from the theme, so every genre reads equally well in both.

/** Neighbours in sound are neighbours in hue: acoustic in greens, band music in reds, machines in blues and violets. */
const HUES: Readonly<Record<string, number>> = {
  ambient: 205,
  blues: 255,
  classical: 85,
  country: 62,
  disco: 330,
  drumandbass: 290,
  electronic: 225,
  folk: 128,
  hiphop: 48,
  jazz: 310,
  metal: 12,
  pop: 352,
  reggae: 150,
  rock: 28,
  soul: 70,
  funk: 100,
  house: 240,
  techno: 270,
  latin: 38,
  punk: 5,
  world: 175,
};

/** Hue in degrees for OKLCH; the same name always has the same colour, known or not. */
export function genreHue(name: string): number {
  const key = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const known = HUES[key];
  if (known !== undefined) return known;
  let hash = 2166136261;
  for (const char of key) hash = Math.imul(hash ^ char.codePointAt(0)!, 16777619) >>> 0;
  return hash % 360;
}

/** Scores from the most to the least probable. */
export function rankScores(scores: Record<string, number>): { name: string; score: number }[] {
  return Object.entries(scores)
    .map(([name, score]) => ({ name, score }))
    .sort((a, b) => b.score - a.score || a.name.localeCompare(b.name));
}
