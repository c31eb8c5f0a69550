// Words that stand in many places.
import type { Messages } from '../message-keys.ts';

export const common: Messages['common'] = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  remove: 'Entfernen',
  save: 'Sichern',
  undo: 'Rückgängig',
  play: 'Abspielen',
  pause: 'Anhalten',
  back: 'Zurück',
  retry: 'Noch einmal versuchen',
  unknownArtist: 'Unbekannter Interpret',
  unexpected: 'Etwas Unerwartetes ist schiefgegangen.',
  joined: '{first}, {second}',
  secondsLeft: 'noch {time}',
};
