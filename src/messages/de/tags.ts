// Tags written into files.
import type { Messages } from '../message-keys.ts';

export const tags: Messages['tags'] = {};
