// What the tests of export and import share: a scanned library and its playlists, as the services see them.

import { type ExportChoice, exportChoiceSchema } from '../../../src/core/domain/playlist-files.ts';
import type { SmartRules } from '../../../src/core/domain/smart-rules.ts';
import { createAutoPlaylists } from '../../../src/core/playlists/auto-genre.ts';
import type { ExportLibrary } from '../../../src/core/playlists/export/render-playlist.ts';
import { createDesk } from '../library/fixture.ts';

export const JAZZ = 'genre:jazz';

export const choice = (changes: Partial<ExportChoice> = {}): ExportChoice => ({ ...exportChoiceSchema.parse({}), ...changes });

/** Files of these names, all of them jazz. */
export async function jazzLibrary(...names: string[]) {
  const desk = createDesk();
  for (const [i, name] of names.entries()) desk.add(name, i, { title: `Song ${i}`, artist: 'Ann' });
  await desk.scan();
  const state = { rules: null as SmartRules | null };
  const library: ExportLibrary = {
    playlists: createAutoPlaylists(desk.db, () => 0.5),
    rules: () => state.rules,
    roots: () => [desk.music],
  };
  return Object.assign(state, { ...desk, library });
}
