// `stemscape show TRACK`: everything known about one track, by id or path.
import type { Command } from 'commander';
import type { TrackDetail } from '../../core/domain/track.ts';
import { print, printJson, withApp } from '../context.ts';
import { formatDuration } from '../progress-line.ts';
import { publicTrack } from './tracks.ts';

export function addShow(program: Command): void {
  program
    .command('show')
    .argument('<track>', "a track's id or path")
    .description('show one track with its scores')
    .action(async (track: string, _flags: object, command: Command) => {
      await withApp(command, async (app, options) => {
        const detail = app.tracks.get(app.tracks.find(track));
        if (options.json) printJson({ ...publicTrack(detail), ...detail });
        else printDetail(detail);
      });
    });
}

function printDetail(track: TrackDetail): void {
  print(`${track.artist ?? 'Unknown artist'} - ${track.title ?? '(no title)'}`);
  const rows: [string, string | null][] = [
    ['path', track.path],
    ['status', track.reason ? `${track.status}: ${track.reason.message}` : track.status],
    ['album', track.album],
    ['length', track.durationSec === null ? null : formatDuration(track.durationSec)],
    ['genre', track.genre && `${track.genre.name} (${Math.round(track.genre.confidence * 100)} %, from ${track.genre.origin})`],
    ['labels', track.labels.map(({ genre, origin }) => `${genre} (${origin})`).join(', ')],
    ['guess', guessOf(track)],
    ['tempo', track.tempoBpm === null ? null : `${track.tempoBpm.toFixed(1)} BPM`],
    ['key', track.key],
    ['loudness', track.loudnessLufs === null ? null : `${track.loudnessLufs.toFixed(1)} LUFS`],
    ['energy', track.energy === null ? null : track.energy.toFixed(2)],
    [
      'stems',
      track.stemShares &&
        Object.entries(track.stemShares)
          .map(([stem, share]) => `${stem} ${Math.round(share * 100)} %`)
          .join(', '),
    ],
    ['model', track.modelVersion],
  ];
  for (const [name, value] of rows) if (value) print(`  ${name.padEnd(9)} ${value}`);
  const scores = Object.entries(track.scores).sort((a, b) => b[1] - a[1]);
  for (const [genre, score] of scores)
    print(`  ${'█'.repeat(Math.round(score * 30)).padEnd(30)} ${(score * 100).toFixed(1).padStart(5)} %  ${genre}`);
}

function guessOf({ guess }: TrackDetail): string | null {
  if (guess === null) return null;
  const genres = guess.genres.map(({ name, probability }) => `${name} ${Math.round(probability * 100)} %`).join(', ');
  return guess.isUnknown ? `not sure (${genres})` : genres;
}
