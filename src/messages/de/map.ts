// The map.
import type { Messages } from '../message-keys.ts';

export const map: Messages['map'] = {};
