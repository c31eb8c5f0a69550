import { expect, it } from 'vitest';
import type { PlaylistDeed } from '../../../src/core/domain/playlist-deed.ts';
import { playlistDeedWords } from '../../../src/core/domain/playlist-deed-words.ts';
import { playlistDeedInWords } from '../../../src/renderer/lib/playlist-deed-words.ts';

const DEEDS: readonly PlaylistDeed[] = [
  { code: 'said', text: 'Sorted “Mine”' },
  { code: 'made', name: 'Mine' },
  { code: 'renamed', from: 'Mine', to: 'Yours' },
  { code: 'rulesChanged', name: 'Mine' },
  { code: 'recipeChanged', name: 'Mine' },
  { code: 'madeAgain', name: 'Mine' },
  { code: 'removed', name: '{odd} <b>' },
  { code: 'added', n: 1, name: 'Mine' },
  { code: 'taken', n: 12, name: 'Mine' },
  { code: 'moved', n: 2, name: 'Mine' },
];

it.each(DEEDS)('the command line says $code as the English window does', (deed) => {
  expect(playlistDeedWords(deed)).toBe(playlistDeedInWords(deed));
});
