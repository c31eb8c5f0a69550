// A person's own labels as a dataset; who made a track is known from its tags.
import type { LibraryDb } from '../../db/open.ts';
import { labelsForTraining } from '../../labels/training-labels.ts';
import { groupTracks } from '../../models/track-groups.ts';
import type { LabTrack } from './dataset.ts';

/** Tracks labelled by hand or by an imported list, by id; the primary genre counts. */
export function labelledTracks(db: LibraryDb): LabTrack[] {
  const labels = labelsForTraining(db, ['hand', 'import']);
  const credits = db.trainingRows.credits(labels.map(({ trackId }) => trackId));
  const unattributed = { artist: null, albumArtist: null, album: null };
  const groups = groupTracks(labels.map(({ trackId }) => credits.get(trackId) ?? { trackId, ...unattributed }));
  return labels.flatMap(({ trackId, genres }, i): LabTrack[] => {
    const track = db.tracks.byId(trackId);
    return track ? [{ path: track.path, genre: genres[0]!, group: String(groups[i]!), part: null }] : [];
  });
}
