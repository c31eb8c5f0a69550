// How the genres written in files become genres: separators, ID3v1 numbers, synonyms. Pure; the rules are a person's to edit.
import { genreKey, uniqueGenres } from './genre.ts';
import { ID3V1_GENRES } from './id3v1-genres.ts';
import type { TagRules } from './label.ts';

export const DEFAULT_TAG_RULES: TagRules = {
  separators: ['/', ';', ',', '|', '\\'],
  synonyms: [
    ...sameAs('Hip-Hop', ['hip hop', 'hiphop', 'rap', 'hip-hop/rap', 'rap/hip-hop', 'rap & hip-hop', 'hip hop/rap']),
    ...sameAs('Drum and Bass', ['drum & bass', "drum'n'bass", 'drum n bass', 'dnb', 'd&b', 'drum and bass']),
    ...sameAs('R&B', ['rnb', 'r & b', 'r and b', "r'n'b", 'rhythm and blues', 'rhythm & blues', 'r&b/soul']),
    ...sameAs('Electronic', ['electronica', 'electro', 'electronic music', 'dance & electronic']),
    ...sameAs('Rock & Roll', ["rock'n'roll", 'rock n roll', 'rock and roll', "rock 'n' roll"]),
    ...sameAs('Classical', ['classical music', 'klassik', 'classique', 'clasica', 'classica']),
    ...sameAs('Soundtrack', ['soundtracks', 'ost', 'original soundtrack', 'score', 'film score']),
    ...sameAs('Heavy Metal', ['metal/heavy metal']),
    ...sameAs('Alternative', ['alternative music', 'alt']),
    ...['other', 'unknown', 'none', 'misc', 'genre', 'unclassifiable', 'various', 'default'].map((tag) => ({ tag, genre: null })),
  ],
  keepUnknown: true,
};

function sameAs(genre: string, tags: string[]): TagRules['synonyms'] {
  return tags.map((tag) => ({ tag, genre }));
}

/** The rules made ready for many tags. */
export interface TagReader {
  /** Genres of a file's genre tags, first one first, each once. */
  read(tags: readonly string[]): string[];
}

const ID3V1_NAMES = new Map(ID3V1_GENRES.map((name) => [genreKey(name), name]));
/** "(17)", "17", "(4)(9)", "(17)Rock": numbers of ID3v1's list, as ID3v2.3 refers to them, and a refinement. */
const NUMBERED = /^(?:\((\d{1,3}|RX|CR)\))+/;

/** @param ownName the person's own spelling of a genre, by its key; null when it is none of theirs */
export function createTagReader(rules: TagRules, ownName: (key: string) => string | null): TagReader {
  const synonyms = new Map(rules.synonyms.map(({ tag, genre }) => [genreKey(tag), genre]));

  /** Undefined: nothing knows it as a whole. */
  function whole(tag: string): string | null | undefined {
    const key = genreKey(tag);
    const synonym = synonyms.get(key);
    if (synonym !== undefined) return synonym === null ? null : (ownName(genreKey(synonym)) ?? synonym);
    const own = ownName(key);
    if (own !== null) return own;
    const numbered = /^\d{1,3}$/.test(key) ? ID3V1_GENRES[Number(key)] : undefined;
    if (numbered !== undefined) {
      const known = whole(numbered);
      return known === undefined ? numbered : known;
    }
    return ID3V1_NAMES.get(key);
  }

  function named(tag: string): string[] {
    const known = whole(tag);
    if (known === null) return [];
    if (known !== undefined) return [known];
    const parts = split(tag, rules.separators);
    if (parts.length > 1) return parts.flatMap(named);
    return rules.keepUnknown ? [tag.trim().replace(/\s+/g, ' ')] : [];
  }

  return {
    read(tags) {
      const genres = tags
        .flatMap((tag) => tag.split('\u0000'))
        .flatMap(unnumbered)
        .flatMap(named);
      return uniqueGenres(genres);
    },
  };
}

/**
 * "(4)(9)Speed Metal" -> "4", "9", "Speed Metal"; "(4)(Eurodisco)" -> "4", "Eurodisco"; "((" stands for a "(" of the refinement
 * (ID3v2.3, section 4.2.1, TCON). Other tags as they are, empty ones left out.
 */
function unnumbered(tag: string): string[] {
  const text = tag.trim();
  const prefix = NUMBERED.exec(text)?.[0] ?? '';
  const codes = [...prefix.matchAll(/\((\d{1,3}|RX|CR)\)/g)].map(([, code]) => code!).filter((code) => /^\d+$/.test(code));
  const rest = text.slice(prefix.length);
  const refinement = rest.startsWith('((') ? rest.slice(1) : rest.replace(/^\((.*)\)$/, '$1');
  return [...codes, prefix === '' ? text : refinement].filter((part) => part.trim() !== '');
}

function split(tag: string, separators: readonly string[]): string[] {
  let parts = [tag];
  for (const separator of separators) parts = parts.flatMap((part) => part.split(separator));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
