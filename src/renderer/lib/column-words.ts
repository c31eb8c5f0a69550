// The columns of a track list in words.
import type { ColumnId } from '../elements/track-columns.ts';
import { t } from './language.ts';

export function columnName(id: ColumnId): string {
  return t(`library.column_${id}`);
}

/** The whole word where the heading is short. */
export function columnHint(id: ColumnId): string {
  return t(`library.columnHint_${id}`);
}
