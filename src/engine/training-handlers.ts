// Handlers of training.* and models.*.
import type { CommandName } from '../contract/index.ts';
import type { App } from '../core/app.ts';
import type { Handlers } from './handler-types.ts';

type TrainingHandlers = Pick<Handlers, Extract<CommandName, `training.${string}` | `models.${string}`>>;

export function createTrainingHandlers(app: App): TrainingHandlers {
  const { training, models } = app;
  return {
    'training.plan': (request) => training.plan(request),
    'training.start': async (request) => {
      await training.start(request);
      return {};
    },
    'training.cancel': () => {
      training.cancel();
      return {};
    },
    'training.status': () => training.status(),
    'training.resume': async () => {
      await training.resume();
      return {};
    },
    'training.discard': async () => {
      await training.discard();
      return {};
    },

    'models.list': () => ({ models: models.list() }),
    'models.get': ({ id }) => models.get(id),
    'models.use': ({ id }) => models.use(id),
    'models.cancelUse': () => {
      models.cancelUse();
      return {};
    },
    'models.rollback': () => models.rollback(),
    'models.rename': ({ id, name }) => models.rename(id, name),
    'models.remove': async ({ id }) => {
      await models.remove(id);
      return {};
    },
    'models.compare': ({ a, b }) => models.compare(a, b),
    'models.confused': ({ id, label, guess }) => ({ trackIds: models.confused(id, label, guess) }),
    'models.export': async ({ id }) => {
      const { fileName, bytes } = await models.export(id);
      return { fileName, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
    },
    'models.import': ({ base64 }) => models.import(Buffer.from(base64, 'base64')),
  };
}
