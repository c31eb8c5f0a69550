// Settings and diagnostics.
import type { Messages } from '../message-keys.ts';

export const settings: Messages['settings'] = {
  language: 'Sprache',
  languageExplains: 'Die Sprache des Fensters. Die Kommandozeile spricht Englisch.',
  system: 'System',
};
