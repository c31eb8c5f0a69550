// The first run.
import type { Messages } from '../message-keys.ts';

export const welcome: Messages['welcome'] = {
  title: 'Hör, was in deiner Musiksammlung steckt',
  lead: 'Stemscape zerlegt jeden Titel in Bass, Schlagzeug, Gesang und den Rest, hört ihn an und ordnet ihn nach Genre, Tempo, Tonart und Energie.',
  choose: 'Musikordner wählen',
  demo: 'Demo-Bibliothek öffnen',
  private: 'Alles geschieht auf diesem Computer. Nichts verlässt ihn, und deine Dateien bleiben, wie sie sind.',
  drop: 'Oder zieh einen Ordner irgendwo in dieses Fenster.',
};
