// The four stems' names and their colours in the style sheet.
import type { Source } from '../../contract/index.ts';

export const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  mixture: 'Full mix',
  bass: 'Bass',
  drums: 'Drums',
  other: 'Other',
  vocals: 'Vocals',
};

export function sourceColour(source: Source): string {
  return source === 'mixture' ? 'var(--accent)' : `var(--stem-${source})`;
}
