// Playlists: list, open playlist, adding, places.
import type { Messages } from '../message-keys.ts';

export const playlists: Messages['playlists'] = {};
