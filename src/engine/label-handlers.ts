// Handlers of genres and labels.
import type { App } from '../core/app.ts';
import type { Handlers } from './handler-types.ts';

type LabelHandlers = Pick<Handlers, Extract<keyof Handlers, `genres.${string}` | `labels.${string}`>>;

export function createLabelHandlers({ genres, labels }: App): LabelHandlers {
  return {
    'genres.list': () => ({ genres: genres.list() }),
    'genres.create': ({ name, ...rest }) => genres.create(name, rest),
    'genres.change': ({ id, ...change }) => genres.change(id, change),
    'genres.remove': ({ id, moveTo }) => genres.remove(id, moveTo),

    'labels.set': ({ target, genres: names, mode }) => labels.set(target, names, mode),
    'labels.undo': async () => ({ action: await labels.undo(), history: labels.history() }),
    'labels.redo': async () => ({ action: await labels.redo(), history: labels.history() }),
    'labels.history': () => labels.history(),
    'labels.tagRules': () => labels.tagRules(),
    'labels.setTagRules': ({ rules }) => labels.setTagRules(rules),
    'labels.import': ({ text, format }) => labels.importFile(text, format),
    'labels.export': ({ format }) => labels.exportFile(format),
  };
}
