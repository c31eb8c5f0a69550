// Words that a person reads and that stand in the window's source instead of in the catalogue of messages.
import { parse } from 'svelte/compiler';

export interface WordsInSource {
  line: number;
  text: string;
}

/** Attributes of elements and components that a person sees or hears. */
const SPOKEN_ATTRIBUTES =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|name|explains|text|heading|unit|empty|hint|caption)$/;
/** Letters that are no word: signs of units, keys, formats and names that every language keeps. */
const KEPT =
  /\b(Stemscape|BPM|dB|LUFS|LU|Hz|kHz|kB|MB|GB|TB|kbit|bit|ms|px|MP3|AAC|Vorbis|Opus|CPU|CUDA|WebGPU|DirectML|CoreML|M3U8?|XSPF|JSPF|PLS|CSV|JSON|NML|XML|iTunes|rekordbox|Traktor|Serato|Navidrome|Ctrl|Alt|Shift|Esc|Enter|Escape|Space|Home|End|Page|PageUp|PageDown|Delete|Backspace|Tab|F2|Del|Arrow\w*|Mac|Drag|fmt|Float32|Uint8|Int32|English|Deutsch)\b/g;
/** A word of prose: two letters or more. */
const WORD = /\p{L}{2,}/u;
/** A string of a script that reads like prose: two words, or one that begins with a capital and goes on in small letters. */
const PROSE = /\p{L}+[,.:;!?…]? (&|\p{L}{2,})|^\p{Lu}\p{Ll}{2,}[….!?]?$|^\s\p{L}{2,}|\p{L}{2,}\s$/u;

type Node = Record<string, unknown> & { type: string; start: number };

/** @param source a Svelte component, or a module when `isModule` */
export function wordsInSource(source: string, isModule: boolean): WordsInSource[] {
  const text = isModule ? `<script lang="ts">${source}</script>` : source;
  const tree = parse(text, { modern: true }) as unknown as Record<string, unknown>;
  const found: WordsInSource[] = [];
  const add = (node: Node, words: string): void => {
    found.push({ line: text.slice(0, node.start).split('\n').length, text: words.trim().replace(/\s+/g, ' ') });
  };
  for (const part of ['instance', 'module', 'fragment']) visit(tree[part], null, add);
  return found;
}

function visit(value: unknown, parent: Node | null, add: (node: Node, words: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, parent, add);
    return;
  }
  if (!isNode(value)) return;
  if (isNotRead(value)) return;
  const said = wordsOf(value, parent);
  if (said !== null) add(value, said);
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'parent' && key !== 'typeAnnotation' && key !== 'metadata') visit(child, value, add);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Imports, types, keys of the catalogue, failures for developers, styles and attributes that nobody reads. */
function isNotRead(node: Node): boolean {
  if (/^(ImportDeclaration|ExportAllDeclaration|TS\w+|StyleSheet|StyleDirective|ClassDirective|Comment)$/.test(node.type)) {
    return !/^TS(As|Satisfies|NonNull)\w*$/.test(node.type);
  }
  if (node.type === 'Attribute') return !isSpoken(node);
  if (node.type === 'NewExpression') return nameOf(node.callee) === 'Error';
  return (
    node.type === 'CallExpression' && /^(t|querySelector(All)?|closest|matches|addEventListener|includes)$/.test(calledName(node))
  );
}

/** Expressions in unread attributes may still hold words: `onclick` that tells something. */
function isSpoken(node: Node): boolean {
  const name = String(node.name);
  return SPOKEN_ATTRIBUTES.test(name) || !(name === 'class' || name === 'style' || name === 'd' || name === 'viewBox');
}

function wordsOf(node: Node, parent: Node | null): string | null {
  if (node.type === 'Text') {
    const isAttribute = parent?.type === 'Attribute';
    if (isAttribute && !SPOKEN_ATTRIBUTES.test(String(parent.name))) return null;
    // The names of form controls and of the tab stops are for the page alone.
    return WORD.test(String(node.data).replace(KEPT, '')) ? String(node.data) : null;
  }
  const text = stringOf(node);
  if (text === null) return null;
  return PROSE.test(text.replace(KEPT, '')) && !isStyle(text) ? text : null;
}

function stringOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'TemplateElement') return String((node.value as { cooked?: string }).cooked ?? '');
  return null;
}

/** Values of CSS, selectors and addresses. */
function isStyle(text: string): boolean {
  return /var\(--|^\(prefers-|\[\w+=|^\s*(\d|[.#[])|--|[{};]|^(button|icon-button)\b|\bpx\b|::/.test(text);
}

function calledName(node: Node): string {
  const callee = node.callee as Node;
  return nameOf(callee.type === 'MemberExpression' ? callee.property : callee);
}

function nameOf(node: unknown): string {
  return isNode(node) ? String(node.name ?? '') : '';
}
