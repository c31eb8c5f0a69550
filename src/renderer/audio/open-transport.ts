// Opens what the player drives: a track's file, or its four stems.
import { STEMS, type Stem, type Track } from '../../contract/index.ts';
import type { Api } from '../lib/api.ts';
import { ElementTransport } from './element-transport.ts';
import { StemTransport } from './stem-transport.ts';
import type { TransportEvents } from './transport.ts';

/** @param isAhead opened before its turn: as much is buffered as the browser likes */
export function openFile(api: Api, track: Track, events: TransportEvents, isAhead: boolean): ElementTransport {
  return new ElementTransport(api.mediaUrl({ kind: 'audio', id: track.id }), events, isAhead ? 'auto' : 'metadata');
}

export function openStems(api: Api, track: Track, events: TransportEvents): StemTransport {
  const url = (stem: Stem): string => api.mediaUrl({ kind: 'stem', id: track.id, stem });
  const urls = Object.fromEntries(STEMS.map((stem) => [stem, url(stem)])) as Record<Stem, string>;
  return new StemTransport(urls, events, track.durationSec);
}
