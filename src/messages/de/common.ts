// Words that stand in many places.
import type { Messages } from '../message-keys.ts';

export const common: Messages['common'] = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  remove: 'Entfernen',
  rename: 'Umbenennen',
  save: 'Sichern',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  play: 'Abspielen',
  pause: 'Anhalten',
  open: 'Öffnen',
  back: 'Zurück',
  next: 'Weiter',
  retry: 'Noch einmal versuchen',
  more: 'Mehr',
  less: 'Weniger',
  all: 'Alle',
  none: 'Keine',
  yes: 'Ja',
  no: 'Nein',
  unknownArtist: 'Unbekannter Interpret',
  unexpected: 'Etwas Unerwartetes ist schiefgegangen.',
  joined: '{first}, {second}',
  secondsLeft: 'noch {time}',
};
