// Why a track has its genre.
import type { Messages } from '../message-keys.ts';

export const why: Messages['why'] = {
  title: 'Warum dieses Genre',
  offer: 'Den Titel ohne Bass, ohne Schlagzeug, ohne Gesang und ohne den Rest hören, um zu erfahren, was den Ausschlag gibt.',
  explain: 'Erklären',
  listening: 'Hört ohne jeden der Stems',
  listeningAgain: 'Hört noch einmal, je ohne einen Stem.',
  mayClose: 'Hört noch einmal, je ohne einen Stem. Du kannst die Titelansicht schließen: Die Antwort bleibt.',
  lost: 'Die Verbindung ging beim Hören verloren.',
  mostly:
    'Vor allem {stem, select, bass {spricht der Bass} drums {spricht das Schlagzeug} vocals {sprechen die Stimmen} other {sprechen die Instrumente}} für {genre}',
  mostlyTurned:
    'Vor allem {stem, select, bass {spricht der Bass} drums {spricht das Schlagzeug} vocals {sprechen die Stimmen} other {sprechen die Instrumente}} für {genre} (sonst ginge der Titel als {instead} durch)',
  together: 'Kein Stem entscheidet allein: Alle zusammen sprechen für {genre}',
  verdict: '{reason}.',
  verdictAgainst:
    '{reason}; {stem, select, bass {der Bass spricht} drums {das Schlagzeug spricht} vocals {die Stimmen sprechen} other {die Instrumente sprechen}} dagegen.',
  stemPoints: 'Prozentpunkte, die jeder Stem für {genre} beiträgt',
  stems: 'Was jeder Stem sagt',
  without: 'ohne ihn {share}',
  withoutOther: 'ohne ihn {share}: ginge als {genre} durch',
  saysNothing: 'sagt nichts über {genre}',
  speaksFor: 'spricht mit {n, plural, one {# Punkt} other {# Punkten}} für {genre}',
  speaksAgainst: 'spricht mit {n, plural, one {# Punkt} other {# Punkten}} gegen {genre}',
  windowShares: 'Wie wahrscheinlich {genre} in jedem Ausschnitt ist',
  windows: 'Was jeder Ausschnitt sagt',
  playFrom: 'Abspielen ab',
};
