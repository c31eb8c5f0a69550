// The source files of the project and what each imports, for the tests of its structure.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

export const projectDir = resolve(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** From the project's root, with forward slashes: "src/core/db/open.ts". */
  path: string;
  text: string;
  /** Source files and JSON as paths from the project's root, packages and Node's modules by name. */
  imports: string[];
}

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s+(?:[\w$*{][^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

export async function sourceFiles(): Promise<SourceFile[]> {
  const entries = await readdir(join(projectDir, 'src'), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => /\.(ts|svelte)$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.sort().map(readSource));
}

async function readSource(path: string): Promise<SourceFile> {
  const text = await readFile(path, 'utf8');
  return { path: fromRoot(path), text, imports: importsOf(text).map((specifier) => resolved(specifier, path)) };
}

export function importsOf(text: string): string[] {
  return [...withoutComments(text).matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
}

/** Enough for our own style: no string holds a comment sign at the start of a line. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function resolved(specifier: string, importer: string): string {
  return specifier.startsWith('.') ? fromRoot(resolve(dirname(importer), specifier.replace(/\?.*$/, ''))) : specifier;
}

function fromRoot(path: string): string {
  return relative(projectDir, path).split(sep).join('/');
}
