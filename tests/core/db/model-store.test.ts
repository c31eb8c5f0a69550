// The registry of models: what goes in comes out, and the history of use leads back.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../../src/core/db/open.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { sampleModel } from '../../support/sample-model.ts';
import { tempDir } from '../../support/temp-dir.ts';

const open = () => openLibrary(join(tempDir(), 'library.db'), { logger: SILENT_LOGGER });

describe('the registry of models', () => {
  it('gives back what it was given, newest first', () => {
    const db = open();
    const older = sampleModel({ id: 'a', createdAtMs: 1 });
    const newer = sampleModel({ id: 'b', createdAtMs: 2 });
    db.models.add(older);
    db.models.add(newer);
    expect(db.models.list().map(({ id }) => id)).toEqual(['b', 'a']);
    const back = db.models.whole('a')!;
    expect({ ...back, head: [...back.head] }).toEqual({ ...older, head: [...older.head] });
    expect(db.models.get('nothing')).toBeNull();
    db.close();
  });

  it('gives back verdicts by track', () => {
    const db = open();
    db.models.add(
      sampleModel({ id: 'a', outOfFoldTracks: Int32Array.of(7, 9), outOfFold: Float32Array.of(0.5, 0.5, 0.25, 0.75) }),
    );
    expect(db.models.outOfFold('a')).toEqual({
      genres: ['Jazz', 'Rock'],
      trackIds: Int32Array.of(7, 9),
      probabilities: Float32Array.of(0.5, 0.5, 0.25, 0.75),
    });
    db.close();
  });

  it('knows which one is in use, and which was before', () => {
    const db = open();
    for (const id of ['a', 'b']) db.models.add(sampleModel({ id }));
    expect([db.models.activeId(), db.models.previousId()]).toEqual(['bundled', null]);
    db.models.setActive('a', 1);
    db.models.setActive('b', 2);
    db.models.setActive('b', 3);
    expect([db.models.activeId(), db.models.previousId()]).toEqual(['b', 'a']);
    db.models.dropLatestUse();
    expect([db.models.activeId(), db.models.previousId()]).toEqual(['a', 'bundled']);
    db.models.dropLatestUse();
    expect([db.models.activeId(), db.models.previousId()]).toEqual(['bundled', null]);
    db.close();
  });

  it('forgets a removed model in the history too', () => {
    const db = open();
    for (const id of ['a', 'b']) db.models.add(sampleModel({ id }));
    for (const [at, id] of ['a', 'b', 'a'].entries()) db.models.setActive(id, at);
    db.models.remove('b');
    expect([db.models.activeId(), db.models.previousId()]).toEqual(['a', 'bundled']);
    db.close();
  });
});
