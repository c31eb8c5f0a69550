// What was heard in each track, with the versions of what heard it.
import type Database from 'better-sqlite3';
import type { TrackAnalysis } from '../domain/analysis.ts';
import {
  type AnalysisRow,
  type AnalysisWindowRow,
  analysisFromRow,
  analysisToRow,
  type StoredAnalysis,
  windowToRow,
} from './analysis-row.ts';
import { createSoundWrites } from './sound-writes.ts';

export interface AnalysisVersions {
  classifier: string;
  separator: string;
  profileId: string;
}

export interface AnalysisStore {
  /** Stores everything about the track's sound and marks it analysed; run inside one transaction with the listing refresh. */
  put(trackId: number, analysis: TrackAnalysis, atMs: number): void;
  get(trackId: number): StoredAnalysis | null;
  /** Uint8Array [WAVEFORM_SLICES], 255 = full scale. */
  waveform(trackId: number): Uint8Array | null;
  /** Hash of the content the stored analysis was made from. */
  contentHash(trackId: number): string | null;
  countOutdated(current: AnalysisVersions): number;
  /** Present tracks made by other versions, oldest id first. */
  outdatedIds(current: AnalysisVersions): number[];
  remove(trackId: number): void;
}

const DIFFERS = 'NOT (classifier_version = $classifier AND separator_version = $separator AND profile_id = $profileId)';

export function createAnalysisStore(sqlite: Database.Database): AnalysisStore {
  const waveform = sqlite.prepare<[number], Uint8Array>('SELECT peaks FROM waveform WHERE track_id = ?').pluck();
  const hash = sqlite.prepare<[number], string | null>('SELECT content_hash FROM analysis WHERE track_id = ?').pluck();
  const countDiffering = sqlite.prepare<AnalysisVersions, number>(`SELECT count(*) FROM analysis WHERE ${DIFFERS}`).pluck();
  const outdated = sqlite
    .prepare<AnalysisVersions, number>(
      `SELECT track_id FROM analysis JOIN track ON track.id = track_id
       WHERE ${DIFFERS} AND track.status = 'analysed' ORDER BY track_id`,
    )
    .pluck();
  const remove = sqlite.prepare<[number]>('DELETE FROM analysis WHERE track_id = ?');
  return {
    put: createPut(sqlite),
    get: createGet(sqlite),
    waveform: (trackId) => waveform.get(trackId) ?? null,
    contentHash: (trackId) => hash.get(trackId) ?? null,
    countOutdated: (current) => Number(countDiffering.get(current)),
    outdatedIds: (current) => outdated.all(current),
    remove: (trackId) => void remove.run(trackId),
  };
}

function createPut(sqlite: Database.Database): AnalysisStore['put'] {
  const remove = sqlite.prepare<[number]>('DELETE FROM analysis WHERE track_id = ?');
  const contentHash = sqlite.prepare<[number], string | null>('SELECT content_hash FROM track WHERE id = ?').pluck();
  const addClassList = sqlite.prepare<[string]>('INSERT OR IGNORE INTO class_list (genres_json) VALUES (?)');
  const classListId = sqlite.prepare<[string], number>('SELECT id FROM class_list WHERE genres_json = ?').pluck();
  const insertWindow = sqlite.prepare<AnalysisWindowRow>(
    'INSERT INTO analysis_window VALUES ($track_id, $position, $start_sec, $length_sec, $embedding, $logits)',
  );
  const insertWaveform = sqlite.prepare<[number, Uint8Array]>('INSERT INTO waveform VALUES (?, ?)');
  const writeSound = createSoundWrites(sqlite);
  const setAnalysed = sqlite.prepare<[number]>(
    "UPDATE track SET state = 'analysed', is_missing = 0, reason_code = NULL, reason_message = NULL WHERE id = ?",
  );
  const columns = sqlite.prepare<[], string>("SELECT name FROM pragma_table_info('analysis')").pluck().all();
  const insert = sqlite.prepare<AnalysisRow>(
    `INSERT INTO analysis (${columns.join(', ')}) VALUES (${columns.map((name) => `$${name}`).join(', ')})`,
  );
  return (trackId, analysis, atMs) => {
    const genresJson = JSON.stringify(analysis.genres);
    addClassList.run(genresJson);
    remove.run(trackId);
    const place = { trackId, contentHash: contentHash.get(trackId) ?? null, classListId: classListId.get(genresJson)!, atMs };
    insert.run(analysisToRow(analysis, place));
    for (const [position, window] of analysis.windows.entries()) insertWindow.run(windowToRow(trackId, position, window));
    insertWaveform.run(trackId, analysis.waveform);
    writeSound(trackId, analysis);
    setAnalysed.run(trackId);
  };
}

function createGet(sqlite: Database.Database): AnalysisStore['get'] {
  const analysis = sqlite.prepare<[number], AnalysisRow>('SELECT * FROM analysis WHERE track_id = ?');
  const windows = sqlite.prepare<[number], AnalysisWindowRow>(
    'SELECT * FROM analysis_window WHERE track_id = ? ORDER BY position',
  );
  const genres = sqlite.prepare<[number], string>('SELECT genres_json FROM class_list WHERE id = ?').pluck();
  return (trackId) => {
    const row = analysis.get(trackId);
    if (!row) return null;
    return analysisFromRow(row, windows.all(trackId), JSON.parse(genres.get(row.class_list_id)!) as string[]);
  };
}
