// Smart rules: fields, operators, editor.
import type { Messages } from '../message-keys.ts';

export const rules: Messages['rules'] = {};
