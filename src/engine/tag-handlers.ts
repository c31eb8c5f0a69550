// Handlers of tags.*.
import type { App } from '../core/app.ts';
import type { Handlers } from './handler-types.ts';

type TagHandlers = Pick<Handlers, Extract<keyof Handlers, `tags.${string}`>>;

export function createTagHandlers({ tags }: App): TagHandlers {
  /** How it ends is told by the event. */
  const inBackground = ({ writeId, done }: ReturnType<App['tags']['write']>) => {
    done.catch(() => {});
    return { writeId };
  };
  return {
    'tags.preview': ({ limit, ...request }) => tags.preview(request, limit),
    'tags.changes': ({ planId, offset, limit }) => ({ changes: tags.changes(planId, offset, limit) }),
    'tags.write': ({ planId }) => inBackground(tags.write(planId)),
    'tags.undo': ({ writeId }) => inBackground(tags.undo(writeId)),
    'tags.cancel': () => {
      tags.cancel();
      return {};
    },
    'tags.status': () => tags.status(),
    'tags.history': ({ limit }) => ({ writes: tags.history(limit) }),
  };
}
