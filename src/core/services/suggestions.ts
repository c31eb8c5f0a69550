// The two queues of labelling: what to ask next, and which labels to doubt. A worker surveys the library once; ranking it
// with the labels of the moment takes a fraction of a second.
import type { LibraryDb } from '../db/open.ts';
import type { EncoderRef } from '../domain/model.ts';
import { BUNDLED_MODEL_ID } from '../domain/model.ts';
import type { Survey } from '../domain/model-tasks.ts';
import type { LabelDoubt, Suggestion } from '../domain/suggestion.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import { labelsForTraining } from '../labels/training-labels.ts';
import { groupTracks } from '../models/track-groups.ts';
import { crossValidated } from '../training/active/cross-validate.ts';
import { type Doubt, labelDoubts } from '../training/active/label-doubts.ts';
import { type Ranked, rankSuggestions } from '../training/active/rank-suggestions.ts';
import type { LinearFit } from '../training/head/logistic-regression.ts';
import { createRandom } from '../training/random.ts';

import { tellingWindow } from './telling-window.ts';
import { topGuesses, whyAsked } from './top-guesses.ts';

export interface SuggestionParts {
  db: LibraryDb;
  pool: WorkerPool;
  encoder: EncoderRef;
  embeddingSize: number;
}

/** Unlabelled tracks that are ranked; more change the first ten hardly. */
const MAX_OPEN = 3000;
/** Labelled tracks that the ranking learns from. */
const MAX_LABELLED = 2000;
/** A survey is made anew when so many labelled tracks, or a tenth of all, are not in it. */
const MAX_UNSEEN = 50;
const SEED = 1;

interface Surveyed extends Survey {
  state: string;
  places: Map<number, number>;
}

/** The primary genre of every labelled track; genres in the order of their first label. */
interface GivenLabels {
  genres: string[];
  classOf: Map<number, number>;
}

export class SuggestionService {
  readonly #parts: SuggestionParts;
  #survey: Promise<Surveyed> | null = null;
  #fit: { genres: string; fit: LinearFit } | null = null;

  constructor(parts: SuggestionParts) {
    this.#parts = parts;
  }

  /** Tracks worth asking about, best first. @throws StemscapeError library.* | host.unavailable */
  async next(limit: number, exclude: readonly number[]): Promise<{ suggestions: Suggestion[]; nUnlabelled: number }> {
    const given = this.#given();
    const survey = await this.#surveyFor(given);
    const { db } = this.#parts;
    const makers = db.suggestionRows.makers([...survey.trackIds]);
    const excluded = new Set(exclude);
    const of = (id: number) => makers.get(id);
    const ids = [...survey.trackIds];
    const pool = {
      ...survey,
      nGenres: given.genres.length,
      classes: Int32Array.from(ids, (id) => given.classOf.get(id) ?? -1),
      isOpen: Uint8Array.from(ids, (id) => (excluded.has(id) || !makers.has(id) ? 0 : 1)),
      artists: ids.map((id) => of(id)?.artist ?? null),
      albums: ids.map((id) => of(id)?.album ?? null),
    };
    const names = given.genres.join('\n');
    const start = this.#fit?.genres === names ? this.#fit.fit : null;
    const { ranked, fit } = rankSuggestions(pool, limit, createRandom(SEED), start);
    if (fit) this.#fit = { genres: names, fit };
    const nUnlabelled = db.suggestionRows.presentIds().reduce((n, id) => n + (given.classOf.has(id) ? 0 : 1), 0);
    return { suggestions: ranked.map((one) => this.#suggestion(ids[one.row]!, one, given.genres)), nUnlabelled };
  }

  /** Labels that the others contradict, most suspicious first. */
  async doubts(limit: number): Promise<{ doubts: LabelDoubt[]; modelName: string | null }> {
    const given = this.#given();
    const judged = this.#outOfFold(given) ?? (await this.#crossValidated(given));
    if (judged === null) return { doubts: [], modelName: null };
    const { ids, genres, classes, probabilities, modelName } = judged;
    const doubts = labelDoubts(classes, probabilities, genres.length).slice(0, limit);
    return { doubts: doubts.map((doubt) => this.#doubt(ids[doubt.row]!, doubt, genres, classes[doubt.row]!)), modelName };
  }

  #given(): GivenLabels {
    const genres = new Map<string, number>();
    const classOf = new Map<number, number>();
    for (const {
      trackId,
      genres: [primary],
    } of labelsForTraining(this.#parts.db, ['hand', 'import'])) {
      if (!genres.has(primary!)) genres.set(primary!, genres.size);
      classOf.set(trackId, genres.get(primary!)!);
    }
    return { genres: [...genres.keys()], classOf };
  }

  /** The present survey, or a new one when the library or its labels have moved on. */
  async #surveyFor(given: GivenLabels): Promise<Surveyed> {
    const state = this.#parts.db.suggestionRows.state();
    const present = this.#survey === null ? null : await this.#survey;
    if (present?.state === state) {
      const unseen = [...given.classOf.keys()].reduce((n, id) => n + (present.places.has(id) ? 0 : 1), 0);
      const covered = given.classOf.size - unseen;
      if (unseen <= Math.max(MAX_UNSEEN, given.classOf.size / 10) || covered >= MAX_LABELLED) return present;
    }
    this.#survey = this.#makeSurvey(state, given);
    this.#survey.catch(() => {
      this.#survey = null;
    });
    return this.#survey;
  }

  async #makeSurvey(state: string, given: GivenLabels): Promise<Surveyed> {
    const { db, pool, encoder, embeddingSize } = this.#parts;
    // By a hash of the id: the same tracks from call to call, wherever they stand in the library.
    const order = db.suggestionRows.presentIds().sort((a, b) => scattered(a) - scattered(b));
    const labelled = order.filter((id) => given.classOf.has(id)).slice(0, MAX_LABELLED);
    const open = order.filter((id) => !given.classOf.has(id)).slice(0, MAX_OPEN);
    const trackIds = Int32Array.from([...labelled, ...open]).sort();
    const task = { kind: 'survey' as const, libraryFile: db.file, encoder, embeddingSize, trackIds, seed: SEED };
    const survey = await pool.run(task, { priority: 'interactive' });
    return { ...survey, state, places: new Map([...survey.trackIds].map((id, place) => [id, place])) };
  }

  /** Verdicts of the model in use, or of the newest one that was tested on nearly all of the present labels. */
  #outOfFold(given: GivenLabels) {
    const { db } = this.#parts;
    const active = db.models.activeId();
    const candidates = [active, ...db.models.list().map(({ id }) => id)].filter((id) => id !== BUNDLED_MODEL_ID);
    for (const id of candidates) {
      const model = db.models.get(id);
      const verdicts = db.models.outOfFold(id);
      if (!model || !verdicts) continue;
      const { genres } = model;
      const known = [...verdicts.trackIds.entries()].flatMap(([row, trackId]) => {
        const label = given.classOf.get(trackId);
        const place = label === undefined ? -1 : genres.indexOf(given.genres[label]!);
        return place < 0 ? [] : [{ row, trackId, place }];
      });
      if (known.length < 0.9 * given.classOf.size) continue;
      return {
        ids: known.map(({ trackId }) => trackId),
        genres,
        classes: Int32Array.from(known, ({ place }) => place),
        probabilities: Float32Array.from(
          known.flatMap(({ row }) => [...verdicts.probabilities.subarray(row * genres.length, (row + 1) * genres.length)]),
        ),
        modelName: model.name,
      };
    }
    return null;
  }

  async #crossValidated(given: GivenLabels) {
    if (given.genres.length < 2) return null;
    const survey = await this.#surveyFor(given);
    const { k } = survey;
    const rows = [...survey.trackIds.entries()].filter(([, id]) => given.classOf.has(id));
    const ids = rows.map(([, id]) => id);
    const credits = this.#parts.db.trainingRows.credits(ids);
    const nobody = { artist: null, albumArtist: null, album: null };
    const groups = groupTracks(ids.map((trackId) => credits.get(trackId) ?? { trackId, ...nobody }));
    const classes = Int32Array.from(ids, (id) => given.classOf.get(id)!);
    const points = new Float32Array(ids.length * k);
    for (const [i, [place]] of rows.entries()) points.set(survey.points.subarray(place * k, (place + 1) * k), i * k);
    const probabilities = crossValidated(points, k, classes, groups, given.genres.length, SEED);
    return { ids, genres: given.genres, classes, probabilities, modelName: null };
  }

  #suggestion(trackId: number, ranked: Ranked, genres: readonly string[]): Suggestion {
    const { db } = this.#parts;
    const heard = db.analyses.get(trackId);
    const guesses = ranked.probabilities
      ? topGuesses(genres, ranked.probabilities)
      : topGuesses(heard?.genres ?? [], heard?.probabilities ?? new Float32Array(0));
    return {
      trackId,
      guesses,
      startSec: tellingWindow(heard, guesses[0]?.name ?? null),
      why: whyAsked(ranked, guesses),
      nAlike: ranked.nAlike,
    };
  }

  #doubt(trackId: number, doubt: Doubt, genres: readonly string[], given: number): LabelDoubt {
    const named = { given: genres[given]!, suggested: genres[doubt.suggested]! };
    const { givenProbability, suggestedProbability, isConfident } = doubt;
    const startSec = tellingWindow(this.#parts.db.analyses.get(trackId), named.suggested);
    return { trackId, ...named, givenProbability, suggestedProbability, startSec, isConfident };
  }
}

/** A number that orders ids as if shuffled. */
function scattered(id: number): number {
  return Math.imul(id, 0x9e3779b1) >>> 0;
}
