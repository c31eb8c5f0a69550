// Navidrome smart playlists: rules come out as its criteria, evaluated here as Navidrome's own source does; what it lacks is told.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RuleGroup, type SmartRules, smartRulesSchema } from '../../../../src/core/domain/smart-rules.ts';
import { NAVIDROME_NSP } from '../../../../src/core/playlists/export/navidrome-nsp.ts';
import { type Criterion, pathInRoot, translateRules } from '../../../../src/core/playlists/export/navidrome-rules.ts';
import type { ExportTrack } from '../../../../src/core/playlists/export/playlist-format.ts';

const ROOTS = ['/music', 'D:\\Music'];
const rules = (where: RuleGroup, changes: Partial<SmartRules> = {}): SmartRules => smartRulesSchema.parse({ where, ...changes });
const write = (where: RuleGroup, changes: Partial<SmartRules> = {}) => {
  const written = NAVIDROME_NSP.writeRules!('Mine', rules(where, changes), ROOTS)!;
  return { ...written, nsp: JSON.parse(written.text) };
};

test('a list of rules in full', () => {
  const where: RuleGroup = {
    match: 'all',
    rules: [
      { field: 'artist', op: 'contains', value: 'Ann' },
      { field: 'year', op: 'between', value: [1981, 1990] },
      {
        match: 'any',
        rules: [
          { field: 'plays', op: 'greater', value: 3 },
          { field: 'added', op: 'inLastDays', value: 30 },
        ],
      },
    ],
  };
  const { nsp } = write(where, {
    sort: [{ field: 'year', descending: true }],
    limit: { by: 'tracks', n: 25 },
  });
  expect(nsp).toEqual({
    name: 'Mine',
    all: [
      { contains: { artist: 'Ann' } },
      { inTheRange: { year: [1981, 1990] } },
      { any: [{ gt: { playcount: 3 } }, { inTheLast: { dateadded: 30 } }] },
    ],
    sort: 'year',
    order: 'desc',
    limit: 25,
  });
});

test('what Navidrome cannot say is left out with a sentence', () => {
  const where: RuleGroup = {
    match: 'all',
    rules: [
      { field: 'year', op: 'is', value: 1990 },
      { field: 'energy', op: 'greater', value: 0.5 },
      { field: 'title', op: 'matches', value: '^A' },
      { field: 'playlist', op: 'in', value: 'Late' },
    ],
  };
  const { nsp, notes } = write(where, {
    sort: [{ field: 'energy', descending: false }],
    limit: { by: 'minutes', n: 60 },
  });
  expect(nsp).toEqual({ name: 'Mine', all: [{ is: { year: 1990 } }] });
  expect(notes).toEqual([
    'Navidrome cannot say “energy > 0.5”: it was left out.',
    'Navidrome cannot say “title matches "^A"”: it was left out.',
    'Navidrome cannot say “in playlist "Late"”: it was left out.',
    'Navidrome cannot sort by energy.',
    'Navidrome knows no limit in minutes: it was left out.',
  ]);
  const nothing: RuleGroup = { match: 'all', rules: [{ field: 'energy', op: 'greater', value: 0.5 }] };
  expect(NAVIDROME_NSP.writeRules!('x', rules(nothing), ROOTS)).toBeNull();
});

test('paths begin below the music folder', () => {
  const begins = (value: string): RuleGroup => ({ match: 'any', rules: [{ field: 'folder', op: 'begins', value }] });
  expect(translateRules(begins('/music/Jazz'), ROOTS).criterion).toEqual({ any: [{ startsWith: { filepath: 'Jazz' } }] });
  expect(translateRules(begins('/elsewhere'), ROOTS)).toMatchObject({ criterion: null, notes: [expect.any(String)] });
  expect(pathInRoot('D:\\Music\\A\\b.mp3', ROOTS)).toBe('A/b.mp3');
  expect(pathInRoot('/musical/a.mp3', ROOTS)).toBeNull();
  expect(pathInRoot('/music/in/a.mp3', ['/music', '/music/in/'])).toBe('a.mp3');
});

type Value = string | number;
type Song = { year: number; bpm: number; title: string; datemodified: string };

/** Navidrome's model/criteria as it reads the file: comparisons of SQL over one row. */
function holds(criterion: Criterion, song: Song): boolean {
  const [[word, content]] = Object.entries(criterion) as [[string, Criterion[] | Record<string, Value>]];
  if (Array.isArray(content)) {
    return word === 'all' ? content.every((part) => holds(part, song)) : content.some((part) => holds(part, song));
  }
  const [[field, asked]] = Object.entries(content) as [[keyof Song, Value | [Value, Value]]];
  const [wanted, last] = Array.isArray(asked) ? asked : [asked, asked];
  const value: Value = song[field];
  switch (word) {
    case 'is':
      return value === wanted;
    case 'isNot':
      return value !== wanted;
    case 'gt':
    case 'after':
      return value > wanted;
    case 'lt':
    case 'before':
      return value < wanted;
    case 'inTheRange':
      return value >= wanted && value <= last;
    case 'contains':
      return String(value).includes(String(wanted));
    case 'notContains':
      return !String(value).includes(String(wanted));
    default:
      throw new Error(`an operator that Navidrome does not have: ${word}`);
  }
}

/** Smart rules by their own meaning, over the same song. */
function fits(rule: RuleGroup | RuleGroup['rules'][number], song: Song): boolean {
  if ('match' in rule) {
    const parts = rule.rules.map((part) => fits(part, song));
    return rule.match === 'all' ? parts.every(Boolean) : rule.match === 'any' ? parts.some(Boolean) : !parts.some(Boolean);
  }
  const { op, value } = rule;
  const own = { year: song.year, tagTempo: song.bpm, title: song.title, modified: song.datemodified.slice(0, 10) }[rule.field]!;
  const [low, high] = Array.isArray(value) ? value : [value, value];
  switch (op) {
    case 'is':
      return own === value;
    case 'isNot':
      return own !== value;
    case 'less':
    case 'before':
      return own < value!;
    case 'greater':
    case 'after':
      return own > value!;
    case 'atMost':
      return own <= value!;
    case 'atLeast':
      return own >= value!;
    case 'between':
      return own >= low! && own <= high!;
    case 'contains':
      return String(own).includes(String(value));
    case 'containsNot':
      return !String(own).includes(String(value));
    default:
      throw new Error(op);
  }
}

const year = fc.integer({ min: 1990, max: 1994 });
const day = fc.integer({ min: 1, max: 4 }).map((n) => `2026-01-0${n}`);
const letter = fc.constantFrom('a', 'b', 'ab');
const condition = fc.oneof(
  fc.record({
    field: fc.constantFrom('year', 'tagTempo'),
    op: fc.constantFrom('is', 'isNot', 'less', 'greater', 'atMost', 'atLeast'),
    value: year,
  }),
  fc.record({ field: fc.constant('year'), op: fc.constant('between'), value: fc.tuple(year, year) }),
  fc.record({ field: fc.constant('title'), op: fc.constantFrom('is', 'isNot', 'contains', 'containsNot'), value: letter }),
  fc.record({ field: fc.constant('modified'), op: fc.constantFrom('is', 'isNot', 'before', 'after'), value: day }),
  fc.record({ field: fc.constant('modified'), op: fc.constant('between'), value: fc.tuple(day, day) }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.record({
    match: fc.constantFrom('all', 'any', 'none'),
    rules: fc.array(fc.oneof({ maxDepth: 3 }, condition, tie('tree')), { minLength: 1, maxLength: 4 }),
  }),
}));
const song = fc.record({
  year,
  bpm: year,
  title: letter,
  datemodified: fc.tuple(day, fc.constantFrom('00:00:00', '12:30:00')).map(([date, time]) => `${date} ${time}`),
});

test('whatever it can say means the same there, however it is nested and negated', () => {
  fc.assert(
    fc.property(tree, fc.array(song, { minLength: 1, maxLength: 8 }), (where, songs) => {
      const { criterion, notes } = translateRules(where as RuleGroup, ROOTS);
      expect(notes).toEqual([]);
      for (const one of songs) expect(holds(criterion!, one)).toBe(fits(where as RuleGroup, one));
    }),
    { numRuns: 500 },
  );
});

const inRoot = (path: string | null) => ({ pathInRoot: path }) as ExportTrack;

test('a fixed list is any of its paths, in groups that SQLite can nest, and says that the order is lost', () => {
  const tracks = Array.from({ length: 450 }, (_, i) => inRoot(`A/${i} "é".mp3`));
  const nsp = JSON.parse(NAVIDROME_NSP.write({ name: 'Fixed', tracks }));
  expect(nsp.any.map(({ any }: { any: unknown[] }) => any.length)).toEqual([200, 200, 50]);
  expect(nsp.any[2].any[49]).toEqual({ is: { filepath: 'A/449 "é".mp3' } });
  expect(JSON.parse(NAVIDROME_NSP.write({ name: 'x', tracks: tracks.slice(0, 1) })).any).toEqual([
    { is: { filepath: 'A/0 "é".mp3' } },
  ]);
  expect(NAVIDROME_NSP.notes!({ name: 'x', tracks })).toEqual([expect.stringMatching(/order is lost/)]);
  expect(NAVIDROME_NSP.obstacle!(inRoot(null))).toMatch(/outside the music folders/);
});
