// Searches and facets over the whole library, answered from the columns kept in memory: the search index finds the words, one pass
// in the list's order finds the page, and only the rows of that page are read.
import type { LibraryDb } from '../db/open.ts';
import { beginsWordOf, searchWords } from '../db/search-expression.ts';
import type { PagedRow } from '../db/track-listing.ts';
import { narrows } from '../domain/facet.ts';
import type { FacetIndex, ListOrder } from './facet-index.ts';
import type { Asked } from './facet-matching.ts';
import type { FacetQuery, TrackQuery } from './track-question.ts';

export interface Browser {
  /** Null where the library itself is quicker, or has changed since the columns were read. */
  page(query: TrackQuery): { total: number; rows: PagedRow[] } | null;
  asked(query: FacetQuery): Asked;
}

/** After the window has opened: reading the columns takes half a second for 100,000 tracks. */
const READ_AHEAD_MS = 1000;
const EVERYTHING = { search: '', genre: null, status: null, predicted: null };

export function createBrowser(db: LibraryDb, index: FacetIndex): Browser {
  const readAhead = createReadAhead(index);
  const asked = (query: FacetQuery): Asked => ({
    found: foundBy(db, query),
    facets: query.facets ?? {},
    ranges: query.ranges ?? {},
  });
  return {
    asked,
    page(query) {
      const { sort, descending, offset, limit } = query;
      if (query.status !== null || query.playlistId !== null || query.ids) return null;
      const order = { name: nameOf(db, query), ids: () => db.listing.idsInOrder(EVERYTHING, { sort, descending }) };
      readAhead(order);
      const isWhole = query.search === '' && query.genre === null && !narrows(query.facets ?? {}, query.ranges ?? {});
      if (isWhole && !index.isReadyFor(order)) return null;
      const found = index.page(asked(query), order, offset, limit);
      if (!found) return null;
      const only = { ...EVERYTHING, members: found.ids };
      const { rows } = db.listing.page(only, { sort: 'position', descending: false, offset: 0, limit: found.ids.length });
      return { total: found.total, rows };
    },
  };
}

/** Plays change orders by them, but nothing else that is kept in memory. */
function nameOf({ facetRows }: LibraryDb, { sort, descending }: TrackQuery): string {
  const isByPlays = sort === 'nPlays' || sort === 'lastPlayedAt';
  return `${sort} ${descending}${isByPlays ? ` ${facetRows.playsVersion()}` : ''}`;
}

/** The first list asked for is a sign that searches will follow; a list in another order, that they will be in that one. */
function createReadAhead(index: FacetIndex): (order: ListOrder) => void {
  let wanted: ListOrder | null = null;
  let isPlanned = false;
  const read = async (): Promise<void> => {
    isPlanned = false;
    await index.ready();
    if (wanted) index.prepare(wanted);
  };
  return (order) => {
    if (order.name === wanted?.name) return;
    wanted = order;
    if (isPlanned) return;
    isPlanned = true;
    // The library may be closed by then.
    setTimeout(() => void read().catch(() => {}), READ_AHEAD_MS).unref();
  };
}

/** Every word narrows; one that begins a genre's word also finds that genre's tracks. */
function foundBy({ listing }: LibraryDb, { search, genre, status }: FacetQuery): Asked['found'] {
  const found: { ids: readonly number[]; orGenres: readonly string[] }[] = [];
  const plain: string[] = [];
  const genres = listing.shownGenres();
  for (const word of searchWords(search)) {
    const named = genres.filter((name) => beginsWordOf(name, word));
    if (named.length === 0) plain.push(word);
    else found.push({ ids: listing.withWords([word]), orGenres: named });
  }
  if (plain.length > 0) found.push({ ids: listing.withWords(plain), orGenres: [] });
  if (status !== null) found.push({ ids: listing.ids({ ...EVERYTHING, status }), orGenres: [] });
  if (genre !== null) found.push({ ids: [], orGenres: [genre] });
  return found;
}
