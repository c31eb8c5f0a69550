// The four stems' names and their colours in the style sheet.
import type { Source } from '../../contract/index.ts';
import { t } from './language.ts';

/** "Full mix", "Drums". */
export function sourceName(source: Source): string {
  return t(`track.source_${source}`);
}

/** The same inside a sentence: "full mix", "drums". */
export function sourceNameInside(source: Source): string {
  return t(`track.sourceInside_${source}`);
}

export function sourceColour(source: Source): string {
  return source === 'mixture' ? 'var(--accent)' : `var(--stem-${source})`;
}
