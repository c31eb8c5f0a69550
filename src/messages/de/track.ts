// A track: its panel, file, measures, pictures and stems.
import type { Messages } from '../message-keys.ts';

export const track: Messages['track'] = {};
