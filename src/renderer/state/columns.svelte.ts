// Which columns the library shows, in which order and how wide: a person's choice, kept in this window's storage.
import { type ColumnId, LIBRARY_COLUMNS, TRACK_COLUMNS, type TrackColumn } from '../elements/track-columns.ts';
import { recall, remember } from '../lib/remembered.ts';

interface Place {
  id: ColumnId;
  isShown: boolean;
  /** Null = the column's usual width. */
  widthPx: number | null;
}

const KEY = 'columns';
const MIN_PX = 40;
const MAX_PX = 900;
const USUAL: readonly Place[] = LIBRARY_COLUMNS.map(({ id }) => ({
  id,
  isShown: TRACK_COLUMNS.some((column) => column.id === id),
  widthPx: null,
}));
const columnOf = (id: ColumnId): TrackColumn => LIBRARY_COLUMNS.find((column) => column.id === id)!;

export class Columns {
  #places = $state.raw<readonly Place[]>(read());

  /** All of them, shown or not, in the person's order. */
  get places(): readonly Place[] {
    return this.#places;
  }

  get shown(): TrackColumn[] {
    return this.#places
      .filter(({ isShown }) => isShown)
      .map(({ id, widthPx }) => (widthPx === null ? columnOf(id) : { ...columnOf(id), minPx: widthPx, grow: 0 }));
  }

  /** The person chose: columns stay where the list is narrow, which then scrolls sideways. */
  get isOwn(): boolean {
    return this.#places !== USUAL;
  }

  /** The title always stays. */
  toggle(id: ColumnId): void {
    if (id !== 'title') this.#change(id, (place) => ({ ...place, isShown: !place.isShown }));
  }

  resize(id: ColumnId, widthPx: number): void {
    this.#change(id, (place) => ({ ...place, widthPx: Math.round(Math.min(MAX_PX, Math.max(MIN_PX, widthPx))) }));
  }

  /** One place on or back. */
  move(id: ColumnId, step: 1 | -1): void {
    const at = this.#places.findIndex((place) => place.id === id);
    this.#put(id, at + step);
  }

  /** To where another column is now. */
  moveTo(id: ColumnId, target: ColumnId): void {
    this.#put(
      id,
      this.#places.findIndex((place) => place.id === target),
    );
  }

  reset(): void {
    this.#places = USUAL;
    remember(KEY, '');
  }

  widthOf(id: ColumnId): number {
    return this.#places.find((place) => place.id === id)?.widthPx ?? columnOf(id).minPx;
  }

  #put(id: ColumnId, index: number): void {
    const moved = this.#places.find((place) => place.id === id);
    if (!moved || index < 0 || index >= this.#places.length) return;
    const rest = this.#places.filter((place) => place !== moved);
    this.#keep([...rest.slice(0, index), moved, ...rest.slice(index)]);
  }

  #change(id: ColumnId, change: (place: Place) => Place): void {
    this.#keep(this.#places.map((place) => (place.id === id ? change(place) : place)));
  }

  #keep(places: readonly Place[]): void {
    this.#places = places;
    remember(KEY, places.map(({ id, isShown, widthPx }) => `${id}${isShown ? '+' : '-'}${widthPx ?? ''}`).join(' '));
  }
}

/** "title+ artist+220 album-": what is unknown is left out, what is new comes last. */
function read(): readonly Place[] {
  const kept = recall<string>(KEY, '');
  if (kept === '') return USUAL;
  const places = kept.split(' ').flatMap((text): Place[] => {
    const [, name, sign, width] = /^(\w+)([+-])(\d*)$/.exec(text) ?? [];
    const known = USUAL.find(({ id }) => id === name);
    return known ? [{ id: known.id, isShown: sign === '+', widthPx: width ? Number(width) : null }] : [];
  });
  const rest = USUAL.filter(({ id }) => !places.some((place) => place.id === id)).map((place) => ({ ...place, isShown: false }));
  return [...places, ...rest];
}
