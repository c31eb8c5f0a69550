// Rules and recipes on a library of 100,000 tracks with made-up sounds: node bench/playlists.ts [tracks]

import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '../src/core/db/open.ts';
import { NO_TAGS } from '../src/core/db/track-row.ts';
import { CAMELOT_BY_KEY } from '../src/core/domain/camelot.ts';
import { type RecipeInput, recipeSchema } from '../src/core/domain/recipe.ts';
import type { RecipeNote } from '../src/core/domain/recipe-note.ts';
import { recipeNoteWords } from '../src/core/domain/recipe-note-words.ts';
import { SILENT_LOGGER } from '../src/core/logger.ts';
import { createNeighbours } from '../src/core/neighbours/neighbours.ts';
import { createAutoPlaylists } from '../src/core/playlists/auto-genre.ts';
import { LibraryPlaylists } from '../src/core/playlists/library-playlists.ts';
import { makePlaylist } from '../src/core/playlists/recipes/make-playlist.ts';
import { moodsOf } from '../src/core/playlists/recipes/moods.ts';
import { parseRules } from '../src/core/playlists/rules/parse-rules.ts';
import { createRandom } from '../src/core/training/random.ts';
import { analysisOf, vector } from '../tests/support/heard-library.ts';

const N_TRACKS = Number(process.argv[2] ?? 100_000);
const N_PLAYS = N_TRACKS;
const N_GROUPS = 40;
const RUNS = 5;
const KEYS = [...CAMELOT_BY_KEY.keys()];

const dir = mkdtempSync(join(tmpdir(), 'stemscape-bench-'));
const db = openLibrary(join(dir, 'library.db'), { logger: SILENT_LOGGER });
try {
  timed(`filling a library of ${N_TRACKS} tracks and ${N_PLAYS} plays`, fill, 1);
  benchRules();
  benchRecipes();
  console.log(`on ${cpus()[0]?.model}, one core; the median of ${RUNS} runs`);
} finally {
  db.close();
  rmSync(dir, { recursive: true, force: true });
}

function fill(): void {
  const random = createRandom(1);
  const centres = Array.from({ length: N_GROUPS }, () => vector(192, random, 3));
  db.transaction(() => {
    for (let i = 0; i < N_TRACKS; i++) {
      const file = { path: `/music/${i % 500}/${i}.mp3`, rootId: null, sizeBytes: 1, modifiedAtMs: 1, contentHash: `c${i}` };
      const id = db.tracks.insert(file, Date.now() - random.below(1000) * 86_400_000);
      const genres = [['Jazz'], ['Rock', 'Pop'], []][i % 3]!;
      const artist = `Artist ${random.below(N_TRACKS / 12)}${i % 9 === 0 ? ' Ängström' : ''}`;
      db.tracks.setTags(id, {
        ...NO_TAGS,
        title: `Song ${i}`,
        artist,
        album: `Album ${i % 8000}`,
        year: 1960 + (i % 65),
        genres,
        codec: 'MP3',
      });
      db.analyses.put(id, {
        ...analysisOf(centres[i % N_GROUPS]!, random, { spread: 1, nWindows: 1 }),
        durationSec: 120 + random.below(240),
        tempoBpm: 60 + 120 * random.next(),
        key: KEYS[random.below(24)]!,
        energy: random.next(),
        stemShares: { bass: 0.2, drums: random.next(), other: 0.2, vocals: random.next() },
      }, 1); // biome-ignore format: one call
      db.tracks.refreshListing(id);
    }
    for (let i = 0; i < N_PLAYS; i++)
      db.plays.record(1 + random.below(N_TRACKS), 100, Date.now() - random.below(400) * 86_400_000);
  });
}

function benchRules(): void {
  const rules = [
    'genre is Jazz and tempo between 90 and 110',
    'title contains "99" or artist begins with "artist 1"',
    'all { any { vocals < 5% drums > 90% } none { genre is Rock } } sort by energy descending limit 500 tracks',
    'plays is 0 and added in the last 90 days sort by added descending',
    'tagGenre is Pop random 7 limit 600 minutes',
    'distance to 1 < 0.5',
    'artist matches "*ngstr*" sort by album, trackNumber limit 1 percent',
  ];
  const context = { nowMs: Date.now(), members: () => [], sound: (id: number) => db.rules.sound(id) };
  for (const text of rules) {
    const parsed = parseRules(text);
    let found = 0;
    timed(text, () => (found = db.rules.ids(parsed, context).length));
    console.log(`    ${found} tracks`);
  }
}

function benchRecipes(): void {
  const playlists = new LibraryPlaylists(
    db,
    createAutoPlaylists(db, () => 0.5),
    Date.now,
  );
  const kitchen = { db, playlists, neighbours: createNeighbours(db), nowMs: Date.now };
  const hour = { by: 'minutes', minutes: 60, toleranceSec: 10 } as const;
  const recipes: Record<string, RecipeInput> = {
    'an hour at random': { pick: { kind: 'all' }, length: hour },
    'an hour of rising energy': { pick: { kind: 'all' }, length: hour, order: { kind: 'arc', shape: 'rising' } },
    'an hour that mixes': { pick: { kind: 'all' }, length: hour, order: { kind: 'harmonic' } },
    'more like five': { pick: { kind: 'like', trackIds: [1, 2, 3, 4, 5] } },
    'a path of ten steps': { pick: { kind: 'path', fromId: 1, toId: 2, nSteps: 10 } },
    'unplayed corners': { pick: { kind: 'unplayed' } },
  };
  timed('moods of the library', () => moodsOf(db.playlistCandidates.all(), 1));
  for (const [name, recipe] of Object.entries(recipes)) {
    const parsed = recipeSchema.parse(recipe);
    let notes: RecipeNote[] = [];
    timed(name, () => ({ notes } = makePlaylist(kitchen, parsed)));
    if (notes.length > 0) console.log(`    ${notes.map(recipeNoteWords).join(' ')}`);
  }
}

function timed(name: string, work: () => unknown, runs = RUNS): void {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  console.log(`${times[Math.floor(runs / 2)]!.toFixed(0).padStart(7)} ms  ${name}`);
}
