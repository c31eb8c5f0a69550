// Failed and missing files, duplicates, storage.
import type { Messages } from '../message-keys.ts';

export const health: Messages['health'] = {};
