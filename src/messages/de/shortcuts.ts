// The sheet of keyboard shortcuts.
import type { Messages } from '../message-keys.ts';

export const shortcuts: Messages['shortcuts'] = {};
