// JSPF: XSPF as JSON.
import { z } from 'zod';
import type { ReadPlaylist } from './playlist-entry.ts';

const text = z.string().nullish().catch(null);
const jspfSchema = z.object({
  playlist: z.object({
    title: text,
    track: z.array(
      z.object({
        location: z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]),
        title: text,
        creator: text,
        duration: z.number().positive().nullish().catch(null),
      }),
    ),
  }),
});

/** @throws Error when it is no JSPF */
export function readJspf(content: string): ReadPlaylist {
  const { playlist } = jspfSchema.parse(JSON.parse(content));
  const entries = playlist.track.map(({ location, title, creator, duration }) => ({
    locations: location,
    areUris: true,
    title: title ?? null,
    artist: creator ?? null,
    label: null,
    durationSec: duration ? duration / 1000 : null,
  }));
  return { name: playlist.title ?? null, entries };
}
