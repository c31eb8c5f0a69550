// How the library was sorted and narrowed when the window was last open. Words that were searched for are not kept.
import { type CommandParsed, trackQuerySchema } from '../../contract/index.ts';
import { recall, remember } from './remembered.ts';

const KEY = 'library.query';
const keptSchema = trackQuerySchema.pick({
  genre: true,
  status: true,
  facets: true,
  ranges: true,
  sort: true,
  descending: true,
});
type KeptQuery = Pick<CommandParsed<'tracks.list'>, 'genre' | 'status' | 'facets' | 'ranges' | 'sort' | 'descending'>;

let kept = '';

export function keepQuery({ genre, status, facets, ranges, sort, descending }: KeptQuery): void {
  const text = JSON.stringify({ genre, status, facets, ranges, sort, descending } satisfies KeptQuery);
  // Every letter of a search is another question, but nothing that is kept.
  if (text !== kept) remember(KEY, text);
  kept = text;
}

/** Nothing where there is none, or one of another version. */
export function recallQuery(): Partial<KeptQuery> {
  const text = recall<string>(KEY, '');
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
