// Handlers of storage.*.
import type { App } from '../core/app.ts';
import type { Handlers } from './handler-types.ts';

type StorageHandlers = Pick<Handlers, Extract<keyof Handlers, `storage.${string}`>>;

export function createStorageHandlers({ storage }: App): StorageHandlers {
  return {
    'storage.summary': () => storage.summary(),
    'storage.free': ({ parts }) => storage.free(parts),
  };
}
