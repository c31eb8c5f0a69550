// What a stem adds to a genre's probability, in percentage points.

/** 0.34 -> "+34", -0.08 -> "−8" */
export function signedPoints(contribution: number): string {
  const points = Math.round(100 * Math.abs(contribution));
  if (points === 0) return '0';
  return `${contribution < 0 ? '−' : '+'}${points}`;
}

/** "speaks for Jazz by 34 points" */
export function pointsInWords(contribution: number, genre: string): string {
  const points = Math.round(100 * Math.abs(contribution));
  if (points === 0) return `says nothing of ${genre}`;
  return `speaks ${contribution < 0 ? 'against' : 'for'} ${genre} by ${points} ${points === 1 ? 'point' : 'points'}`;
}
