// Scanning folders.
import type { Messages } from '../message-keys.ts';

export const scan: Messages['scan'] = {};
