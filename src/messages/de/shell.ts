// The window around the views: sidebar, dialogs, messages.
import type { Messages } from '../message-keys.ts';

export const shell: Messages['shell'] = {
  library: 'Bibliothek',
  map: 'Karte',
  playlists: 'Playlists',
  teach: 'Anlernen',
  genres: 'Genres',
  scan: 'Scan & Zustand',
  settings: 'Einstellungen',
  views: 'Ansichten',
  ofMusic: '{span} Musik',
  shortcuts: 'Tastenkürzel',
  failed: 'fehlgeschlagen',
  nFailed: '{n} fehlgeschlagen',
  dismiss: 'Ausblenden',
  lost: 'Die Verbindung zu Stemscape ist abgebrochen. Es wird weiter versucht; falls es beendet wurde, starte es und öffne die Adresse, die es nennt.',
  lostAnswer: 'Die Verbindung zu Stemscape brach ab, bevor eine Antwort kam.',
  opening: 'Die Bibliothek wird geöffnet',
  willPlayNext: '{n, plural, one {# Titel folgt} other {# Titel folgen}} als Nächstes.',
  addedToQueue: '{n, plural, one {# Titel} other {# Titel}} in die Warteschlange gestellt.',
  training: 'Training',
  activating: 'Modell wird eingesetzt',
  drawingMap: 'Karte wird gezeichnet',
  writingTags: 'Tags werden geschrieben',
  findingDuplicates: 'Duplikate werden gesucht',
};
