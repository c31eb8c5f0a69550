// From labels to what a training learns from: which tracks count for which genre, who belongs together, and what is missing.
import type { TrackCredits } from '../db/training-rows.ts';
import { genreKey } from '../domain/genre.ts';
import {
  MIN_GENRES,
  MIN_TRACKS_FROM_SCRATCH,
  MIN_TRACKS_PER_GENRE,
  MIN_TRACKS_TO_FINETUNE,
  type TrainPlan,
  type TrainRequest,
} from '../domain/training.ts';
import { type GenreParents, rollUpSmall, rollUpTo } from './genre-rollup.ts';
import { groupTracks } from './track-groups.ts';

/** The one genre that a track is labelled with, of the strongest origin asked for. */
export interface PrimaryLabel {
  trackId: number;
  genre: string;
}

export interface LabelledTracks {
  labels: readonly PrimaryLabel[];
  parents: GenreParents;
  /** Tracks whose sound is known to the network that will be used. */
  heardIds: ReadonlySet<number>;
  /** Of every labelled track. */
  credits: ReadonlyMap<number, TrackCredits>;
}

/** A dataset without its features, in the order of track ids. */
export interface DatasetPlan {
  plan: TrainPlan;
  genres: string[];
  trackIds: number[];
  /** 0..nGenres - 1 */
  classes: number[];
  groups: number[];
}

type Choice = Pick<TrainRequest, 'mode' | 'genres'>;
/** Tracks of one genre, by the position in `heard`. */
interface Counted {
  name: string;
  members: number[];
  nGroups: number;
  reason: string | null;
}

export function planDataset(request: Choice, tracks: LabelledTracks): DatasetPlan {
  const heard = tracks.labels.filter(({ trackId }) => tracks.heardIds.has(trackId)).sort((a, b) => a.trackId - b.trackId);
  const names = genresOf(heard, request.genres, tracks.parents);
  const unattributed = { artist: null, albumArtist: null, album: null };
  const groups = groupTracks(heard.map(({ trackId }) => tracks.credits.get(trackId) ?? { trackId, ...unattributed }));
  const counted = countGenres(heard, names, groups, request.genres);
  const kept = counted.filter(({ reason }) => reason === null);
  const members = kept.flatMap((genre, index) => genre.members.map((i) => ({ i, index }))).sort((a, b) => a.i - b.i);
  const plan: TrainPlan = {
    genres: kept.map((genre) => ({ name: genre.name, nTracks: genre.members.length })),
    nTracks: members.length,
    leftOut: counted.flatMap(({ name, members: { length }, reason }) =>
      reason === null ? [] : [{ name, nTracks: length, reason }],
    ),
    nUnheard: tracks.labels.length - heard.length,
    obstacle: null,
  };
  plan.obstacle = obstacleOf(request, plan);
  return {
    plan,
    genres: kept.map(({ name }) => name),
    trackIds: members.map(({ i }) => heard[i]!.trackId),
    classes: members.map(({ index }) => index),
    groups: members.map(({ i }) => groups[i]!),
  };
}

/** The genre each label counts for; null = none of the chosen ones. */
function genresOf(heard: readonly PrimaryLabel[], chosen: Choice['genres'], parents: GenreParents): (string | null)[] {
  const labels = heard.map(({ genre }) => genre);
  return chosen === null ? rollUpSmall(labels, parents) : rollUpTo(labels, chosen, parents);
}

/** In the order of their names; labels that count for none stand under their own. */
function countGenres(
  heard: readonly PrimaryLabel[],
  names: readonly (string | null)[],
  groups: Int32Array,
  chosen: Choice['genres'],
): Counted[] {
  const byKey = new Map<string, Counted>();
  const entry = (name: string, reason: string | null): Counted => {
    const key = genreKey(name);
    const known = byKey.get(key) ?? { name, members: [], nGroups: 0, reason };
    byKey.set(key, known);
    return known;
  };
  for (const name of chosen ?? []) entry(name, null);
  for (const [i, name] of names.entries()) {
    const counted = name === null ? entry(heard[i]!.genre, 'It is none of the chosen genres.') : entry(name, null);
    counted.members.push(i);
  }
  for (const counted of byKey.values()) {
    counted.nGroups = new Set(counted.members.map((i) => groups[i]!)).size;
    counted.reason ??= weaknessOf(counted);
  }
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted);
}

/** Why a genre cannot be learned and tested at once; null when it can. */
function weaknessOf({ name, members, nGroups }: Counted): string | null {
  const missing = MIN_TRACKS_PER_GENRE - members.length;
  if (missing > 0) {
    return `${name} has ${countOf(members.length, 'labelled track')} and needs ${missing} more.`;
  }
  if (nGroups < 2) {
    return `All ${members.length} labelled tracks of ${name} are by one artist or of one album, so it cannot be tested on others; label a track by somebody else.`;
  }
  return null;
}

function countOf(n: number, noun: string): string {
  return `${n === 0 ? 'no' : n} ${noun}${n === 1 ? '' : 's'}`;
}

/** What is missing, as one sentence; null when the training can start. */
function obstacleOf(request: Choice, { genres, leftOut, nTracks, nUnheard }: TrainPlan): string | null {
  const asked = new Set((request.genres ?? []).map(genreKey));
  const refused = leftOut.find(({ name }) => asked.has(genreKey(name)));
  if (refused) return refused.reason;
  if (genres.length < MIN_GENRES) return tooFewGenres(genres, leftOut, nUnheard);
  const wanted = request.mode === 'scratch' ? MIN_TRACKS_FROM_SCRATCH : request.mode === 'finetune' ? MIN_TRACKS_TO_FINETUNE : 0;
  if (nTracks >= wanted) return null;
  const what = request.mode === 'scratch' ? 'Training from scratch' : 'Fine-tuning';
  const missing = wanted - nTracks;
  return `${what} needs ${wanted} labelled tracks; ${missing} ${missing === 1 ? 'is' : 'are'} missing. Quick training works with fewer.`;
}

function tooFewGenres(genres: TrainPlan['genres'], leftOut: TrainPlan['leftOut'], nUnheard: number): string {
  const unheard = nUnheard > 0 ? [`${sentenceCase(countOf(nUnheard, 'labelled track'))} must be analysed first.`] : [];
  if (genres.length === 0 && leftOut.length === 0) {
    const needed = `label at least ${MIN_TRACKS_PER_GENRE} each of ${MIN_GENRES} genres.`;
    return [`There are no labelled tracks to learn from; ${needed}`, ...unheard].join(' ');
  }
  const nearest = [...leftOut].sort((a, b) => b.nTracks - a.nTracks).slice(0, MIN_GENRES - genres.length);
  const known = genres[0] ? [`So far only ${genres[0].name} has enough labels.`] : [];
  const isAlone = nearest.length + genres.length < MIN_GENRES;
  const another = isAlone ? [`Label ${MIN_TRACKS_PER_GENRE} tracks of another genre too.`] : [];
  return [...known, ...nearest.map(({ reason }) => reason), ...another, ...unheard].join(' ');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
