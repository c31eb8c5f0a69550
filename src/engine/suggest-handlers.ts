// Handlers of the two labelling queues.
import type { App } from '../core/app.ts';
import type { Handlers } from './handler-types.ts';

export function createSuggestHandlers({ suggestions }: App): Pick<Handlers, 'suggest.next' | 'suggest.doubts'> {
  return {
    'suggest.next': ({ limit, exclude }) => suggestions.next(limit, exclude),
    'suggest.doubts': ({ limit }) => suggestions.doubts(limit),
  };
}
