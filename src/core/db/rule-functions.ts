// SQL functions that rules need and SQLite lacks: folded texts, wildcards, folders, seeded order.
import type Database from 'better-sqlite3';
import { foldText } from '../domain/smart-rules.ts';

type Value = string | number | bigint | Buffer | null;

export function registerRuleFunctions(sqlite: Database.Database): void {
  const exact = { deterministic: true } as const;
  sqlite.function('folded', exact, (text: Value) => (text === null ? null : foldText(String(text))));
  sqlite.function('folder_of', exact, (path: Value) => folderOf(String(path)));
  sqlite.function('wildcard', exact, (text: Value, pattern: Value) =>
    text === null ? null : matchesWildcard(String(text), String(pattern)) ? 1 : 0,
  );
  sqlite.function('seeded', exact, (id: Value, seed: Value) => seededPlace(Number(id), Number(seed)));
}

/** "/music/jazz" of "/music/jazz/a.mp3", with either separator. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'), path.lastIndexOf('\\')));
}

/** "*" stands for any text, "?" for one character; the whole text has to fit. Linear but for one retry a star. */
export function matchesWildcard(text: string, pattern: string): boolean {
  const [letters, signs] = [[...text], [...pattern]];
  let [at, sign, star, resumeAt] = [0, 0, -1, 0];
  while (at < letters.length) {
    if (signs[sign] === '*') {
      star = sign++;
      resumeAt = at;
    } else if (sign < signs.length && (signs[sign] === '?' || signs[sign] === letters[at])) {
      at++;
      sign++;
    } else if (star >= 0) {
      sign = star + 1;
      at = ++resumeAt;
    } else return false;
  }
  while (signs[sign] === '*') sign++;
  return sign === signs.length;
}

/** A place in a seed's random order, 0..2^32 - 1 (finalizer of MurmurHash3). */
export function seededPlace(id: number, seed: number): number {
  let h = Math.imul(id ^ 0x9e3779b9, 0x85ebca6b) ^ (seed | 0);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
