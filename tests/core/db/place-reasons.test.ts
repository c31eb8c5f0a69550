// Reasons of places come back as they were stored, also those that an older version stored as sentences.
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openLibrary } from '../../../src/core/db/open.ts';
import type { PlaceReason } from '../../../src/core/domain/place-reason.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { tempDir } from '../../support/temp-dir.ts';

const LIST = { id: null, name: 'Mix', kind: 'recipe', recipeJson: null, createdAtMs: 1, changedAtMs: 1 } as const;

test('codes, sentences and nothing', () => {
  const file = `${tempDir()}/library.sqlite`;
  const db = openLibrary(file, { logger: SILENT_LOGGER });
  onTestFinished(() => db.close());
  const path = (n: number) => `/${n}.mp3`;
  const trackIds = [1, 2, 3].map((n) =>
    db.tracks.insert({ path: path(n), rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: null }, 1),
  );
  const codes: PlaceReason[] = [{ code: 'neverPlayed' }, { code: 'corner', nPlayed: 0, nTracks: 3 }];
  const id = db.playlists.insert(LIST);
  const places = db.playlists.placesOf(trackIds.map((trackId, i) => ({ trackId, reasons: i === 0 ? codes : [] })));
  db.playlists.splice(id, 0, 0, places);
  db.playlistHistory.record(
    { deed: { code: 'made', name: 'Mix' }, playlistId: id, before: null, after: { playlist: { ...LIST, id }, at: 0, places } },
    1,
  );

  const older = new Database(file);
  older.prepare('UPDATE playlist_track SET reason = ? WHERE position = 1').run('[Rock], 80 % sure.');
  older.prepare(`UPDATE playlist_action SET sentence = 'Made “Mix”'`).run();
  older.prepare(`UPDATE playlist_action SET after_json = replace(after_json, '"reasons":[]', '"reason":"You chose it."')`).run();
  older.close();

  expect(db.playlists.places(id).map(({ reasons }) => reasons)).toEqual([
    codes,
    [{ code: 'said', text: '[Rock], 80 % sure.' }],
    [],
  ]);
  expect(db.playlistHistory.history().undo).toEqual({ code: 'said', text: 'Made “Mix”' });
  const said = [{ code: 'said', text: 'You chose it.' }];
  expect(db.playlistHistory.nextUndo()?.after?.places.map(({ reasons }) => reasons)).toEqual([codes, said, said]);
});
