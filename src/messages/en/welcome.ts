// The first run.
export const welcome = {
  title: 'Hear what is in your music library',
  lead: 'Stemscape takes each track apart into bass, drums, vocals and the rest, listens to it, and sorts it by genre, tempo, key and energy.',
  choose: 'Choose a music folder',
  demo: 'Open the demo library',
  private: 'Everything happens on this computer. Nothing leaves it, and your files are not changed.',
  drop: 'Or drop a folder anywhere in this window.',
} as const;
