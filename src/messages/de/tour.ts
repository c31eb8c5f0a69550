// The tour of three steps.
import type { Messages } from '../message-keys.ts';

export const tour: Messages['tour'] = {};
