// Genres of your own and acts of labelling.
import type { Messages } from '../message-keys.ts';

export const labels: Messages['labels'] = {};
