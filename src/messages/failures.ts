// Failures in the languages that the engine does not speak: it says them in English. `{sentence}` is what it said, where only that names
// the file, the field or the cause.
import type { ErrorCode } from '../core/domain/errors.ts';
import type { Language } from './languages.ts';

type Sentences = Readonly<Record<ErrorCode, string>>;

const de: Sentences = {
  'input.invalid': 'Das geht so nicht: {sentence}',
  'folder.missing': 'Diesen Ordner gibt es nicht (mehr). Ist das Laufwerk angeschlossen?',
  'folder.unreadable': 'Dieser Ordner lässt sich nicht lesen. Prüfe die Zugriffsrechte.',
  'file.missing': 'Die Datei ist nicht (mehr) da. Ist das Laufwerk angeschlossen?',
  'file.unreadable': 'Die Datei lässt sich nicht lesen. Prüfe die Zugriffsrechte.',
  'file.empty': 'Die Datei ist leer.',
  'decode.notAudio': 'Die Datei enthält keinen Ton, der sich lesen lässt.',
  'decode.corrupt': 'Die Datei ist beschädigt: Der Ton lässt sich nicht lesen.',
  'decode.tooShort': 'Die Aufnahme ist zu kurz, um sie zu untersuchen.',
  'decode.stalled': 'Das Lesen dieser Datei blieb hängen und wurde abgebrochen.',
  'decode.crashed': 'Beim Lesen dieser Datei brach das Programm dafür ab. Nur dieser Titel ist betroffen.',
  'model.missing': 'Ein Modell fehlt: {sentence}',
  'model.corrupt': 'Ein Modell ist beschädigt: {sentence}',
  'model.failed': 'Das Modell ließ sich nicht ausführen: {sentence}',
  'library.locked': 'Diese Bibliothek ist schon in einem anderen Fenster oder Programm offen.',
  'library.corrupt': 'Die Bibliothek ist beschädigt: {sentence}',
  'library.newer': 'Diese Bibliothek stammt von einer neueren Version von Stemscape. Aktualisiere das Programm.',
  'scan.running': 'Es läuft schon ein Scan.',
  'track.unknown': 'Diesen Titel gibt es in der Bibliothek nicht mehr.',
  'track.notAnalysed': 'Dieser Titel ist noch nicht untersucht. Ein Scan holt das nach.',
  'genre.unknown': 'Dieses Genre gibt es nicht mehr.',
  'genre.exists': 'Dieses Genre gibt es schon.',
  'labels.unreadable': 'Die Datei mit Zuordnungen lässt sich nicht lesen: {sentence}',
  'tags.running': 'Es werden gerade Tags geschrieben. Warte, bis das fertig ist.',
  'tags.unknown': 'Dieses Schreiben von Tags ist nicht bekannt.',
  'tags.unsupported': 'In Dateien dieses Formats werden keine Tags geschrieben.',
  'tags.readOnly': 'Die Datei ist schreibgeschützt.',
  'tags.changed': 'Die Datei hat sich inzwischen geändert. Sieh dir die Vorschau noch einmal an.',
  'tags.edited': 'Diese Tags hat inzwischen ein anderes Programm geändert; sie bleiben, wie sie sind.',
  'tags.unsafe': 'Die geschriebene Kopie hat die Prüfung nicht bestanden. Die Datei ist unverändert.',
  'training.running': 'Es läuft schon ein Training.',
  'training.tooFewLabels': 'Zum Trainieren sind es noch zu wenige Zuordnungen: {sentence}',
  'model.unknown': 'Diese Version des Modells gibt es nicht mehr.',
  'model.inUse': 'Dieses Modell ist in Gebrauch. Nimm zuerst ein anderes.',
  'model.notReady': 'Dieses Modell ist noch nicht fertig.',
  'map.running': 'Es wird schon eine Karte gezeichnet.',
  'map.unknown': 'Diese Karte gibt es nicht mehr.',
  'map.tooFewTracks': 'Für eine Karte sind es noch zu wenige Titel: {sentence}',
  'playlist.unknown': 'Diese Playlist gibt es nicht mehr.',
  'playlist.empty': 'Die Playlist ist leer.',
  'playlist.exists': 'Eine Playlist mit diesem Namen gibt es schon.',
  'export.exists': 'Die Datei gibt es schon: {sentence}',
  'export.failed': 'Das Speichern ist misslungen: {sentence}',
  'disk.full': 'Auf dem Laufwerk ist kein Platz mehr.',
  'host.unavailable': 'Das geht hier nicht: {sentence}',
  cancelled: 'Abgebrochen.',
  internal: 'Etwas Unerwartetes ist schiefgegangen: {sentence}',
};

const SENTENCES: Readonly<Record<Language, Sentences | null>> = { en: null, de };

/** A failure in a language. @param message the engine's sentence */
export function failureSentence(language: Language, code: ErrorCode, message: string): string {
  const sentence = SENTENCES[language]?.[code];
  return sentence ? sentence.replace('{sentence}', () => message) : message;
}
