// The player and its queue.
import type { Messages } from '../message-keys.ts';

export const player: Messages['player'] = {};
