// Handlers of playlists as files: export, a folder of links or copies, import.
import type { App } from '../core/app.ts';
import { StemscapeError } from '../core/domain/errors.ts';
import type { Handlers } from './handler-types.ts';

type PlaylistFileHandlers = Pick<
  Handlers,
  'playlists.export' | 'playlists.fillFolder' | 'playlists.cancelFill' | 'playlists.import'
>;

/** The window shows the first of a long list. */
const MAX_UNMATCHED = 500;

export function createPlaylistFileHandlers({ playlistFiles, events }: App): PlaylistFileHandlers {
  let filling: AbortController | null = null;
  return {
    'playlists.export': async ({ id, outPath, ...choice }) => {
      const { bytes, ...rendered } = playlistFiles.render(id, choice);
      const base64 = Buffer.from(bytes).toString('base64');
      if (outPath === null) return { ...rendered, path: null, base64 };
      // Who names a file has been asked whether it may be replaced.
      const written = await playlistFiles.write(id, choice, outPath, true);
      return { ...rendered, ...written, path: written.paths[0] ?? outPath, base64: null };
    },
    'playlists.fillFolder': async ({ id, parent, kind, pathStyle, withPlaylist }) => {
      if (parent === null) throw new StemscapeError('host.unavailable', 'Name the folder that the tracks go into.');
      if (filling) throw new StemscapeError('input.invalid', 'A folder is being filled already.');
      filling = new AbortController();
      const request = { folder: playlistFiles.folderIn(parent, id), kind, style: pathStyle, withPlaylist, insideMusic: false };
      try {
        return await playlistFiles.fill(id, request, {
          signal: filling.signal,
          onProgress: (progress) => events.emit('playlists.folderProgress', progress),
        });
      } finally {
        filling = null;
      }
    },
    'playlists.cancelFill': () => {
      filling?.abort();
      return {};
    },
    'playlists.import': async ({ file, ...request }) => {
      const bytes = Buffer.from(file.base64, 'base64');
      const imported = await playlistFiles.import({ ...request, file: { name: file.name, bytes } });
      const playlists = imported.map(({ name, id, matched, unmatched }) => ({
        name,
        id,
        nMatched: matched.length,
        nUnmatched: unmatched.length,
        unmatched: unmatched.slice(0, MAX_UNMATCHED),
      }));
      return { playlists };
    },
  };
}
