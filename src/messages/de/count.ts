// How many there are of something: what `countOf` says.
import type { Messages } from '../message-keys.ts';

export const count: Messages['count'] = {
  track: '{n, plural, one {# Titel} other {# Titel}}',
  file: '{n, plural, one {# Datei} other {# Dateien}}',
  moreFile: '{n, plural, one {# weitere Datei} other {# weitere Dateien}}',
  moreTrack: '{n, plural, one {# weiterer Titel} other {# weitere Titel}}',
  labelledTrack: '{n, plural, one {# zugeordneter Titel} other {# zugeordnete Titel}}',
  label: '{n, plural, one {# Zuordnung} other {# Zuordnungen}}',
  genre: '{n, plural, one {# Genre} other {# Genres}}',
  album: '{n, plural, one {# Album} other {# Alben}}',
  playlist: '{n, plural, one {# Playlist} other {# Playlists}}',
  recording: '{n, plural, one {# Aufnahme} other {# Aufnahmen}}',
  minute: '{n, plural, one {# Minute} other {# Minuten}}',
  day: '{n, plural, one {# Tag} other {# Tage}}',
  rarerTag: '{n, plural, one {# seltenerer Tag} other {# seltenere Tags}}',
};
