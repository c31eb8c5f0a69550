// What sounds alike.
import type { Messages } from '../message-keys.ts';

export const soundsLike: Messages['soundsLike'] = {};
