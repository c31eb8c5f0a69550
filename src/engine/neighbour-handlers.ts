// Handlers of neighbours.* and duplicates.*.
import type { CommandName } from '../contract/index.ts';
import type { App } from '../core/app.ts';
import type { Handlers } from './handler-types.ts';

type NeighbourHandlers = Pick<Handlers, Extract<CommandName, `neighbours.${string}` | `duplicates.${string}`>>;

export function createNeighbourHandlers({ neighbours, tracks }: App): NeighbourHandlers {
  return {
    'neighbours.similar': (query) => ({
      neighbours: neighbours.similar(query).map(({ trackId, ...rest }) => ({ track: tracks.get(trackId), ...rest })),
    }),
    'duplicates.find': () => neighbours.duplicates(),
    'duplicates.cancel': () => {
      neighbours.cancelDuplicates();
      return {};
    },
  };
}
