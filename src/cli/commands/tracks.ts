// `stemscape tracks`: every track of the library, one a line.
import { type Command, Option } from 'commander';
import { TRACK_STATUSES, type Track, type TrackStatus } from '../../core/domain/track.ts';
import { print, printJson, withApp } from '../context.ts';
import { formatDuration } from '../progress-line.ts';

export function addTracks(program: Command): void {
  program
    .command('tracks')
    .description('list the tracks of the library')
    .addOption(new Option('--status <status>', 'only these').choices(TRACK_STATUSES))
    .option('--genre <name>', 'only tracks of this genre')
    .action(async (flags: { status?: TrackStatus; genre?: string }, command: Command) => {
      await withApp(command, async (app, options) => {
        for (const track of app.tracks.iterate()) {
          if (flags.status && track.status !== flags.status) continue;
          if (flags.genre && track.genre?.name.toLowerCase() !== flags.genre.toLowerCase()) continue;
          if (options.json) printJson(publicTrack(track));
          else print(trackLine(track));
        }
      });
    });
}

/** The keys that scripts may rely on, in this order. */
export function publicTrack(track: Track): Track {
  return {
    id: track.id,
    path: track.path,
    status: track.status,
    reason: track.reason,
    title: track.title,
    artist: track.artist,
    album: track.album,
    durationSec: track.durationSec,
    genre: track.genre,
    guess: track.guess,
    scores: track.scores,
    tempoBpm: track.tempoBpm,
    key: track.key,
    loudnessLufs: track.loudnessLufs,
    energy: track.energy,
    modelVersion: track.modelVersion,
  };
}

function trackLine(track: Track): string {
  const name = track.title === null ? track.path : `${track.artist ?? 'Unknown artist'} - ${track.title}`;
  const head = `${String(track.id).padStart(6)}  ${name}`;
  if (track.status !== 'analysed') return `${head}  [${track.status}] ${track.reason?.message ?? ''}`.trimEnd();
  const genre = track.genre ? `${track.genre.name} ${Math.round(track.genre.confidence * 100)}%` : 'no genre';
  const facts = [genre, track.durationSec === null ? '' : formatDuration(track.durationSec)];
  if (track.tempoBpm !== null) facts.push(`${Math.round(track.tempoBpm)} BPM`);
  if (track.key !== null) facts.push(track.key);
  return `${head}  ${facts.filter(Boolean).join(', ')}`;
}
