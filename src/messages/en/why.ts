// Why a track has its genre.
export const why = {
  title: 'Why this genre',
  offer: 'Hear the track without its bass, drums, vocals and the rest, to learn which of them decide.',
  explain: 'Explain',
  listening: 'Listening without each stem',
  listeningAgain: 'Listening again, without each stem.',
  mayClose: 'Listening again, without each stem. You may close the panel: the answer is kept.',
  lost: 'The connection was lost while it was listening.',
  mostly: 'It is mostly the {stem, select, bass {bass notes} drums {drums} vocals {voices} other {instruments}} that say {genre}',
  mostlyTurned:
    'It is mostly the {stem, select, bass {bass notes} drums {drums} vocals {voices} other {instruments}} that say {genre} (without them it would pass for {instead})',
  together: 'No single stem decides: all of them together say {genre}',
  verdict: '{reason}.',
  verdictAgainst:
    '{reason}; the {stem, select, bass {bass notes} drums {drums} vocals {voices} other {instruments}} speak against it.',
  stemPoints: 'Percentage points that each stem adds to {genre}',
  stems: 'What each stem says',
  without: 'without it {share}',
  withoutOther: 'without it {share}: it would pass for {genre}',
  saysNothing: 'says nothing of {genre}',
  speaksFor: 'speaks for {genre} by {n, plural, one {# point} other {# points}}',
  speaksAgainst: 'speaks against {genre} by {n, plural, one {# point} other {# points}}',
  windowShares: 'How probable each part makes {genre}',
  windows: 'What each part says',
  playFrom: 'Play from',
} as const;
