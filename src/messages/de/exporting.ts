// Playlists to and from files.
import type { Messages } from '../message-keys.ts';

export const exporting: Messages['exporting'] = {};
