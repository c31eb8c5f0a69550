// Handlers of map.*: columns of numbers leave as base64.
import type { CommandName, CommandOutput } from '../contract/index.ts';
import type { App } from '../core/app.ts';
import type { MapFrame } from '../core/domain/map.ts';
import type { Handlers } from './handler-types.ts';

type MapHandlers = Pick<Handlers, Extract<CommandName, `map.${string}`>>;

export function createMapHandlers({ maps }: App): MapHandlers {
  return {
    'map.status': () => {
      const { frame, ...status } = maps.status();
      return { ...status, frame: frame && frameOf(frame) };
    },
    'map.draw': (request) => {
      maps.start(request);
      return {};
    },
    'map.cancel': () => {
      maps.cancel();
      return {};
    },
    'map.list': ({ source }) => ({ maps: maps.list(source) }),
    'map.points': async ({ id }) => {
      const { trackIds, positions, clusters } = await maps.points(id);
      return { trackIds: base64(trackIds), positions: base64(positions), clusters: base64(clusters) };
    },
    'map.values': async ({ id, by }) => {
      const values = await maps.values(id, by);
      if (values.kind === 'named') return { ...values, index: base64(values.index) };
      return { ...values, values: base64(values.values) };
    },
  };
}

export function frameOf({ iteration, trackIds, positions }: MapFrame): NonNullable<CommandOutput<'map.status'>['frame']> {
  return { iteration, trackIds: trackIds && base64(trackIds), positions: base64(positions) };
}

function base64(array: Int32Array | Int16Array | Float32Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}
