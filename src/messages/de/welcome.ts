// The first run.
import type { Messages } from '../message-keys.ts';

export const welcome: Messages['welcome'] = {};
