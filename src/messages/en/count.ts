// How many there are of something: what `countOf` says.
export const count = {
  track: '{n, plural, one {# track} other {# tracks}}',
  file: '{n, plural, one {# file} other {# files}}',
  moreFile: '{n, plural, one {# more file} other {# more files}}',
  moreTrack: '{n, plural, one {# more track} other {# more tracks}}',
  labelledTrack: '{n, plural, one {# labelled track} other {# labelled tracks}}',
  label: '{n, plural, one {# label} other {# labels}}',
  genre: '{n, plural, one {# genre} other {# genres}}',
  album: '{n, plural, one {# album} other {# albums}}',
  playlist: '{n, plural, one {# playlist} other {# playlists}}',
  recording: '{n, plural, one {# recording} other {# recordings}}',
  minute: '{n, plural, one {# minute} other {# minutes}}',
  day: '{n, plural, one {# day} other {# days}}',
  rarerTag: '{n, plural, one {# rarer tag} other {# rarer tags}}',
} as const;
