// Why this genre: the model in use hears the track's windows again, whole and without each stem.
import { basename } from 'node:path';
import { meanVector } from '../classifier/join-windows.ts';
import type { LibraryDb } from '../db/open.ts';
import type { ModelPaths } from '../domain/analysis.ts';
import { StemscapeError } from '../domain/errors.ts';
import type { ExplainedHearings, Explanation, Hearing, StemEvidence } from '../domain/explanation.ts';
import { STEMS, type Stem } from '../domain/stem.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { ModelFolders } from '../models/model-folder.ts';
import { openHead } from '../models/open-head.ts';
import { softmax } from '../nn/softmax.ts';
import { createHeadScorer } from '../training/head/head-scores.ts';
import { argmax } from '../training/head/join-rules.ts';

export interface ExplanationParts {
  db: LibraryDb;
  pool: WorkerPool;
  folders: ModelFolders;
  models: () => Promise<ModelPaths>;
  /** Of the bundled model. */
  genres: readonly string[];
  temperature: number;
}

/** What a model makes of one hearing. */
interface Verdict {
  /** Float32Array [nGenres], sums to 1. */
  track: Float32Array;
  /** One a window. */
  windows: Float32Array[];
}

interface Judge {
  genres: readonly string[];
  encoderDir: string | null;
  /** @param silenced a stem that is not to be heard */
  judge(hearing: Hearing, nWindows: number, silenced: Stem | null): Verdict;
}

/** A smaller change is not worth a word. */
const NOTABLE = 0.05;

export class ExplanationService {
  readonly #parts: ExplanationParts;

  constructor(parts: ExplanationParts) {
    this.#parts = parts;
  }

  /** @throws StemscapeError track.unknown | track.notAnalysed | file.* | decode.* | model.* | cancelled */
  async explain(id: number, signal?: AbortSignal): Promise<Explanation> {
    const { db, pool, models } = this.#parts;
    const row = db.tracks.byId(id);
    if (!row) throw new StemscapeError('track.unknown', `There is no track ${id} in this library.`);
    const heard = db.analyses.get(id);
    if (!heard) throw new StemscapeError('track.notAnalysed', `${basename(row.path)} has not been analysed yet.`);
    const windows = heard.windows.map(({ startSec, lengthSec }) => ({ startSec, lengthSec }));
    const judge = this.#judge(id);
    const paths = await models();
    const hearings = await pool.run(
      {
        kind: 'explainTrack',
        path: row.path,
        models: paths,
        windows,
        encoderDir: judge.encoderDir,
      },
      { priority: 'interactive', ...(signal && { signal }) },
    );
    return explanationOf(judge, hearings, windows);
  }

  #judge(trackId: number): Judge {
    const { db, folders, genres, temperature } = this.#parts;
    const modelId = db.models.activeId();
    const model = db.models.get(modelId);
    if (!model) return bundledJudge(genres, temperature);
    const { head } = openHead(db, modelId);
    const scorer = createHeadScorer(head);
    const stems = db.trainingRows.stemsOf(trackId, head);
    const size = head.genres.length;
    return {
      genres: head.genres,
      encoderDir: model.encoderFolder === null ? null : folders.pathOf(model.encoderFolder),
      judge({ embeddings, descriptors }, nWindows, silenced) {
        const trackFeatures = Float32Array.of(...descriptors.subarray(0, head.nDescriptors), ...withoutStem(stems, silenced));
        const features = { windowStart: Int32Array.of(0, nWindows), embeddings, trackFeatures };
        return { track: scorer.trackProbabilities(features), windows: rowsOf(scorer.windowProbabilities(features), size) };
      },
    };
  }
}

/** As an analysis has a stem that is silent. */
export function withoutStem(stems: Float32Array, silenced: Stem | null): Float32Array {
  const size = stems.length / STEMS.length;
  const place = silenced === null ? STEMS.length : STEMS.indexOf(silenced);
  return stems.slice().fill(Number.NaN, place * size, (place + 1) * size);
}

function bundledJudge(genres: readonly string[], temperature: number): Judge {
  return {
    genres,
    encoderDir: null,
    judge({ logits }) {
      const windows = rowsOf(logits, genres.length).map((row) => softmax(row, temperature));
      return { track: meanVector(windows), windows };
    },
  };
}

export function explanationOf(
  { genres, judge }: Judge,
  { whole, without }: ExplainedHearings,
  windows: readonly { startSec: number; lengthSec: number }[],
): Explanation {
  const verdict = judge(whole, windows.length, null);
  const best = argmax(verdict.track, 0, genres.length);
  const probability = verdict.track[best]!;
  const stems = STEMS.map((stem): StemEvidence => {
    const { track } = judge(without[stem], windows.length, stem);
    const probabilityWithout = track[best]!;
    const genreWithout = genres[argmax(track, 0, genres.length)]!;
    return { stem, probabilityWithout, contribution: probability - probabilityWithout, genreWithout };
  }).sort((a, b) => b.contribution - a.contribution);
  return {
    genre: genres[best]!,
    probability,
    windows: windows.map((place, i) => ({ ...place, probability: verdict.windows[i]![best]! })),
    stems,
    sentence: sentenceOf(genres[best]!, stems),
  };
}

export function sentenceOf(genre: string, stems: readonly StemEvidence[]): string {
  const strongest = stems[0]!;
  const against = stems.at(-1)!;
  const parts: string[] = [];
  if (strongest.contribution >= NOTABLE) {
    const turned = strongest.genreWithout === genre ? '' : ` (without them it would pass for ${strongest.genreWithout})`;
    parts.push(`It is mostly the ${NAMES[strongest.stem]} that say ${genre}${turned}`);
  } else parts.push(`No single stem decides: all of them together say ${genre}`);
  if (against.contribution <= -NOTABLE) parts.push(`the ${NAMES[against.stem]} speak against it`);
  return `${parts.join('; ')}.`;
}

const NAMES = { bass: 'bass notes', drums: 'drums', other: 'instruments', vocals: 'voices' } as const;

function rowsOf(values: Float32Array, size: number): Float32Array[] {
  return Array.from({ length: values.length / size }, (_, i) => values.slice(i * size, (i + 1) * size));
}
