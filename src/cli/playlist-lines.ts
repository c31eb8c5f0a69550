// Playlists as lines of a terminal.
import type { App } from '../core/app.ts';
import { placeReasonWords } from '../core/domain/place-reason-words.ts';
import type { PlaylistPlace, PlaylistSummary } from '../core/domain/playlist.ts';
import type { RecipeNote } from '../core/domain/recipe-note.ts';
import { recipeNoteWords } from '../core/domain/recipe-note-words.ts';
import { type GlobalOptions, print, printJson } from './context.ts';
import { formatDuration } from './progress-line.ts';

const KIND_WORDS = { 'auto-genre': 'by genre', manual: 'your own', recipe: 'made', smart: 'live rules' } as const;

export function printSummary(playlist: PlaylistSummary, options: GlobalOptions): void {
  const { id, name, nTracks, durationSec, kind } = playlist;
  if (options.json) printJson(playlist);
  else print(`${id.padEnd(22)} ${name.padEnd(18)} ${nTracks} tracks, ${formatDuration(durationSec)}, ${KIND_WORDS[kind]}`);
}

/** One place a line with its reason below; as JSON one object a place. */
export function printPlaces(app: App, places: readonly PlaylistPlace[], options: GlobalOptions): void {
  for (const [position, { reasons, ...place }] of places.entries()) {
    const reason = placeReasonWords(reasons);
    const track = place.trackId === null ? null : app.tracks.get(place.trackId);
    const { title = null, artist = null, durationSec = null } = track ?? {};
    if (options.json) {
      printJson({
        position,
        ...place,
        reason,
        title,
        artist,
        durationSec,
        tempoBpm: track?.tempoBpm ?? null,
        key: track?.key ?? null,
      });
      continue;
    }
    const name = title === null ? place.path : `${artist ?? 'Unknown artist'} - ${title}`;
    const length = durationSec === null ? '' : `  ${formatDuration(durationSec)}`;
    print(`${String(position + 1).padStart(4)}  ${name}${length}${track ? '' : '  [not in the library]'}`);
    if (reason !== null) print(`        ${reason}`);
  }
}

/** Notes are for a person: on stderr, so that lines of JSON stay whole. */
export function printNotes(notes: readonly RecipeNote[]): void {
  for (const note of notes) process.stderr.write(`${recipeNoteWords(note)}\n`);
}
