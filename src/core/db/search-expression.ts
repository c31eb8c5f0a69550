// What a person types as a search: every word a prefix, any order, nothing of FTS5's own syntax. Words that begin a genre's
// word also find the tracks of that genre; genres change with every label and model, so the search index does not hold them.

/** Words as typed. */
export function searchWords(search: string): string[] {
  return search.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** null when there is no word: then nothing is filtered. */
export function matchExpression(words: readonly string[]): string | null {
  return words.length === 0 ? null : `{title artist album path} : (${words.map((word) => `"${word}"*`).join(' ')})`;
}

/** Whether one of the genre's words begins with this one, whatever case and accents. */
export function beginsWordOf(genre: string, word: string): boolean {
  const wanted = folded(word);
  return searchWords(folded(genre)).some((part) => part.startsWith(wanted));
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
