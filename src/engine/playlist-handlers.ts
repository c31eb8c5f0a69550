// Handlers of playlists, rules and plays.
import type { App } from '../core/app.ts';
import { OPERATORS_OF, RULE_FIELDS } from '../core/domain/smart-rule-fields.ts';
import { OPERATOR_WORDS } from '../core/playlists/rules/print-rules.ts';
import type { Handlers } from './handler-types.ts';

type PlaylistHandlers = Omit<
  Pick<Handlers, Extract<keyof Handlers, `playlists.${string}` | `rules.${string}` | `plays.${string}`>>,
  'playlists.export' | 'playlists.fillFolder' | 'playlists.cancelFill' | 'playlists.import'
>;

export function createPlaylistHandlers({ playlists, keptPlaylists: kept, recipes, plays, settings }: App): PlaylistHandlers {
  return {
    'playlists.list': () => ({
      minConfidence: settings.get().playlistMinConfidence,
      playlists: playlists.list(),
      history: kept.history(),
    }),
    'playlists.get': ({ id, offset, limit }) => playlists.get(id, offset, limit),
    'playlists.create': ({ name, trackIds }) => kept.create(name, trackIds),
    'playlists.rename': ({ id, name }) => kept.rename(id, name),
    'playlists.remove': async ({ id }) => {
      await kept.remove(id);
      return {};
    },
    'playlists.addTracks': ({ id, trackIds }) => kept.addTracks(id, trackIds),
    'playlists.removeTracks': ({ id, trackIds }) => kept.removeTracks(id, trackIds),
    'playlists.move': async ({ id, trackIds, before }) => {
      await kept.move(id, trackIds, before);
      return {};
    },
    'playlists.undo': async () => ({ deed: await kept.undo(), history: kept.history() }),
    'playlists.redo': async () => ({ deed: await kept.redo(), history: kept.history() }),

    'playlists.preview': ({ making, limit }) =>
      making.by === 'rules' ? recipes.previewRules(making.rules, limit) : recipes.preview(making.recipe, limit),
    'playlists.make': ({ name, making }) =>
      making.by === 'rules' ? recipes.makeByRules(name, making.rules) : recipes.make(name, making.recipe),
    'playlists.remake': ({ id, seed }) => recipes.remake(id, seed),
    'playlists.setRules': ({ id, rules, name }) => kept.setRules(id, rules, name),
    'playlists.setRecipe': ({ id, recipe, name }) => recipes.change(id, recipe, name),
    'playlists.moods': async ({ seed }) => ({ moods: await recipes.moods(seed) }),

    'rules.fields': () => ({
      fields: RULE_FIELDS.map((field) => ({
        ...field,
        choices: field.choices && [...field.choices],
        operators: OPERATORS_OF[field.type].map((op) => ({ op, words: OPERATOR_WORDS[op] })),
      })),
    }),
    'rules.parse': ({ text }) => recipes.readText(text),
    'rules.print': ({ rules }) => ({ text: recipes.writeText(rules) }),

    'plays.record': ({ trackId, playedSec }) => {
      plays.record(trackId, playedSec);
      return {};
    },
  };
}
