// Settings and diagnostics.
export const settings = {
  language: 'Language',
  languageExplains: 'Of the window. The command line speaks English.',
  system: 'System',
} as const;
