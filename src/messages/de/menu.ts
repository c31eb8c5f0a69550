// The application menu and the system's dialogs.
import type { Messages } from '../message-keys.ts';

export const menu: Messages['menu'] = {};
