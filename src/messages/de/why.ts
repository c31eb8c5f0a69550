// Why a track has its genre.
import type { Messages } from '../message-keys.ts';

export const why: Messages['why'] = {};
