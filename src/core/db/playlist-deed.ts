// What an act on a playlist did, as it is stored: JSON, or the sentence of an older version.
import type { PlaylistDeed } from '../domain/playlist-deed.ts';

export function textFromDeed(deed: PlaylistDeed): string {
  return JSON.stringify(deed);
}

export function deedFromText(text: string): PlaylistDeed {
  return text.startsWith('{"code":') ? (JSON.parse(text) as PlaylistDeed) : { code: 'said', text };
}
