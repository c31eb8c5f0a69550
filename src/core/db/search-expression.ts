// What a person types as an FTS5 query: every word a prefix, any order, nothing of FTS5's own syntax.

/** null when there is no word in it: then nothing is filtered. */
export function matchExpression(search: string): string | null {
  const words = search.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu);
  return words === null ? null : words.map((word) => `"${word}"*`).join(' ');
}
