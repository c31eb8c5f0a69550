// What each export is called, and where the program that reads it takes it.
import type { LinkKind, PlaylistFormat } from '../../contract/index.ts';
import { t } from './language.ts';

/** A format, or a folder of links or copies. */
export type ExportKind = PlaylistFormat | LinkKind;

/** Names that are the same in every language. */
const FORMATS = {
  m3u8: 'M3U8',
  m3u: 'M3U',
  pls: 'PLS',
  xspf: 'XSPF',
  jspf: 'JSPF',
  csv: 'CSV',
  itunes: 'iTunes XML',
  rekordbox: 'rekordbox XML',
  traktor: 'Traktor NML',
} as const satisfies Partial<Record<ExportKind, string>>;

const UNHINTED = ['m3u8', 'pls', 'xspf', 'jspf', 'csv'] as const satisfies ExportKind[];

export function exportName(kind: ExportKind): string {
  return isFormat(kind) ? FORMATS[kind] : t(`exporting.name_${kind}`);
}

/** A sentence for those who have not used it yet; null where there is nothing to know. */
export function exportHint(kind: ExportKind): string | null {
  return isUnhinted(kind) ? null : t(`exporting.hint_${kind}`);
}

function isFormat(kind: ExportKind): kind is keyof typeof FORMATS {
  return kind in FORMATS;
}

function isUnhinted(kind: ExportKind): kind is (typeof UNHINTED)[number] {
  return UNHINTED.some((known) => known === kind);
}
