// The import rule: the direction in which rooms may know each other.
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_RULES, ROOMS_WITHOUT_NODE, ruleOf } from './import-table.ts';
import { importsOf, type SourceFile, sourceFiles, withoutComments } from './source-files.ts';

const SQL =
  /\b(SELECT\b[\s\S]{1,200}?\bFROM\b|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|CREATE\s+(TABLE|INDEX)\b|PRAGMA\s+\w)/;

let files: SourceFile[] = [];
beforeAll(async () => {
  files = await sourceFiles();
});

function broken(forbids: (file: SourceFile, target: string) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((target) => forbids(file, target)).map((target) => `${file.path} imports ${target}`),
  );
}

describe('rooms', () => {
  test('every file lies in a room', () => {
    expect(files.map((file) => file.path).filter((path) => ruleOf(path) === undefined)).toEqual([]);
    expect(files.length).toBeGreaterThan(40);
  });

  test('each room imports only what its rule names', () => {
    const isOurs = (target: string): boolean => target.startsWith('src/') || target.endsWith('.json') || target.startsWith('..');
    const mayImport = (file: SourceFile, target: string): boolean => {
      const rule = ruleOf(file.path);
      return [rule?.room ?? '', ...(rule?.may ?? [])].some((prefix) => target.startsWith(prefix));
    };
    expect(broken((file, target) => isOurs(target) && !mayImport(file, target))).toEqual([]);
  });

  test('packages stay in the rooms that own them', () => {
    const isStray = (file: SourceFile, target: string): boolean =>
      PACKAGE_RULES.some((rule) => rule.packages.test(target) && !rule.only.some((room) => file.path.startsWith(room)));
    expect(broken(isStray)).toEqual([]);
  });

  test('pages and pure rooms do without Node', () => {
    const isPure = (file: SourceFile): boolean => ROOMS_WITHOUT_NODE.some((room) => file.path.startsWith(room));
    expect(broken((file, target) => isPure(file) && target.startsWith('node:'))).toEqual([]);
  });

  test('SQL text lies in the database room', () => {
    const strays = files.filter((file) => !file.path.startsWith('src/core/db/') && SQL.test(withoutComments(file.text)));
    expect(strays.map((file) => file.path)).toEqual([]);
  });
});

test('no file imports itself in a circle', () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      return;
    }
    state.set(path, 'open');
    // A component that is drawn inside itself (a tree) names itself: Svelte has no other way.
    const targets = (byPath.get(path)?.imports ?? []).filter((target) => target !== path || !path.endsWith('.svelte'));
    for (const target of targets) if (byPath.has(target)) visit(target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const { path } of files) visit(path, []);
  expect(circles).toEqual([]);
});

test('every import is seen', () => {
  const text = `
    import type { A } from './a.ts';
    import b, { type C } from "b";
    import {
      d,
    } from './d.ts';
    import './e.css';
    export * from './f.ts';
    export { g } from './g.ts';
    // import './not.ts';
    const h = await import('./h.ts');`;
  expect(importsOf(text)).toEqual(['./a.ts', 'b', './d.ts', './e.css', './f.ts', './g.ts', './h.ts']);
});
