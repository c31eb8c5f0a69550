// The window around the views: sidebar, dialogs, messages.
import type { Messages } from '../message-keys.ts';

export const shell: Messages['shell'] = {};
