// The tour of three steps.
import type { Messages } from '../message-keys.ts';

export const tour: Messages['tour'] = {
  label: 'Rundgang, Schritt {step} von {total}',
  step: '{step} von {total}',
  skip: 'Rundgang beenden',
  back: 'Zurück',
  next: 'Weiter',
  done: 'Fertig',
  listenTitle: 'Es hört zu',
  listen:
    'Jeder Titel wird in Bass, Schlagzeug, Gesang und den Rest zerlegt und von einem Netz auf diesem Computer gehört. Du kannst dich derweil umsehen.',
  lookTitle: 'Sieh, was es gehört hat',
  look: 'Genre, Tempo, Tonart und Stems jedes Titels, und warum. Ist ein Genre falsch? Drück L und sag, was es ist: Dein Wort zählt mehr als das des Modells.',
  teachTitle: 'Bring ihm dein Gehör bei',
  teach: 'Mit ein paar eigenen Zuordnungen trainierst du ein Modell, das so hört wie du. Karte und Playlists folgen ihm.',
};
