// One handler a command: parsed input in, the command's output back. The compiler checks the table against the contract.
import type { App } from '../core/app.ts';
import { StemscapeError } from '../core/domain/errors.ts';
import type { Handlers } from './handler-types.ts';
import { createLabelHandlers } from './label-handlers.ts';
import { createMapHandlers } from './map-handlers.ts';
import { createNeighbourHandlers } from './neighbour-handlers.ts';
import { createPlaylistFileHandlers } from './playlist-file-handlers.ts';
import { createPlaylistHandlers } from './playlist-handlers.ts';
import { createStorageHandlers } from './storage-handlers.ts';
import { createSuggestHandlers } from './suggest-handlers.ts';
import { createTagHandlers } from './tag-handlers.ts';
import { createTrainingHandlers } from './training-handlers.ts';

const hostOnly = (): never => {
  throw new StemscapeError('host.unavailable', 'Only the window can answer this.');
};

export function createHandlers(app: App): Handlers {
  return {
    'library.summary': async () => ({ libraryDir: app.libraryDir, ...(await app.tracks.summary()) }),
    'library.skipped': () => app.tracks.skipped(),
    'library.removeRoot': ({ path }) => {
      app.removeRoot(path);
      return {};
    },

    'host.chooseFolder': hostOnly,
    'host.listFolders': hostOnly,
    'host.capabilities': hostOnly,

    'scan.start': (input) => {
      app.scans.start(input);
      return {};
    },
    'scan.demo': () => {
      app.scans.start({ folders: [app.demoDir()], reanalyse: 'none' });
      return {};
    },
    'scan.cancel': () => {
      app.scans.cancel();
      return {};
    },
    'scan.status': () => app.scans.status(),

    'tracks.list': (query) => app.tracks.list(query),
    'tracks.ids': (query) => ({ ids: app.tracks.idsInOrder(query) }),
    'library.facets': (query) => app.tracks.facets(query),
    'library.albums': (query) => app.tracks.albums(query),
    'tracks.get': ({ id }) => app.tracks.get(id),
    'tracks.retry': ({ ids }) => {
      app.scans.start({ folders: [], reanalyse: 'none', ids });
      return {};
    },

    'tracks.explain': ({ id }) => app.explanations.explain(id),

    'stems.prepare': ({ id }) => app.stems.prepare(id),
    'stems.cancel': ({ id }) => {
      app.stems.cancel(id);
      return {};
    },
    'stems.status': ({ id }) => app.stems.status(id),

    ...createLabelHandlers(app),
    ...createPlaylistHandlers(app),
    ...createPlaylistFileHandlers(app),
    ...createSuggestHandlers(app),
    ...createTagHandlers(app),
    ...createStorageHandlers(app),
    ...createMapHandlers(app),
    ...createNeighbourHandlers(app),

    'settings.get': () => app.settings.get(),
    'settings.set': (change) => app.settings.change(change),

    ...createTrainingHandlers(app),

    'system.doctor': async () => ({ checks: await app.doctor() }),
  };
}
