// What a training learns from: of each track the labels of its strongest origin among those asked for.
import { expect, test } from 'vitest';
import { NO_TAGS } from '../../../src/core/db/track-row.ts';
import type { LabelOrigin } from '../../../src/core/domain/label.ts';
import { labelsForTraining } from '../../../src/core/labels/training-labels.ts';
import { openTempLibrary } from '../library/fixture.ts';

function desk() {
  const db = openTempLibrary();
  for (let i = 1; i <= 4; i++) {
    const id = db.tracks.insert({ path: `/${i}`, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `${i}` }, 1);
    if (i < 4) db.tracks.setTags(id, { ...NO_TAGS, genres: ['rock/Pop'] });
  }
  db.labels.set(1, ['Ska', 'Dub'], 'hand', 1);
  db.labels.set(1, ['Jazz'], 'import', 1);
  db.labels.set(2, ['Jazz', 'Blues'], 'import', 1);
  return (...origins: LabelOrigin[]) =>
    labelsForTraining(db, origins).map(({ trackId, origin, genres }) => [trackId, origin, genres]);
}

test('the strongest origin hides the others; a track without any is left out', () => {
  expect(desk()('tag', 'hand', 'import')).toEqual([
    [1, 'hand', ['Ska', 'Dub']],
    [2, 'import', ['Jazz', 'Blues']],
    [3, 'tag', ['Rock', 'Pop']],
  ]);
});

test('origins that are not asked for do not count', () => {
  const labels = desk();
  expect(labels('hand')).toEqual([[1, 'hand', ['Ska', 'Dub']]]);
  expect(labels('import')).toEqual([
    [1, 'import', ['Jazz']],
    [2, 'import', ['Jazz', 'Blues']],
  ]);
  expect(labels('tag').map(([id]) => id)).toEqual([1, 2, 3]);
  expect(labels()).toEqual([]);
});
