// The library: table, facets, columns, covers, search.
import type { Messages } from '../message-keys.ts';

export const library: Messages['library'] = {};
